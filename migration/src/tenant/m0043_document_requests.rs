//! What clients are asked for, document by document.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0043_document_requests"
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
CREATE TABLE document_requests (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    contact_id {uuid},
    corporation_id {uuid},
    title text NOT NULL,
    sort_name {sort} NOT NULL,
    message text,
    status text NOT NULL CHECK (status IN ('open', 'completed', 'cancelled')),
    due_on {date},
    remind_every_days integer CHECK (remind_every_days > 0),
    -- none while no reminder is to come
    next_reminder_on {date},
    reminder_count integer NOT NULL,
    last_reminded_at {time},
    completed_at {time},
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CONSTRAINT document_requests_of_one_client
        CHECK ((contact_id IS NULL) <> (corporation_id IS NULL)),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id)
);
CREATE INDEX document_requests_by_contact ON document_requests (tenant_id, contact_id);
CREATE INDEX document_requests_by_corporation ON document_requests (tenant_id, corporation_id);
CREATE INDEX document_requests_by_creation ON document_requests (tenant_id, created_at, id);
CREATE INDEX document_requests_by_change ON document_requests (tenant_id, updated_at, id);
CREATE INDEX document_requests_by_due
    ON document_requests (tenant_id, due_on {nulls_first}, id);
CREATE INDEX document_requests_by_title ON document_requests (tenant_id, sort_name, id);
CREATE INDEX document_requests_to_remind ON document_requests (next_reminder_on)
    WHERE next_reminder_on IS NOT NULL;

CREATE TABLE document_request_items (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    request_id {uuid} NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    note text,
    document_id {uuid},
    fulfilled_at {time},
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, request_id) REFERENCES document_requests (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
);
CREATE INDEX document_request_items_by_request
    ON document_request_items (tenant_id, request_id, position);
CREATE INDEX document_request_items_by_document
    ON document_request_items (tenant_id, document_id);
";
