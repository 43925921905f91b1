//! Staff rows tell the department, and which version of the membership they show.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_staff"
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
ALTER TABLE staff ADD COLUMN department_id {uuid} REFERENCES departments (id);
-- An older version never overwrites a newer one, whatever order they come in.
ALTER TABLE staff ADD COLUMN version integer NOT NULL DEFAULT 0;
CREATE INDEX staff_by_department ON staff (tenant_id, department_id);
";
