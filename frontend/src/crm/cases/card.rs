//! A case on the board.

use super::words::{DueDay, PriorityMark, client_names, full_title, title};
use crate::routes::Route;
use crate::state::{locale, t, use_session};
use crate::ui::float::FloatAlign;
use crate::ui::{Avatar, ButtonSize, Icon, IconView, Menu, MenuItem};
use ebenezer_shared::crm::case::{CaseStatus, CaseSummary};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;

/// What moves a case to another status.
pub type Move = Callback<(CaseSummary, CaseStatus)>;

#[expect(clippy::needless_pass_by_value, reason = "props are owned")]
/// The card. It is dragged with the mouse; its menu does the same with the keyboard.
#[component]
pub fn CaseCard(
    row: CaseSummary,
    /// The one that is being dragged.
    dragged: RwSignal<Option<CaseSummary>>,
    on_move: Move,
) -> impl IntoView {
    let session = use_session();
    let may_move = untrack(|| session.allows(Module::Cases, Action::Change));
    let (kind, year, period) = (row.kind, row.tax_year, row.period);
    let (id, held) = (row.id, row.clone());
    let assignee = row.assignee.clone().map(|it| {
        let name = it.full_name.clone();
        view! { <span title=name><Avatar name=it.full_name/></span> }
    });
    let counts = (row.checklist_total > 0)
        .then(|| format!("{}/{}", row.checklist_done, row.checklist_total));
    view! {
        <article
            class="board-card"
            data-testid="case-card"
            data-id=id.to_string()
            draggable=may_move.to_string()
            data-dragged=move || dragged.with(|it| it.as_ref().is_some_and(|it| it.id == id)).then_some("true")
            on:dragstart=move |event| {
                if let Some(transfer) = event.data_transfer() {
                    // Firefox drags nothing that carries no data.
                    let _ = transfer.set_data("text/plain", &id.to_string());
                    transfer.set_effect_allowed("move");
                }
                dragged.set(Some(held.clone()));
            }
            on:dragend=move |_| dragged.set(None)
        >
            <div class="board-card-head">
                <a class="board-card-title" draggable="false" href=Route::Case(id).path()>{client_names(&row)}</a>
                {may_move.then(|| view! { <MoveMenu row=row.clone() on_move/> })}
            </div>
            <p class="board-card-kind">{move || title(locale(), kind, year, period)}</p>
            <div class="board-card-foot">
                <div class="board-card-marks">
                    <DueDay day=row.due_on can_be_late=row.status.can_be_late()/>
                    <PriorityMark priority=row.priority/>
                    <span class="board-counts" title=t(c::CHECKLIST)>{counts}</span>
                </div>
                {assignee}
            </div>
        </article>
    }
}

#[component]
fn MoveMenu(row: CaseSummary, on_move: Move) -> impl IntoView {
    let name = full_title(&row);
    let label = move || c::move_case(locale(), &name);
    let items = move || {
        let to = |status| {
            let row = row.clone();
            view! {
                <MenuItem on_select=Callback::new(move |()| on_move.run((row.clone(), status)))>
                    {t(CaseStatus::text(status))}
                </MenuItem>
            }
        };
        row.status.next(row.closed_from).map(to).collect::<Vec<_>>()
    };
    view! {
        <Menu
            label
            trigger=|| view! { <IconView icon=Icon::More/> }
            size=ButtonSize::Small
            icon_only=true
            align=FloatAlign::End
        >
            {items.clone()}
        </Menu>
    }
}
