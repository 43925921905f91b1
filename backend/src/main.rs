//! The command line.

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use ebenezer::app::Application;
use ebenezer::audit::verify;
use ebenezer::config::{Config, generate_keys};
use ebenezer::crypto::rotate;
use ebenezer::jobs::Worker;
use ebenezer::platform::{superuser, two_factor_reset};
use ebenezer::{app, clock::Clock, db, demo, routes, telemetry};
use secrecy::ExposeSecret as _;
use std::io::Write as _;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "ebenezer",
    version,
    about = "CRM and client portal for professional-service firms"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and, when the binary carries it, the app
    Serve {
        /// Leave jobs to other processes: `ebenezer worker`
        #[arg(long)]
        no_worker: bool,
    },
    /// Carry out jobs (mails and the like) and nothing else
    Worker,
    /// Bring the database schema up to date and stop
    Migrate,
    /// Make the first user who runs the platform, or let one who is there run it
    CreateSuperuser(superuser::Options),
    /// Take the second factor away from somebody who lost phone and recovery codes
    ResetTwoFactor(two_factor_reset::Options),
    /// Fill an empty database with believable demo firms and print their logins
    SeedDemo(demo::Options),
    /// Print the `OpenAPI` document
    Openapi,
    /// Check configuration, database and storage, and say what is wrong
    Check,
    /// The audit logs
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Signing and encryption keys
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Find entries that were changed, taken out or put in
    Verify(verify::Options),
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Print new keys as lines of an environment file
    Generate,
    /// Seal everything anew with the first `FIELD_ENCRYPTION_KEY`, while servers go on
    Rotate(rotate::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The one provider of cryptography for every TLS connection; the first call decides.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    match actix_web::rt::System::new().block_on(run(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Causes in one line, without a backtrace: this is read by people.
            let _ = writeln!(std::io::stderr(), "ebenezer: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match command {
        Command::Openapi => {
            writeln!(out, "{}", routes::document()?)?;
            return Ok(());
        }
        Command::Keys { command: KeysCommand::Generate } => {
            for (name, key) in generate_keys() {
                writeln!(out, "{name}={}", key.expose_secret())?;
            }
            return Ok(());
        }
        _ => {}
    }
    let config = Config::load()?;
    telemetry::start(&config);
    match command {
        Command::Serve { no_worker } => {
            let application = Application::build(config, !no_worker).await?;
            tracing::info!(address = %application.address(), "serving");
            application.run_until_stopped().await.context("the server stopped")?;
            tracing::info!("stopped");
        }
        Command::Worker => {
            let state = app::boot(config, Clock::default()).await?;
            let worker = Worker::start(state.clone());
            tracing::info!("working");
            app::until_told_to_stop().await?;
            worker.stop().await;
            state.planes.close().await;
            tracing::info!("stopped");
        }
        Command::Migrate => {
            let main = db::connect(&config.database_url, 2).await?;
            let waiting = db::pending(&main, &db::Plane::ALL).await?;
            db::migrate(&main, &config.database_url, &db::Plane::ALL).await?;
            writeln!(out, "{waiting} migrations applied")?;
        }
        Command::CreateSuperuser(options) => {
            let state = app::boot(config, Clock::default()).await?;
            let created = superuser::create(&state, &options, &mut out).await;
            state.planes.close().await;
            created?;
        }
        Command::ResetTwoFactor(options) => {
            let state = app::boot(config, Clock::default()).await?;
            let reset = two_factor_reset::reset(&state, &options, &mut out).await;
            state.planes.close().await;
            reset?;
        }
        Command::SeedDemo(options) => {
            let state = app::boot(config, Clock::default()).await?;
            let seeded = demo::seed(&state, &options, &mut out).await;
            state.planes.close().await;
            seeded?;
        }
        Command::Audit { command: AuditCommand::Verify(options) } => {
            let state = app::boot(config, Clock::default()).await?;
            let verified = verify::run(&state, &options, &mut out).await;
            state.planes.close().await;
            verified?;
        }
        Command::Keys { command: KeysCommand::Rotate(options) } => {
            let state = app::boot(config, Clock::default()).await?;
            let rotated = rotate::run(&state, &options, &mut out).await;
            state.planes.close().await;
            rotated?;
        }
        Command::Check => check(&config, &mut out).await?,
        Command::Openapi | Command::Keys { .. } => {}
    }
    Ok(())
}

async fn check(config: &Config, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    let main = db::connect(&config.database_url, 2).await?;
    main.ping().await.context("the database does not answer")?;
    let waiting = db::pending(&main, &db::Plane::ALL).await?;
    writeln!(out, "configuration: ok\ndatabase: ok\npending migrations: {waiting}")?;
    let storage = ebenezer::storage::Storage::new(config)?;
    storage.check().await.context("the storage of files does not answer")?;
    writeln!(out, "storage: ok")?;
    if config.redis_url.is_some() {
        let limiter = ebenezer::http::limits::Limiter::new(config);
        let answers = limiter.redis_health().await == Some(true);
        writeln!(out, "redis: {}", if answers { "ok" } else { "does not answer" })?;
        anyhow::ensure!(answers, "redis is configured and does not answer");
    }
    Ok(())
}
