//! When somebody of the firm meets somebody, and the feeds by which calendars read it.

use crate::dialect::run;
use crate::searched::search_in;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0052_appointments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await?;
        search_in(manager, "appointments", "status, staff_id").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
CREATE TABLE appointments (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    title text NOT NULL,
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    starts_at {time} NOT NULL,
    ends_at {time} NOT NULL,
    staff_id {uuid} NOT NULL,
    contact_id {uuid},
    corporation_id {uuid},
    place text,
    video_url text,
    status text NOT NULL,
    notes text,
    remind_minutes integer,
    -- when the reminder is to go out; none once it went, or when it is not to
    remind_at {time},
    reminded_at {time},
    external_id text,
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK (starts_at < ends_at),
    CHECK (contact_id IS NULL OR corporation_id IS NULL),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id)
);
CREATE UNIQUE INDEX appointments_external_id_unique ON appointments (tenant_id, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX appointments_by_start ON appointments (tenant_id, starts_at, id);
CREATE INDEX appointments_by_staff ON appointments (tenant_id, staff_id, starts_at, id);
CREATE INDEX appointments_by_title ON appointments (tenant_id, sort_name, id);
CREATE INDEX appointments_by_creation ON appointments (tenant_id, created_at, id);
CREATE INDEX appointments_by_change ON appointments (tenant_id, updated_at, id);
CREATE INDEX appointments_by_contact ON appointments (tenant_id, contact_id, starts_at)
    WHERE contact_id IS NOT NULL;
CREATE INDEX appointments_by_corporation ON appointments (tenant_id, corporation_id, starts_at)
    WHERE corporation_id IS NOT NULL;
CREATE INDEX appointments_to_remind ON appointments (remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE calendar_feeds (
    tenant_id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    token_hash text NOT NULL UNIQUE,
    created_at {time} NOT NULL,
    PRIMARY KEY (tenant_id, user_id)
);
";
