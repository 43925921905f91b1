//! Corporations, contacts and the links between them.
//!
//! A contact's primary corporation is a reference to its own link, so the database itself
//! keeps the rule that the primary is one of the contact's corporations and that there is
//! at most one. Contact and link refer to each other: the reference is checked at commit.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = Dialect::of(manager) == Dialect::Sqlite;
        // SQLite takes the reference to a later table and cannot add one afterwards;
        // PostgreSQL is the other way round.
        let inline = if sqlite { format!(", {PRIMARY_LINK}") } else { String::new() };
        run(manager, &UP.replace("{primary_link}", &inline)).await?;
        if !sqlite {
            run(manager, &format!("ALTER TABLE contacts ADD {PRIMARY_LINK}")).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const PRIMARY_LINK: &str = "CONSTRAINT contacts_primary_is_linked
    FOREIGN KEY (tenant_id, id, primary_corporation_id)
    REFERENCES contact_corporations (tenant_id, contact_id, corporation_id)
    DEFERRABLE INITIALLY DEFERRED";

const UP: &str = r"
CREATE TABLE corporations (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    name text NOT NULL,
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    legal_name text,
    ein_sealed text,
    ein_hash text,
    ein_last4_hash text,
    kind text CHECK (kind IN ('llc', 'c_corp', 's_corp', 'partnership', 'sole_proprietor', 'non_profit')),
    status text NOT NULL CHECK (status IN ('active', 'inactive', 'prospect')),
    industry text,
    fiscal_year_end text,
    address {json} NOT NULL,
    phone text,
    phone_display text,
    email text,
    notes text,
    external_id text,
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CONSTRAINT corporations_ein_unique UNIQUE (tenant_id, ein_hash),
    CONSTRAINT corporations_external_id_unique UNIQUE (tenant_id, external_id)
);
CREATE INDEX corporations_by_name ON corporations (tenant_id, sort_name, id);
CREATE INDEX corporations_by_creation ON corporations (tenant_id, created_at, id);
CREATE INDEX corporations_by_change ON corporations (tenant_id, updated_at, id);
CREATE INDEX corporations_by_ein_last4 ON corporations (tenant_id, ein_last4_hash);

CREATE TABLE contacts (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    -- surname and name without case and accents
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    email text,
    -- the email in lower case, '' without one: sorts alike on both databases
    email_key {sort} NOT NULL,
    phone text,
    phone_display text,
    status text NOT NULL CHECK (status IN ('active', 'inactive', 'prospect')),
    client_since {date},
    primary_corporation_id {uuid},
    department_id {uuid},
    owner_id {uuid},
    address {json} NOT NULL,
    date_of_birth_sealed text,
    ssn_sealed text,
    ssn_hash text,
    ssn_last4_hash text,
    preferred_language text,
    notes text,
    external_id text,
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CONSTRAINT contacts_external_id_unique UNIQUE (tenant_id, external_id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES staff (tenant_id, id)
    {primary_link}
);
CREATE INDEX contacts_by_name ON contacts (tenant_id, sort_name, id);
CREATE INDEX contacts_by_email ON contacts (tenant_id, email_key, id);
CREATE INDEX contacts_by_phone ON contacts (tenant_id, phone);
CREATE INDEX contacts_by_creation ON contacts (tenant_id, created_at, id);
CREATE INDEX contacts_by_change ON contacts (tenant_id, updated_at, id);
CREATE INDEX contacts_by_status ON contacts (tenant_id, status, sort_name, id);
CREATE INDEX contacts_by_client_since ON contacts (tenant_id, client_since {nulls_first}, id);
CREATE INDEX contacts_by_department ON contacts (tenant_id, department_id, sort_name, id);
CREATE INDEX contacts_by_owner ON contacts (tenant_id, owner_id, sort_name, id);
CREATE INDEX contacts_by_ssn ON contacts (tenant_id, ssn_hash);
CREATE INDEX contacts_by_ssn_last4 ON contacts (tenant_id, ssn_last4_hash);

CREATE TABLE contact_corporations (
    tenant_id {uuid} NOT NULL,
    contact_id {uuid} NOT NULL,
    corporation_id {uuid} NOT NULL,
    created_at {time} NOT NULL,
    PRIMARY KEY (tenant_id, contact_id, corporation_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id)
);
CREATE INDEX contact_corporations_by_corporation
    ON contact_corporations (tenant_id, corporation_id, contact_id);
";
