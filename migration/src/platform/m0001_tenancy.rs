//! Products, plans and tenants.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_tenancy"
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
CREATE TABLE products (
    key text NOT NULL PRIMARY KEY,
    display_name text NOT NULL,
    subdomain_prefix text NOT NULL,
    service_port integer NOT NULL,
    icon text NOT NULL,
    modules {json} NOT NULL,
    is_active {bool} NOT NULL
);

CREATE TABLE plans (
    key text NOT NULL PRIMARY KEY,
    -- null: no limit
    max_users integer,
    max_api_queries integer NOT NULL,
    max_storage_bytes bigint NOT NULL,
    never_ends {bool} NOT NULL,
    is_active {bool} NOT NULL
);
INSERT INTO plans (key, max_users, max_api_queries, max_storage_bytes, never_ends, is_active) VALUES
    ('free', 5, 100, 1073741824, {true}, {true}),
    ('starter', 10, 10000, 10737418240, {false}, {true}),
    ('business', 50, 100000, 107374182400, {false}, {true}),
    ('enterprise', NULL, 1000000, 1099511627776, {false}, {true}),
    ('lifetime', 50, 100000, 107374182400, {true}, {true});

CREATE TABLE tenants (
    id {uuid} NOT NULL PRIMARY KEY,
    company text NOT NULL,
    subdomain text NOT NULL UNIQUE,
    product_key text NOT NULL REFERENCES products (key),
    plan_key text NOT NULL REFERENCES plans (key),
    status text NOT NULL CHECK (status IN ('active', 'paused', 'suspended', 'cancelled')),
    isolation text NOT NULL CHECK (isolation IN ('shared', 'dedicated')),
    settings {json} NOT NULL,
    time_zone text NOT NULL,
    expires_at {time},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL
);
";
