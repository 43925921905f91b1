//! What people write down, on records and for themselves.

use crate::dialect::run;
use crate::searched::search_in;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0053_notes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await?;
        search_in(manager, "notes", "pinned").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
CREATE TABLE notes (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    body text NOT NULL,
    -- how it begins, for words of one or two letters
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    color text NOT NULL,
    pinned {bool} NOT NULL,
    -- about none of these it is a sticky note of its author
    contact_id {uuid},
    corporation_id {uuid},
    case_id {uuid},
    version integer NOT NULL,
    created_by {uuid} NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK (contact_id IS NULL OR (corporation_id IS NULL AND case_id IS NULL)),
    CHECK (corporation_id IS NULL OR case_id IS NULL),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE INDEX notes_by_pin ON notes (tenant_id, pinned, id);
CREATE INDEX notes_by_creation ON notes (tenant_id, created_at, id);
CREATE INDEX notes_by_change ON notes (tenant_id, updated_at, id);
CREATE INDEX notes_by_author ON notes (tenant_id, created_by, pinned, id);
CREATE INDEX notes_by_contact ON notes (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX notes_by_corporation ON notes (tenant_id, corporation_id)
    WHERE corporation_id IS NOT NULL;
CREATE INDEX notes_by_case ON notes (tenant_id, case_id) WHERE case_id IS NOT NULL;
";
