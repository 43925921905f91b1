//! The platform plane: products, plans, tenants, users, sessions, activity, jobs.

mod m0001_tenancy;
mod m0002_identity;
mod m0003_jobs;
mod m0004_two_factor;
mod m0005_team;
mod m0006_job_progress;
mod m0007_audit_chain;
mod m0008_tenant_version;
mod m0009_email_changes;
mod m0010_download_links;
mod m0011_invitation_mails;
mod m0012_audit_anchors;

use sea_orm_migration::prelude::*;

/// Migrates the platform plane.
pub struct PlatformMigrator;

#[async_trait::async_trait]
impl MigratorTrait for PlatformMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenancy::Migration),
            Box::new(m0002_identity::Migration),
            Box::new(m0003_jobs::Migration),
            Box::new(m0004_two_factor::Migration),
            Box::new(m0005_team::Migration),
            Box::new(m0006_job_progress::Migration),
            Box::new(m0007_audit_chain::Migration),
            Box::new(m0008_tenant_version::Migration),
            Box::new(m0009_email_changes::Migration),
            Box::new(m0010_download_links::Migration),
            Box::new(m0011_invitation_mails::Migration),
            Box::new(m0012_audit_anchors::Migration),
        ]
    }

    fn migration_table_name() -> DynIden {
        "platform_migrations".into_iden()
    }
}
