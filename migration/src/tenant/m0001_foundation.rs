//! Staff, departments, the audit log and remembered answers.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_foundation"
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
-- The firm's people as this plane knows them: kept equal to the memberships.
CREATE TABLE staff (
    id {uuid} NOT NULL,
    tenant_id {uuid} NOT NULL,
    full_name text NOT NULL,
    email text NOT NULL,
    is_active {bool} NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE departments (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    name text NOT NULL,
    -- the name without case and accents
    name_key text NOT NULL,
    code text NOT NULL,
    code_key text NOT NULL,
    color text NOT NULL,
    icon text,
    is_active {bool} NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, name_key),
    UNIQUE (tenant_id, code_key)
);

CREATE TABLE audit_logs (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    at {time} NOT NULL,
    actor_id {uuid},
    actor_name text NOT NULL,
    action text NOT NULL,
    resource_type text NOT NULL,
    resource_id {uuid},
    -- fields before and after, personal numbers masked
    changes {json} NOT NULL,
    ip text NOT NULL,
    request_id text NOT NULL
);
CREATE INDEX audit_logs_by_time ON audit_logs (tenant_id, at);
CREATE INDEX audit_logs_by_resource ON audit_logs (tenant_id, resource_type, resource_id, at);

-- Answers of requests with an Idempotency-Key, written with what they report.
CREATE TABLE idempotency_keys (
    tenant_id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    headers {json} NOT NULL,
    body text NOT NULL,
    created_at {time} NOT NULL,
    PRIMARY KEY (tenant_id, user_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
";
