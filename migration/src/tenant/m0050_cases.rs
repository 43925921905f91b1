//! Tax cases and what each of them needs.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0050_cases"
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
CREATE TABLE cases (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    contact_id {uuid},
    corporation_id {uuid},
    joint_contact_id {uuid},
    kind text NOT NULL,
    tax_year integer NOT NULL,
    period text NOT NULL,
    status text NOT NULL,
    -- its place on the board
    status_rank integer NOT NULL,
    closed_from text,
    status_since {time} NOT NULL,
    due_on {date},
    -- set by hand, not by the rules
    due_is_set {bool} NOT NULL,
    is_extended {bool} NOT NULL,
    assignee_id {uuid},
    department_id {uuid},
    priority text NOT NULL,
    priority_rank integer NOT NULL,
    fee_amount bigint,
    fee_currency text,
    notes text,
    external_id text,
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK ((contact_id IS NULL) <> (corporation_id IS NULL)),
    CHECK (joint_contact_id IS NULL OR contact_id IS NOT NULL),
    CHECK (joint_contact_id IS NULL OR joint_contact_id <> contact_id),
    CHECK ((fee_amount IS NULL) = (fee_currency IS NULL)),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, joint_contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id),
    FOREIGN KEY (tenant_id, assignee_id) REFERENCES staff (tenant_id, id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
CREATE UNIQUE INDEX cases_external_id_unique ON cases (tenant_id, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX cases_by_contact ON cases (tenant_id, contact_id);
CREATE INDEX cases_by_joint_contact ON cases (tenant_id, joint_contact_id)
    WHERE joint_contact_id IS NOT NULL;
CREATE INDEX cases_by_corporation ON cases (tenant_id, corporation_id);
-- the board, and what is due
CREATE INDEX cases_by_status ON cases (tenant_id, status, due_on, priority_rank, id);
CREATE INDEX cases_by_due_day ON cases (tenant_id, due_on, id);
CREATE INDEX cases_by_assignee ON cases (tenant_id, assignee_id, status);
CREATE INDEX cases_by_department ON cases (tenant_id, department_id);
CREATE INDEX cases_by_created ON cases (tenant_id, created_at, id);
CREATE INDEX cases_by_updated ON cases (tenant_id, updated_at, id);

CREATE TABLE case_checklist_items (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    case_id {uuid} NOT NULL,
    position integer NOT NULL,
    label text NOT NULL,
    done_at {time},
    done_by {uuid},
    created_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE INDEX case_checklist_items_by_case
    ON case_checklist_items (tenant_id, case_id, position, id);
";
