//! Roles that firms make, invitations, and what memberships know of both.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_team"
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
CREATE TABLE roles (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
    name text NOT NULL,
    -- the name without case and accents
    name_key text NOT NULL,
    description text,
    permissions {json} NOT NULL,
    version integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, name_key)
);

-- With a role of the firm's own `role` is 'own'.
ALTER TABLE memberships ADD COLUMN role_id {uuid} REFERENCES roles (id);
-- Lives in the firm's own plane, so no foreign key leads there.
ALTER TABLE memberships ADD COLUMN department_id {uuid};
-- Counts every change that the firm's plane must know, the person's name included.
ALTER TABLE memberships ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE memberships ADD COLUMN last_login_at {time};
ALTER TABLE memberships ADD COLUMN removed_at {time};
CREATE INDEX memberships_by_role ON memberships (role_id);

CREATE TABLE invitations (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
    email text NOT NULL,
    -- the email in lower case
    email_key text NOT NULL,
    role text NOT NULL,
    role_id {uuid} REFERENCES roles (id),
    extra_permissions {json} NOT NULL,
    department_id {uuid},
    locale text NOT NULL,
    message text,
    -- SHA-256 of the token in the link
    token_hash text NOT NULL UNIQUE,
    -- who sent it last, and answers for what it grants
    invited_by {uuid} NOT NULL REFERENCES users (id),
    created_at {time} NOT NULL,
    sent_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    accepted_at {time},
    revoked_at {time}
);
CREATE INDEX invitations_by_tenant ON invitations (tenant_id, accepted_at, revoked_at);
CREATE INDEX invitations_by_role ON invitations (role_id);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
";
