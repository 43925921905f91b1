//! Folders of clients.
//!
//! References between folders, and to them, are checked at commit, so that trees can be
//! moved and taken away whole.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0041_folders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
CREATE TABLE folders (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    name text NOT NULL,
    -- the name without case and accents
    sort_name {sort} NOT NULL,
    parent_id {uuid},
    contact_id {uuid},
    corporation_id {uuid},
    -- of a folder inside another that one's
    department_id {uuid},
    is_default {bool} NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CONSTRAINT folders_of_one_client CHECK ((contact_id IS NULL) <> (corporation_id IS NULL)),
    CONSTRAINT folders_not_in_themselves CHECK (parent_id <> id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES folders (tenant_id, id)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
CREATE INDEX folders_by_contact ON folders (tenant_id, contact_id, position);
CREATE INDEX folders_by_corporation ON folders (tenant_id, corporation_id, position);
CREATE INDEX folders_by_parent ON folders (tenant_id, parent_id);
CREATE INDEX folders_by_department ON folders (tenant_id, department_id);
CREATE INDEX folders_by_name ON folders (tenant_id, sort_name, id);
CREATE INDEX folders_by_creation ON folders (tenant_id, created_at, id);
CREATE INDEX folders_by_change ON folders (tenant_id, updated_at, id);
";
