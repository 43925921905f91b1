//! What somebody is to do.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0051_tasks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await?;
        match Dialect::of(manager) {
            Dialect::Postgres => run(manager, POSTGRES).await,
            Dialect::Sqlite => run(manager, SQLITE).await,
        }
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
CREATE TABLE tasks (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    title text NOT NULL,
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    notes text,
    due_at {time},
    -- what has no end comes after everything that has one
    due_sort {time} NOT NULL,
    assignee_id {uuid},
    priority text NOT NULL,
    priority_rank integer NOT NULL,
    status text NOT NULL,
    status_rank integer NOT NULL,
    done_at {time},
    contact_id {uuid},
    corporation_id {uuid},
    case_id {uuid},
    recurs_unit text,
    recurs_every integer,
    recurs_until {date},
    -- the day from which its days are counted
    recurs_from {date},
    next_id {uuid},
    external_id text,
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK ((recurs_unit IS NULL) = (recurs_every IS NULL)),
    CHECK ((recurs_unit IS NULL) = (recurs_from IS NULL)),
    CHECK (recurs_unit IS NULL OR due_at IS NOT NULL),
    CHECK (contact_id IS NULL OR (corporation_id IS NULL AND case_id IS NULL)),
    CHECK (corporation_id IS NULL OR case_id IS NULL),
    FOREIGN KEY (tenant_id, assignee_id) REFERENCES staff (tenant_id, id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE UNIQUE INDEX tasks_external_id_unique ON tasks (tenant_id, external_id)
    WHERE external_id IS NOT NULL;
CREATE INDEX tasks_by_due ON tasks (tenant_id, due_sort, id);
CREATE INDEX tasks_by_status ON tasks (tenant_id, status, due_sort, id);
CREATE INDEX tasks_by_assignee ON tasks (tenant_id, assignee_id, status, due_sort, id);
CREATE INDEX tasks_by_title ON tasks (tenant_id, sort_name, id);
CREATE INDEX tasks_by_creation ON tasks (tenant_id, created_at, id);
CREATE INDEX tasks_by_change ON tasks (tenant_id, updated_at, id);
CREATE INDEX tasks_by_contact ON tasks (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX tasks_by_corporation ON tasks (tenant_id, corporation_id)
    WHERE corporation_id IS NOT NULL;
CREATE INDEX tasks_by_case ON tasks (tenant_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX tasks_by_next ON tasks (tenant_id, next_id) WHERE next_id IS NOT NULL;
";

const POSTGRES: &str = r"
CREATE INDEX tasks_by_text ON tasks USING gin (tenant_id, search_text gin_trgm_ops);
";

const SQLITE: &str = r"
CREATE INDEX tasks_searched ON tasks (seq, tenant_id, status, assignee_id, id);
CREATE VIRTUAL TABLE tasks_search USING fts5 (
    search_text, content = 'tasks', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER tasks_search_insert AFTER INSERT ON tasks BEGIN
    INSERT INTO tasks_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER tasks_search_delete AFTER DELETE ON tasks BEGIN
    INSERT INTO tasks_search (tasks_search, rowid, search_text)
    VALUES ('delete', old.seq, old.search_text);
END;
CREATE TRIGGER tasks_search_update AFTER UPDATE OF search_text ON tasks BEGIN
    INSERT INTO tasks_search (tasks_search, rowid, search_text)
    VALUES ('delete', old.seq, old.search_text);
    INSERT INTO tasks_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
";
