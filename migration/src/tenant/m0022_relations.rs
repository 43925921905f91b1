//! People related to people, companies related to companies.
//!
//! Two records are related once. The row stands from the side of the smaller id; the other
//! side is its inverse.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0022_relations"
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
CREATE TABLE contact_relations (
    tenant_id {uuid} NOT NULL,
    low_id {uuid} NOT NULL,
    high_id {uuid} NOT NULL,
    -- what the higher one is to the lower one
    kind text NOT NULL,
    starts_on {date},
    ends_on {date},
    note text,
    created_at {time} NOT NULL,
    PRIMARY KEY (tenant_id, low_id, high_id),
    CHECK (low_id < high_id),
    FOREIGN KEY (tenant_id, low_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, high_id) REFERENCES contacts (tenant_id, id)
);
CREATE INDEX contact_relations_by_high ON contact_relations (tenant_id, high_id);

CREATE TABLE corporation_relations (
    tenant_id {uuid} NOT NULL,
    low_id {uuid} NOT NULL,
    high_id {uuid} NOT NULL,
    -- what the higher one is to the lower one
    kind text NOT NULL,
    -- what the parent holds of the subsidiary, in hundredths of a percent
    share integer CHECK (share BETWEEN 0 AND 10000),
    starts_on {date},
    ends_on {date},
    created_at {time} NOT NULL,
    PRIMARY KEY (tenant_id, low_id, high_id),
    CHECK (low_id < high_id),
    FOREIGN KEY (tenant_id, low_id) REFERENCES corporations (tenant_id, id),
    FOREIGN KEY (tenant_id, high_id) REFERENCES corporations (tenant_id, id)
);
CREATE INDEX corporation_relations_by_high ON corporation_relations (tenant_id, high_id);
";
