//! Work that goes on after its request was answered.
//!
//! A command writes the job in its own transaction; a worker, in this process or another,
//! takes it, and writes its effect in the transaction that marks it done. A worker that
//! dies leaves a lease that runs out, and the job is taken again.
//!
//! A command of a firm writes to the outbox of its own plane ([`outbox`]); a relay carries
//! that to the job table, once.

mod delivery;
mod housekeeping;
mod local;
mod mailing;
mod manage;
mod outbox;
mod own;
mod perform;
mod queue;
mod schedule;
mod troubles;
mod worker;

pub mod entity;

pub use delivery::Deliveries;
pub use outbox::write as write_to_outbox;
pub use own::{Standing, standing};
pub use perform::Failure;
pub use queue::{Lease, enqueue};
pub use troubles::Troubles;
pub use worker::Worker;

use crate::routes::Routes;

use crate::crm::bulk::Way;
use crate::mail::Letter;
use crate::team::news::News;
use ebenezer_shared::locale::Locale;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use uuid::Uuid;

/// What there is to do.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Send a mail.
    Mail(Letter),
    /// Somebody who gave this email forgot the password. Whether there is such a user is
    /// looked up here, so that no answer's time tells it.
    PasswordForgotten { email: String, locale: Locale },
    /// Make known in a firm's plane what changed in the platform's.
    News(News),
    /// Change many records of a firm in parts, or take that back.
    Bulk { bulk: Uuid, way: Way },
    /// Delete files that nothing refers to any more.
    SweepFiles,
    /// Remind of what is to come.
    Reminders,
    /// Delete what is no longer needed.
    Housekeeping,
}

impl Job {
    /// The name of mails in the table.
    const MAIL: &str = "mail";
    const BULK: &str = "bulk";

    /// The name in the table.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => Self::MAIL,
            Self::PasswordForgotten { .. } => "password_forgotten",
            Self::News(_) => "news",
            Self::Bulk { .. } => Self::BULK,
            Self::SweepFiles => "sweep_files",
            Self::Reminders => "reminders",
            Self::Housekeeping => "housekeeping",
        }
    }
}

/// For whom a job is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub tenant: Uuid,
    pub user: Uuid,
}

/// Tells this process's worker that there may be something to do; those of other processes
/// look every second.
#[derive(Default)]
pub struct Bell(Notify);

impl Bell {
    /// After the transaction that wrote the job.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Until it is rung.
    pub(crate) async fn heard(&self) {
        self.0.notified().await;
    }
}

pub fn routes(routes: &mut Routes) {
    own::routes(routes);
    manage::routes(routes);
}
