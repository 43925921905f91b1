//! Colleagues to write to.

use crate::api::{self, Client};
use crate::ui::{Choice, Search};
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::ids::UserId;

/// Those who work here, by what was typed.
pub fn colleagues(client: Client) -> Search {
    Search::new(move |text: String| async move {
        let found = api::team::list(client, &text).await?.items;
        Ok(super::super::people::team_choices(&found, ""))
    })
}

/// Somebody who takes part, as a choice.
pub fn chosen(person: &StaffRef) -> Choice {
    Choice::new(person.id.to_string(), person.full_name.clone())
}

/// The ids of those who are chosen.
pub fn ids(all: &[Choice]) -> Vec<UserId> {
    all.iter().filter_map(|choice| choice.value.parse().ok()).collect()
}
