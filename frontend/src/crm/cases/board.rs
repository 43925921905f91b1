//! The board: cases by their status, moved by dragging or by their menu.

use super::super::filters::is_filtered;
use super::super::listing::NothingMatches;
use super::super::news::NewsBar;
use super::super::people::People;
use super::super::trail;
use super::card::{CaseCard, Move};
use super::filters::CaseFilters;
use super::list::{FirstUse, NewCase, Switch};
use super::query::{self, BY_STATUS, FILTERS};
use crate::api::{self, QueryString, use_client};
use crate::routes::Route;
use crate::state::{
    Query, UrlState, locale, locale_now, t, use_list_query, use_title, use_toasts, use_url_state,
};
use crate::ui::{Loaded, PageHeader, SkeletonKind};
use ebenezer_shared::crm::case::{Board, BoardColumn, CaseStatus, CaseSummary};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `/cases/board`
#[component]
pub fn CaseBoardPage() -> impl IntoView {
    use_title(t(c::BOARD));
    trail::arrive(Route::CaseBoard);
    let client = use_client();
    let url = use_url_state();
    let board = use_list_query(
        move || query::filters(url).on(""),
        move |query: String| async move { api::cases::board(client, &query).await },
    );
    let dragged = RwSignal::new(None::<CaseSummary>);
    let on_move = use_move(board);
    let columns = move |found: Board| {
        let none = found.columns.iter().all(|column| column.total == 0);
        if none && is_filtered(url, &FILTERS) {
            return view! { <NothingMatches url filters=&FILTERS/> }.into_any();
        }
        if none {
            return view! { <div data-testid="empty"><FirstUse/></div> }.into_any();
        }
        let columns: Vec<_> = found
            .columns
            .into_iter()
            .map(|column| view! { <ColumnView column url dragged on_move/> })
            .collect();
        view! { <div class="board" data-testid="board">{columns}</div> }.into_any()
    };
    view! {
        <PageHeader title=t(c::BOARD)>
            <Switch url to=Route::Cases/>
            <NewCase/>
        </PageHeader>
        <CaseFilters url people=People::read() board=true/>
        <NewsBar subject=RecordType::Case shown=board/>
        <Loaded query=board skeleton=SkeletonKind::Record view=columns/>
    }
}

/// Shows the move at once; should the server refuse, the board is as it says again.
fn use_move(board: Query<Board>) -> Move {
    let (client, toasts) = (use_client(), use_toasts());
    Callback::new(move |(row, to): (CaseSummary, CaseStatus)| {
        if !row.status.may_become(to, row.closed_from) {
            let (from, to) = (row.status.text(), to.text());
            let locale = locale_now();
            toasts.error(c::cannot_move(locale, from.get(locale), to.get(locale)));
            return;
        }
        let (id, etag) = (row.id, format!("\"v{}\"", row.version));
        board.update(|board| shift(board, row, to));
        spawn_local(async move {
            match api::cases::advance(client, id, Some(&etag), to).await {
                Ok(_) => toasts.success(move || c::moved(locale(), to.text().get(locale()))),
                Err(error) => toasts.error(error.title(locale_now())),
            }
            board.reload();
        });
    })
}

fn shift(board: &mut Board, mut row: CaseSummary, to: CaseStatus) {
    for column in &mut board.columns {
        let before = column.items.len();
        column.items.retain(|it| it.id != row.id);
        if column.items.len() < before {
            column.total = column.total.saturating_sub(1);
        }
    }
    row.closed_from = (to == CaseStatus::Closed).then_some(row.status);
    row.status = to;
    if let Some(column) = board.columns.iter_mut().find(|column| column.status == to) {
        column.total += 1;
        column.items.insert(0, row);
    }
}

#[component]
fn ColumnView(
    column: BoardColumn,
    url: UrlState,
    dragged: RwSignal<Option<CaseSummary>>,
    on_move: Move,
) -> impl IntoView {
    let BoardColumn { status, total, items } = column;
    let more = total.saturating_sub(items.len() as u64);
    let over = RwSignal::new(false);
    let takes = move || {
        dragged.with(|row| {
            row.as_ref().is_some_and(|row| row.status.may_become(status, row.closed_from))
        })
    };
    let all = move || of_status(url, status);
    let cards: Vec<_> =
        items.into_iter().map(|row| view! { <CaseCard row dragged on_move/> }).collect();
    view! {
        <section
            class="board-column"
            data-testid="board-column"
            data-status=status.as_str()
            data-takes=move || takes().then_some("true")
            data-over=move || (over.get() && takes()).then_some("true")
            aria-label=t(status.text())
            on:dragover=move |event| {
                if untrack(takes) {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                if let Some(row) = dragged.try_update(Option::take).flatten()
                    && row.status != status
                {
                    on_move.run((row, status));
                }
            }
        >
            <h2 class="board-title">
                {t(status.text())}
                <span class="board-total" data-testid="column-total">{total}</span>
            </h2>
            <div class="board-cards">{cards}</div>
            {(more > 0).then(|| view! {
                <a class="board-more" href=all>{move || c::more_of(locale(), more)}</a>
            })}
        </section>
    }
}

/// The list of the cases of that status, with the filters of the board.
fn of_status(url: UrlState, status: CaseStatus) -> String {
    let mut query = QueryString::new();
    for filter in FILTERS.iter().filter(|filter| filter.key != BY_STATUS.key) {
        query = query.with_text(filter.key, &filter.value(url));
    }
    query.with(BY_STATUS.key, status.as_str()).on(&Route::Cases.path())
}
