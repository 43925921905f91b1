//! The figures: each a query or two, whatever the size of the firm.

use crate::auth::TenantScope;
use crate::crm::appointments::entity as appointment;
use crate::crm::cases::{entity as case, store as case_store};
use crate::crm::client::Names;
use crate::crm::tasks::entity as task;
use crate::error::ApiError;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use ebenezer_shared::crm::appointment::AppointmentStatus;
use ebenezer_shared::crm::case::{CaseStatus, CaseSummary};
use ebenezer_shared::crm::dashboard::{
    ActiveCases, AppointmentsToday, PendingTasks, StatusCount, Workload,
};
use ebenezer_shared::crm::task::TaskStatus;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What a change is measured over.
const SPAN: TimeDelta = TimeDelta::days(30);
/// So many people are shown.
const PEOPLE: usize = 10;
/// So many days to come.
const DEADLINES: u64 = 6;

fn open_statuses() -> impl Iterator<Item = &'static str> {
    CaseStatus::ALL.iter().filter(|status| status.is_open()).map(|status| status.as_str())
}

fn pending() -> impl Iterator<Item = &'static str> {
    TaskStatus::ALL.iter().filter(|status| status.is_pending()).map(|status| status.as_str())
}

/// How many there are of each value of a column.
async fn counted<E, T>(
    scope: &TenantScope,
    rows: Select<E>,
    column: E::Column,
) -> Result<HashMap<T, u64>, ApiError>
where
    E: sea_orm::EntityTrait,
    T: std::hash::Hash + Eq + sea_orm::TryGetable,
{
    let rows = rows.select_only().column(column).expr_as(Expr::cust("count(*)"), "total");
    let counts = rows.group_by(column).into_tuple::<(T, i64)>().all(scope.db()).await?;
    let count = |(value, count)| (value, u64::try_from(count).unwrap_or_default());
    Ok(counts.into_iter().map(count).collect())
}

/// Open cases by how far they are.
pub async fn cases_by_status(scope: &TenantScope) -> Result<Vec<StatusCount>, ApiError> {
    let rows = scope.select::<case::Entity>().filter(case::Column::Status.is_in(open_statuses()));
    let counts = counted::<_, String>(scope, rows, case::Column::Status).await?;
    let open = CaseStatus::ALL.iter().filter(|status| status.is_open());
    let count = |status: &CaseStatus| StatusCount {
        status: *status,
        count: counts.get(status.as_str()).copied().unwrap_or_default(),
    };
    Ok(open.map(count).collect())
}

/// How many are open, and how many more were opened lately than before.
pub async fn active_cases(
    scope: &TenantScope,
    by_status: &[StatusCount],
) -> Result<ActiveCases, ApiError> {
    let now = scope.now();
    let opened = async |from: DateTime<Utc>, to: DateTime<Utc>| {
        let rows = scope.select::<case::Entity>().filter(case::Column::CreatedAt.gt(from));
        rows.filter(case::Column::CreatedAt.lte(to)).count(scope.db()).await
    };
    let (lately, before) =
        (opened(now - SPAN, now).await?, opened(now - SPAN * 2, now - SPAN).await?);
    let count = by_status.iter().map(|it| it.count).sum();
    Ok(ActiveCases { count, change_percent: change(lately, before) })
}

/// In whole percent, rounded; none from nothing.
fn change(now: u64, before: u64) -> Option<i64> {
    let (now, before) = (i64::try_from(now).ok()?, i64::try_from(before).ok()?);
    (before > 0).then(|| ((now - before) * 200 + before).div_euclid(before * 2))
}

