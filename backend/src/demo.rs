//! Demo firms: believable, the same for the same day, and never beside real data.

mod appointments;
mod asked;
mod cases;
mod clock;
pub mod files;
mod firms;
mod history;
mod messages;
mod notes;
mod papers;
mod people;
mod tasks;
mod team;
mod ties;
mod vocabulary;
mod writer;

use crate::auth::passwords;
use crate::platform::{tenant, user};
use crate::state::AppState;
use anyhow::ensure;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;
use firms::{FIRMS, Firm};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use std::io::Write;
use writer::{Login, Writer};

/// What `seed-demo` makes.
#[derive(Args, Clone, Debug, Default)]
pub struct Options {
    /// The day that the demo data is written for; today when left out
    #[arg(long)]
    pub today: Option<NaiveDate>,
    /// Make one firm with so many contacts, for measuring, instead of the demo firms
    #[arg(long)]
    pub contacts: Option<usize>,
}

/// The password of every demo login. Demo data exists on development servers only.
const PASSWORD: &str = "lluvia-verde-camino-42";

/// Fills an empty database and prints the logins, one a line: kind, tenant, role, email,
/// password, separated by tabs. On a database that holds the demo firms it prints them
/// again; on any other it refuses, as it does with `DEBUG=false`.
pub async fn seed(state: &AppState, options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    ensure!(
        state.config.debug,
        "seed-demo makes logins that everybody knows: it runs with DEBUG=true only"
    );
    let db = state.planes.platform();
    let users = user::count(db).await?;
    let known = user::by_email(db, PLATFORM_EMAIL).await?.is_some();
    ensure!(
        users == 0 || known,
        "the database holds data of somebody: seed-demo runs on an empty one only"
    );
    let mut firms: Vec<&Firm> = FIRMS.iter().collect();
    if options.contacts.is_some() {
        firms.truncate(1);
    }
    if known {
        let mut present = Vec::new();
        for firm in &FIRMS {
            if tenant::by_subdomain(db, firm.subdomain).await?.is_some() {
                present.push(firm);
            }
        }
        firms = present;
    }
    let logins = logins(&firms);
    if !known {
        let writer = Writer {
            state,
            now: noon(options.today.unwrap_or_else(|| state.clock.now().date_naive())),
            password_hash: passwords::hash(PASSWORD).await?,
        };
        writer.write(&firms, &logins, options.contacts, StdRng::seed_from_u64(20_221_104)).await?;
    }
    for Login { kind, firm, role, email, .. } in &logins {
        writeln!(out, "{kind}\t{firm}\t{role}\t{email}\t{PASSWORD}")?;
    }
    Ok(())
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12)
}

/// Login of the operator. RFC 2606 keeps `.example` free of real addresses.
const PLATFORM_EMAIL: &str = "plataforma@operador.example";

/// Platform staff, and one login per role and firm.
fn logins(firms: &[&Firm]) -> Vec<Login> {
    let mut logins = vec![Login {
        kind: "platform",
        firm: "-",
        role: "super_admin",
        email: PLATFORM_EMAIL.to_owned(),
        name: "Plataforma Ebenezer",
    }];
    for firm in firms {
        for (role, name) in ebenezer_shared::permission::Role::ALL.iter().zip(firm.people) {
            logins.push(Login {
                kind: "staff",
                firm: firm.subdomain,
                role: role.as_str(),
                email: format!("{}@{}.example", role.as_str(), firm.subdomain),
                name,
            });
        }
    }
    logins
}
