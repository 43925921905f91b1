//! Messages.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::thread::{
    CreateMessage, CreateThread, Message, MessageCounts, ReadThread, Thread, UpdateThread,
};
use ebenezer_shared::ids::{AttachmentId, ThreadId};
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/threads";

/// Where files of messages are uploaded.
pub const ATTACHMENTS: &str = "/api/attachments";

/// Of a thread.
pub fn path(id: ThreadId) -> String {
    format!("{PATH}/{id}")
}

/// Of the file of a message.
pub fn attachment(id: AttachmentId) -> String {
    format!("{ATTACHMENTS}/{id}/download")
}

/// `GET /api/threads`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<Thread>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `POST /api/threads`
pub async fn create(client: Client, thread: &CreateThread) -> Result<Tagged<Thread>, ApiError> {
    client.create(PATH, thread).await
}

/// `GET /api/threads/{id}`
pub async fn get(client: Client, id: ThreadId) -> Result<Tagged<Thread>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/threads/{id}`; 412 when somebody changed it in between.
pub async fn update(
    client: Client,
    id: ThreadId,
    etag: &str,
    patch: &UpdateThread,
) -> Result<Tagged<Thread>, ApiError> {
    client.update(&path(id), Some(etag), patch).await
}

/// `GET /api/threads/{id}/messages`; `query` with its question mark.
pub async fn messages(
    client: Client,
    id: ThreadId,
    query: &str,
) -> Result<Page<Message>, ApiError> {
    client.get(&format!("{}/messages{query}", path(id))).await
}

/// `POST /api/threads/{id}/messages`
pub async fn send(
    client: Client,
    id: ThreadId,
    message: &CreateMessage,
) -> Result<Tagged<Message>, ApiError> {
    client.create(&format!("{}/messages", path(id)), message).await
}

/// `POST /api/threads/{id}/read`
pub async fn read(client: Client, id: ThreadId, up_to: u32) -> Result<(), ApiError> {
    client.post_silent(&format!("{}/read", path(id)), &ReadThread { up_to }).await
}

/// `GET /api/threads/unread`
pub async fn counts(client: Client) -> Result<MessageCounts, ApiError> {
    client.get(&format!("{PATH}/unread")).await
}
