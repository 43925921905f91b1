//! Threads of messages: who takes part, what was written, which files came with it.

use crate::dialect::run;
use crate::searched::search_in;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0054_threads"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await?;
        search_in(manager, "messages", "thread_id").await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
CREATE TABLE threads (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    subject text NOT NULL,
    search_text text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('internal', 'client')),
    contact_id {uuid},
    corporation_id {uuid},
    case_id {uuid},
    is_closed {bool} NOT NULL,
    -- messages are counted under the lock of this row: each has its number
    message_count integer NOT NULL,
    last_message_at {time} NOT NULL,
    version integer NOT NULL,
    created_by {uuid} NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    CHECK (contact_id IS NULL OR corporation_id IS NULL),
    CHECK (kind = 'internal' OR contact_id IS NOT NULL OR corporation_id IS NOT NULL),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    FOREIGN KEY (tenant_id, corporation_id) REFERENCES corporations (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES cases (tenant_id, id)
);
CREATE INDEX threads_by_last_message ON threads (tenant_id, last_message_at, id);
CREATE INDEX threads_by_creation ON threads (tenant_id, created_at, id);
CREATE INDEX threads_by_contact ON threads (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX threads_by_corporation ON threads (tenant_id, corporation_id)
    WHERE corporation_id IS NOT NULL;
CREATE INDEX threads_by_case ON threads (tenant_id, case_id) WHERE case_id IS NOT NULL;

CREATE TABLE thread_members (
    tenant_id {uuid} NOT NULL,
    thread_id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    -- the number of the last message that they read
    read_number integer NOT NULL,
    PRIMARY KEY (tenant_id, thread_id, user_id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES staff (tenant_id, id)
);
CREATE INDEX thread_members_by_user ON thread_members (tenant_id, user_id, thread_id);

CREATE TABLE messages (
    {searched_pk},
    tenant_id {uuid} NOT NULL,
    thread_id {uuid} NOT NULL,
    number integer NOT NULL,
    -- none for what a client wrote
    author_id {uuid},
    body text NOT NULL,
    -- how it begins, for words of one or two letters
    sort_name {sort} NOT NULL,
    search_text text NOT NULL,
    sent_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, thread_id, number),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id),
    FOREIGN KEY (tenant_id, author_id) REFERENCES staff (tenant_id, id)
);
CREATE INDEX messages_by_time ON messages (tenant_id, thread_id, sent_at, id);

CREATE TABLE attachments (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    -- none until a message takes it along
    message_id {uuid},
    position integer NOT NULL,
    file_id {uuid} NOT NULL,
    name text NOT NULL,
    extension text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    created_by {uuid} NOT NULL,
    created_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES messages (tenant_id, id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES stored_files (tenant_id, id)
);
CREATE INDEX attachments_by_message ON attachments (tenant_id, message_id);
CREATE INDEX attachments_by_file ON attachments (tenant_id, file_id);
CREATE INDEX attachments_unsent ON attachments (created_at) WHERE message_id IS NULL;
";
