//! Documents and their versions. Whose a document is, and which department sees it, its
//! folder says.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0042_documents"
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
CREATE TABLE documents (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    folder_id {uuid} NOT NULL,
    name text NOT NULL,
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    kind text NOT NULL,
    note text,
    shared_with_portal {bool} NOT NULL,
    -- the present version
    current_number integer NOT NULL,
    file_id {uuid} NOT NULL,
    extension text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    trashed_at {time},
    version integer NOT NULL,
    created_by {uuid},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, folder_id) REFERENCES folders (tenant_id, id)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (tenant_id, file_id) REFERENCES stored_files (tenant_id, id)
);
CREATE INDEX documents_by_folder ON documents (tenant_id, folder_id, sort_name, id);
CREATE INDEX documents_by_name ON documents (tenant_id, sort_name, id);
CREATE INDEX documents_by_creation ON documents (tenant_id, created_at, id);
CREATE INDEX documents_by_change ON documents (tenant_id, updated_at, id);
CREATE INDEX documents_by_file ON documents (tenant_id, file_id);
CREATE INDEX documents_in_trash ON documents (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE document_versions (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    document_id {uuid} NOT NULL,
    number integer NOT NULL,
    file_id {uuid} NOT NULL,
    name text NOT NULL,
    extension text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    restored_from integer,
    created_by {uuid},
    created_at {time} NOT NULL,
    UNIQUE (tenant_id, document_id, number),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES stored_files (tenant_id, id)
);
CREATE INDEX document_versions_by_file ON document_versions (tenant_id, file_id);
";

const POSTGRES: &str = r"
CREATE INDEX documents_by_text ON documents USING gin (tenant_id, search_text gin_trgm_ops);
";

const SQLITE: &str = r"
CREATE INDEX documents_searched ON documents (seq, tenant_id, folder_id, kind, trashed_at, id);
CREATE VIRTUAL TABLE documents_search USING fts5 (
    search_text, content = 'documents', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER documents_search_insert AFTER INSERT ON documents BEGIN
    INSERT INTO documents_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER documents_search_delete AFTER DELETE ON documents BEGIN
    INSERT INTO documents_search (documents_search, rowid, search_text)
    VALUES ('delete', old.seq, old.search_text);
END;
CREATE TRIGGER documents_search_update AFTER UPDATE OF search_text ON documents BEGIN
    INSERT INTO documents_search (documents_search, rowid, search_text)
    VALUES ('delete', old.seq, old.search_text);
    INSERT INTO documents_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
";
