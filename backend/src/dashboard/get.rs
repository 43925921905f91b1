//! `GET /api/dashboard`

use super::{cards, figures};
use crate::auth::{Scope, permissions::DashboardView};
use crate::crm::{notes, threads};
use crate::error::ApiError;
use crate::http::answer::Answer;
use ebenezer_shared::crm::dashboard::Dashboard;
use ebenezer_shared::permission::{Action, Module, Permission};

/// So many sticky notes are shown.
const NOTES: u64 = 24;

/// The figures of the areas that the caller may see, as of now, in the firm's time zone.
#[utoipa::path(get, path = "/api/dashboard", tag = "dashboard",
    responses((status = 200, body = Dashboard)))]
pub async fn get_dashboard(scope: Scope<DashboardView>) -> Result<Answer, ApiError> {
    let may = |module| scope.may(Permission::Module(module, Action::View));
    let mut whole = Dashboard { cards: cards::of_caller(&scope).await?, ..Dashboard::default() };
    if may(Module::Cases) {
        let by_status = figures::cases_by_status(&scope).await?;
        whole.active_cases = Some(figures::active_cases(&scope, &by_status).await?);
        whole.cases_by_status = Some(by_status);
        whole.workload = Some(figures::workload(&scope, may(Module::Tasks)).await?);
        whole.deadlines = Some(figures::deadlines(&scope).await?);
    }
    if may(Module::Appointments) {
        whole.appointments_today = Some(figures::appointments_today(&scope).await?);
    }
    if may(Module::Tasks) {
        whole.pending_tasks = Some(figures::pending_tasks(&scope).await?);
    }
    if may(Module::Messages) {
        whole.messages = Some(threads::count_of_caller(&scope).await?);
    }
    if may(Module::Notes) {
        whole.notes = Some(notes::store::sticky(&scope, NOTES).await?);
    }
    Answer::ok(&whole)
}
