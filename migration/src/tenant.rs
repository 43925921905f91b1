//! The tenant plane: everything that a firm owns. Every row carries `tenant_id`.

mod m0001_foundation;
mod m0002_people;
mod m0003_search;
mod m0004_staff;
mod m0005_outbox;
mod m0006_audit_chain;
mod m0010_tags;
mod m0011_views;
mod m0012_bulk;
mod m0020_deletions;
mod m0021_links;
mod m0022_relations;
mod m0030_bulk_runs;
mod m0040_storage;
mod m0041_folders;
mod m0042_documents;
mod m0043_document_requests;
mod m0050_cases;
mod m0051_tasks;
mod m0052_appointments;
mod m0053_notes;
mod m0054_threads;
mod m0055_dashboard;

use sea_orm_migration::prelude::*;

/// Migrates a tenant plane.
pub struct TenantMigrator;

#[async_trait::async_trait]
impl MigratorTrait for TenantMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_foundation::Migration),
            Box::new(m0002_people::Migration),
            Box::new(m0003_search::Migration),
            Box::new(m0004_staff::Migration),
            Box::new(m0005_outbox::Migration),
            Box::new(m0006_audit_chain::Migration),
            Box::new(m0010_tags::Migration),
            Box::new(m0011_views::Migration),
            Box::new(m0012_bulk::Migration),
            Box::new(m0020_deletions::Migration),
            Box::new(m0021_links::Migration),
            Box::new(m0022_relations::Migration),
            Box::new(m0030_bulk_runs::Migration),
            Box::new(m0040_storage::Migration),
            Box::new(m0041_folders::Migration),
            Box::new(m0042_documents::Migration),
            Box::new(m0043_document_requests::Migration),
            Box::new(m0050_cases::Migration),
            Box::new(m0051_tasks::Migration),
            Box::new(m0052_appointments::Migration),
            Box::new(m0053_notes::Migration),
            Box::new(m0054_threads::Migration),
            Box::new(m0055_dashboard::Migration),
        ]
    }

    fn migration_table_name() -> DynIden {
        "tenant_migrations".into_iden()
    }
}
