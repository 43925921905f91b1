//! Changing a thread while others change it, too.

use crate::api::{self, ApiError, Client, Tagged};
use ebenezer_shared::crm::thread::{Thread, UpdateThread};
use ebenezer_shared::ids::ThreadId;

/// So often what others did meanwhile is taken up.
const TRIES: u32 = 3;

/// Saves what `patch` makes of the thread as it is; of what others made of it meanwhile, if
/// they did. Nobody who came is thrown out by who did not know of them.
pub async fn change(
    client: Client,
    known: Thread,
    patch: impl Fn(&Thread) -> UpdateThread,
) -> Result<Tagged<Thread>, ApiError> {
    let mut thread = known;
    let mut tries = 1;
    loop {
        let etag = format!("\"v{}\"", thread.version);
        match api::threads::update(client, thread.id, &etag, &patch(&thread)).await {
            Err(error) if error.status() == Some(412) && tries < TRIES => {
                thread = fresh(client, thread.id).await?;
                tries += 1;
            }
            answer => return answer,
        }
    }
}

async fn fresh(client: Client, id: ThreadId) -> Result<Thread, ApiError> {
    Ok(api::threads::get(client, id).await?.value)
}
