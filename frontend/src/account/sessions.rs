//! One's own sessions: which are open, and ending them.

mod ending;
mod row;

use crate::api::{self, use_client};
use crate::state::{t, use_list_query, use_title};
use crate::ui::{Button, Card, Confirm, DataTable, ErrorState, PageHeader};
use ebenezer_shared::session::SessionInfo;
use ebenezer_shared::texts::sessions as s;
use ending::Ending;
use leptos::prelude::*;
use row::{columns, device};

/// `/account/sessions`
#[component]
pub fn SessionsPage() -> impl IntoView {
    use_title(t(s::TITLE));
    let client = use_client();
    let list = use_list_query(|| (), move |()| async move { api::sessions::list(client).await });
    let ending = Ending::new(list);
    view! {
        <PageHeader title=t(s::TITLE) detail=t(s::DETAIL)>
            <Show when=move || ending.has_others()>
                <Button on_click=move || ending.asked.set(true) attr:data-testid="end-others">
                    {t(s::END_OTHERS)}
                </Button>
            </Show>
        </PageHeader>
        <Content ending/>
        <Confirm
            open=ending.asked
            title=t(s::END_OTHERS_TITLE)
            detail=t(s::END_OTHERS_DETAIL)
            confirm_label=t(s::END_OTHERS)
            danger=true
            pending=ending.pending
            on_confirm=move || ending.end_others()
            on_cancel=move || ending.asked.set(false)
            attr:data-testid="confirm-end-others"
        />
    }
}

#[component]
fn Content(ending: Ending) -> impl IntoView {
    let list = ending.list;
    let failed = Memo::new(move |_| list.error());
    move || match failed.get() {
        Some(error) => view! { <ErrorState error on_retry=move || list.reload()/> }.into_any(),
        None => view! { <Table ending/> }.into_any(),
    }
}

#[component]
fn Table(ending: Ending) -> impl IntoView {
    let list = ending.list;
    let alone = Memo::new(move |_| list.data().is_some() && !ending.has_others());
    view! {
        <Card flush=true>
            <DataTable
                label=t(s::TITLE)
                columns=columns(ending)
                rows=Signal::derive(move || list.data().map(|page| page.items))
                row_id=|row: &SessionInfo| row.id.to_string()
                row_version=|row: &SessionInfo| row.last_active_at.to_rfc3339()
                row_label=device
                pending=Signal::derive(move || list.is_pending())
            />
            <Show when=move || alone.get()>
                <p class="sessions-alone" data-testid="empty">{t(s::ALONE)}</p>
            </Show>
        </Card>
    }
}
