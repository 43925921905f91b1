//! What refers to a person. An area that keeps such references takes part here, so that
//! none is left behind when the person goes.

use super::{link, store};
use crate::auth::Command;
use crate::crm::merge::Contacts;
use crate::crm::related;
use crate::error::ApiError;
use ebenezer_shared::crm::contact::Contact;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Takes away all that refers to a person who is about to go.
pub async fn forget(command: &Command<'_>, contact: &Contact) -> Result<(), ApiError> {
    store::tell_companies(command, Some(contact), None).await?;
    command
        .delete::<link::Entity>()
        .filter(link::Column::ContactId.eq(Uuid::from(contact.id)))
        .exec(command.tx())
        .await?;
    let name = format!("{} {}", contact.first_name, contact.last_name);
    related::forget::<Contacts>(command, contact.id.into(), &name).await
}