/// Today's appointments by the firm's clock.
pub async fn appointments_today(scope: &TenantScope) -> Result<AppointmentsToday, ApiError> {
    use appointment::Column;
    let (today, now) = (scope.today(), scope.now());
    let (from, to) = (midnight(scope, today), midnight(scope, today + Days::new(1)));
    let rows = scope
        .select::<appointment::Entity>()
        .filter(Column::StartsAt.gte(from))
        .filter(Column::StartsAt.lt(to))
        .filter(Column::Status.ne(AppointmentStatus::Cancelled.as_str()));
    let coming = AppointmentStatus::ALL.iter().filter(|status| status.is_coming());
    let next = rows
        .clone()
        .filter(Column::StartsAt.gt(now))
        .filter(Column::Status.is_in(coming.map(|status| status.as_str())))
        .order_by_asc(Column::StartsAt)
        .select_only()
        .column(Column::StartsAt)
        .into_tuple::<DateTime<Utc>>()
        .one(scope.db())
        .await?;
    Ok(AppointmentsToday { count: rows.count(scope.db()).await?, next_at: next })
}

/// When the day begins where the firm is; where clocks leave midnight out, an hour later.
fn midnight(scope: &TenantScope, day: NaiveDate) -> DateTime<Utc> {
    let zone = scope.time_zone();
    let begins = |time: NaiveTime| zone.from_local_datetime(&day.and_time(time)).earliest();
    let later = NaiveTime::from_hms_opt(1, 0, 0).unwrap_or_default();
    let found = begins(NaiveTime::MIN).or_else(|| begins(later));
    found.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |at| at.to_utc())
}

/// What is to be done, and what of it is late.
pub async fn pending_tasks(scope: &TenantScope) -> Result<PendingTasks, ApiError> {
    let rows = scope.select::<task::Entity>().filter(task::Column::Status.is_in(pending()));
    let late = rows.clone().filter(task::Column::DueAt.lt(scope.now()));
    Ok(PendingTasks {
        count: rows.count(scope.db()).await?,
        overdue: late.count(scope.db()).await?,
    })
}

/// Who has how much to do.
pub async fn workload(scope: &TenantScope, with_tasks: bool) -> Result<Vec<Workload>, ApiError> {
    let rows = scope
        .select::<case::Entity>()
        .filter(case::Column::Status.is_in(open_statuses()))
        .filter(case::Column::AssigneeId.is_not_null());
    let cases = counted::<_, Uuid>(scope, rows, case::Column::AssigneeId).await?;
    let mut tasks = HashMap::new();
    if with_tasks {
        let rows = scope
            .select::<task::Entity>()
            .filter(task::Column::Status.is_in(pending()))
            .filter(task::Column::AssigneeId.is_not_null());
        tasks = counted::<_, Uuid>(scope, rows, task::Column::AssigneeId).await?;
    }
    let of = |counts: &HashMap<Uuid, u64>, id| counts.get(&id).copied().unwrap_or_default();
    let mut people: Vec<Uuid> = cases.keys().chain(tasks.keys()).copied().collect();
    people.sort_unstable();
    people.dedup();
    people.sort_by_key(|id| std::cmp::Reverse((of(&cases, *id) + of(&tasks, *id), *id)));
    people.truncate(PEOPLE);
    let names = Names::of(scope, scope.db(), [], [], people.iter().copied().map(Some)).await?;
    let load = |id: &Uuid| {
        let staff = names.colleague(Some(*id))?;
        Some(Workload { staff, cases: of(&cases, *id), tasks: of(&tasks, *id) })
    };
    Ok(people.iter().filter_map(load).collect())
}

/// The open cases whose day comes next.
pub async fn deadlines(scope: &TenantScope) -> Result<Vec<CaseSummary>, ApiError> {
    let late = CaseStatus::ALL.iter().filter(|status| status.can_be_late());
    let rows = scope
        .select::<case::Entity>()
        .filter(case::Column::Status.is_in(late.map(|status| status.as_str())))
        .filter(case::Column::DueOn.gte(scope.today()))
        .order_by_asc(case::Column::DueOn)
        .order_by_asc(case::Column::Id)
        .limit(DEADLINES)
        .all(scope.db())
        .await?;
    case_store::summaries(scope, rows).await
}

#[cfg(test)]
mod tests {
    use super::change;

    #[test]
    fn a_change_is_in_whole_percent() {
        assert_eq!(change(28, 25), Some(12));
        assert_eq!(change(1, 3), Some(-67));
        assert_eq!(change(0, 4), Some(-100));
        assert_eq!(change(5, 0), None);
        assert_eq!(change(7, 7), Some(0));
    }
}
