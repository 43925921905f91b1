//! Saved views of lists, and how each person wants theirs.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_views"
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
CREATE TABLE saved_views (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    resource text NOT NULL CHECK (resource IN ('contacts', 'corporations')),
    name text NOT NULL,
    -- the name without case and accents
    name_key {sort} NOT NULL,
    created_by {uuid} NOT NULL,
    is_shared {bool} NOT NULL,
    -- search, filters, ordering, columns, page_size
    state {json} NOT NULL,
    version integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, created_by, resource, name_key),
    FOREIGN KEY (tenant_id, created_by) REFERENCES staff (tenant_id, id)
);
CREATE INDEX saved_views_by_resource ON saved_views (tenant_id, resource, name_key);

CREATE TABLE list_preferences (
    tenant_id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    resource text NOT NULL CHECK (resource IN ('contacts', 'corporations')),
    -- names of columns in their order; none for the list's own
    columns {json},
    default_view_id {uuid},
    PRIMARY KEY (tenant_id, user_id, resource),
    FOREIGN KEY (tenant_id, user_id) REFERENCES staff (tenant_id, id),
    FOREIGN KEY (tenant_id, default_view_id) REFERENCES saved_views (tenant_id, id)
);
CREATE INDEX list_preferences_by_view ON list_preferences (tenant_id, default_view_id);
";
