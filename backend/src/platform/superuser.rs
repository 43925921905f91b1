//! `ebenezer create-superuser`: the first of the platform staff, made from a terminal.

use crate::auth::passwords;
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::platform::activity::Activity;
use crate::platform::user;
use crate::state::AppState;
use anyhow::{Context as _, bail};
use clap::Args;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::validation::{self as rule, field_errors, field_message};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use std::io::{BufRead as _, IsTerminal as _, Write};
use uuid::Uuid;
use validator::Validate;

/// Whom `create-superuser` makes. The password is asked for without echo, or read from
/// standard input: arguments can be seen by everybody on the machine.
#[derive(Args, Clone, Debug, Default)]
pub struct Options {
    /// The email to log in with; asked for when left out
    #[arg(long)]
    pub email: Option<String>,
    /// The full name; asked for when left out
    #[arg(long)]
    pub name: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Validate)]
struct Person {
    #[validate(custom(function = "rule::email"))]
    email: String,
    #[validate(custom(function = "rule::name"))]
    name: String,
}

/// Makes the user, or makes platform staff of the one who is there, whose name and password
/// stay as they are. Doing it twice changes nothing.
pub async fn create(
    state: &AppState,
    options: &Options,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let email = asked(options.email.as_deref(), "Email", "--email")?;
    if let Some(known) = user::by_email(state.planes.platform(), &email).await? {
        return promote(state, &known, out).await;
    }
    let name = asked(options.name.as_deref(), "Full name", "--name")?;
    let person = Person { email, name };
    if let Err(errors) = person.validate() {
        let errors = field_errors(&errors, Locale::En);
        let lines = errors.iter().map(|error| format!("{}: {}", error.field, error.message));
        bail!("{}", lines.collect::<Vec<_>>().join("; "));
    }
    let password = password(options.password_stdin)?;
    judge(&person, &password)?;
    let hash = passwords::hash(password.expose_secret()).await?;
    insert(state, &person, hash).await?;
    writeln!(out, "{} can log in now and runs the platform.", person.email)?;
    if !state.config.debug {
        writeln!(out, "The first login asks to set up two-step verification.")?;
    }
    Ok(())
}

/// The value of the argument, else what somebody at the terminal answers.
fn asked(given: Option<&str>, question: &str, argument: &str) -> anyhow::Result<String> {
    if let Some(given) = given {
        return Ok(given.trim().to_owned());
    }
    if !std::io::stdin().is_terminal() {
        bail!("{argument} is missing, and there is no terminal to ask for it");
    }
    write!(std::io::stderr(), "{question}: ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

fn password(from_stdin: bool) -> anyhow::Result<SecretString> {
    if from_stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned().into());
    }
    if !std::io::stdin().is_terminal() {
        bail!("there is no terminal to ask for the password: pipe it in with --password-stdin");
    }
    let first: SecretString = rpassword::prompt_password("Password: ")?.into();
    let second: SecretString = rpassword::prompt_password("Password again: ")?.into();
    if first.expose_secret() != second.expose_secret() {
        bail!("the two passwords differ");
    }
    Ok(first)
}

/// The rules of every password: length, and not easy to guess.
fn judge(person: &Person, password: &SecretString) -> anyhow::Result<()> {
    let text = password.expose_secret().to_owned();
    let complaint =
        |code: &str| anyhow::anyhow!("password: {}", field_message(code, None, Locale::En));
    rule::password(&text).map_err(|error| complaint(&error.code))?;
    passwords::judge("password", &text, &[&person.email, &person.name])
        .map_err(|_: ApiError| complaint("password_weak"))
}

#[expect(clippy::disallowed_methods, reason = "users belong to no firm")]
async fn insert(state: &AppState, person: &Person, password_hash: String) -> anyhow::Result<()> {
    let now = state.clock.now();
    let row = user::Model {
        id: Uuid::now_v7(),
        email: person.email.clone(),
        email_key: user::email_key(&person.email),
        full_name: person.name.clone(),
        password_hash,
        locale: Locale::default().tag().to_owned(),
        is_staff: true,
        is_active: true,
        last_login_at: None,
        last_tenant_id: None,
        created_at: now,
        updated_at: now,
    };
    let id = row.id;
    let tx = begin_write(state.planes.platform()).await?;
    user::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await
        .context("the user could not be written; try again")?;
    note(state, &tx, "superuser.created", id).await?;
    tx.commit().await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "users belong to no firm")]
async fn promote(
    state: &AppState,
    known: &user::Model,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    if !known.is_active {
        bail!("{} has an account that was closed; it stays closed", known.email);
    }
    if known.is_staff {
        writeln!(out, "{} exists and runs the platform already; nothing changed.", known.email)?;
        return Ok(());
    }
    let tx = begin_write(state.planes.platform()).await?;
    user::Entity::update_many()
        .filter(user::Column::Id.eq(known.id))
        .col_expr(user::Column::IsStaff, Expr::value(true))
        .col_expr(user::Column::UpdatedAt, Expr::value(state.clock.now()))
        .exec(&tx)
        .await?;
    note(state, &tx, "superuser.promoted", known.id).await?;
    tx.commit().await?;
    let email = &known.email;
    writeln!(out, "{email} existed and runs the platform now; name and password stay.")?;
    Ok(())
}

async fn note(
    state: &AppState,
    tx: &sea_orm::DatabaseTransaction,
    action: &'static str,
    user: Uuid,
) -> anyhow::Result<()> {
    let info = RequestInfo::of_command_line();
    let activity = Activity::new(action, Some(user), None).details(json!({ "by": "command line" }));
    activity.record(tx, state, &info, state.clock.now()).await?;
    Ok(())
}
