//! `ebenezer reset-two-factor`: lets in again who lost phone and recovery codes.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane belong to no firm; the lint guards the tenant plane"
)]

use super::second_factor::{Column, Entity};
use super::user;
use crate::auth::two_factor::recovery_codes;
use crate::auth::{recovery, sessions};
use crate::db::begin_write;
use crate::http::request::RequestInfo;
use crate::jobs::{self, Job};
use crate::mail::{Content, Letter};
use crate::platform::activity::Activity;
use crate::state::AppState;
use anyhow::{Context as _, bail};
use clap::Args;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use std::io::Write;

/// Whose second factor is taken away. Make sure by another way than a mail that it is them
/// who ask.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// The email that the person logs in with
    pub email: String,
}

/// Takes the second factor and the recovery codes away, and ends every session: the next login
/// asks for the password alone, and leads to a new factor where one is required. The person
/// is told by mail. Doing it twice changes nothing.
pub async fn reset(
    state: &AppState,
    options: &Options,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    let known = user::by_email(&tx, &options.email).await?;
    let known = known.with_context(|| format!("nobody logs in with {}", options.email.trim()))?;
    let person = user::lock(&tx, known.id).await?.context("the account is gone")?;
    let email = &person.email;
    if !person.is_active {
        bail!("{email} has an account that was closed; it stays closed");
    }
    let taken = Entity::delete_many().filter(Column::UserId.eq(person.id)).exec(&tx).await?;
    if taken.rows_affected == 0 {
        writeln!(out, "{email} has no second factor; nothing changed.")?;
        return Ok(());
    }
    recovery_codes::forget(&tx, person.id).await?;
    // Whoever asks in somebody's name may hold a link of theirs.
    recovery::use_up(&tx, person.id, now).await?;
    sessions::end_all(&tx, person.id, "two_factor_reset", now).await?;
    let letter = Letter::to(&person, person.language(), Content::TwoFactorReset);
    jobs::enqueue(&tx, state, &Job::Mail(letter), None).await?;
    let info = RequestInfo::of_command_line();
    Activity::new("2fa.reset", Some(person.id), None)
        .details(json!({ "by": "command line" }))
        .record(&tx, state, &info, now)
        .await?;
    tx.commit().await?;
    writeln!(out, "{email} logs in with the password alone now; all sessions were ended.")?;
    Ok(())
}
