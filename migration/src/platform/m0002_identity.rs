//! Users, memberships, sessions, refresh tokens and the platform's activity log.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_identity"
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
CREATE TABLE users (
    id {uuid} NOT NULL PRIMARY KEY,
    email text NOT NULL,
    -- the email in lower case
    email_key text NOT NULL UNIQUE,
    full_name text NOT NULL,
    password_hash text NOT NULL,
    locale text NOT NULL,
    is_staff {bool} NOT NULL,
    is_active {bool} NOT NULL,
    last_login_at {time},
    last_tenant_id {uuid} REFERENCES tenants (id),
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL
);

CREATE TABLE memberships (
    id {uuid} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id),
    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
    role text NOT NULL,
    extra_permissions {json} NOT NULL,
    is_active {bool} NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (user_id, tenant_id)
);
CREATE INDEX memberships_by_tenant ON memberships (tenant_id, is_active);

CREATE TABLE sessions (
    id {uuid} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id),
    tenant_id {uuid} REFERENCES tenants (id),
    -- counts the rotations of the refresh token
    generation integer NOT NULL,
    rotated_at {time} NOT NULL,
    created_at {time} NOT NULL,
    last_active_at {time} NOT NULL,
    ended_at {time},
    end_reason text,
    ip text NOT NULL,
    user_agent text NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, ended_at);

CREATE TABLE refresh_tokens (
    -- SHA-256 of the token
    hash text NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    generation integer NOT NULL,
    created_at {time} NOT NULL
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE activity_logs (
    id {uuid} NOT NULL PRIMARY KEY,
    at {time} NOT NULL,
    action text NOT NULL,
    user_id {uuid},
    tenant_id {uuid},
    details {json} NOT NULL,
    ip text NOT NULL,
    request_id text NOT NULL
);
CREATE INDEX activity_logs_by_time ON activity_logs (at);
CREATE INDEX activity_logs_by_tenant ON activity_logs (tenant_id, at);
CREATE INDEX activity_logs_by_user ON activity_logs (user_id, at);
";
