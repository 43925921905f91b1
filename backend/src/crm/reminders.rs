//! What goes out by itself when its time has come, for whichever firm.

use crate::db::TenantOwned;
use crate::jobs::Troubles;
use crate::platform::tenant;
use crate::state::AppState;
use ebenezer_shared::tenant::TenantStatus;
use sea_orm::{
    ColumnTrait as _, Condition, DatabaseConnection, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use std::collections::VecDeque;
use std::marker::PhantomData;
use uuid::Uuid;

/// So many rows are looked at between two that are sent.
const BATCH: u64 = 200;

/// A firm that may write to its clients, and where its rows are.
pub struct Firm {
    pub tenant: tenant::Model,
    pub plane: DatabaseConnection,
}

/// The rows whose time has come, plane by plane. What cannot be read or sent is noted, and
/// keeps none of the others waiting.
pub struct Due<'s, E> {
    state: &'s AppState,
    condition: Condition,
    planes: VecDeque<DatabaseConnection>,
    read: VecDeque<(Uuid, Uuid)>,
    last: Uuid,
    troubles: Troubles,
    table: PhantomData<E>,
}

impl<'s, E: TenantOwned> Due<'s, E> {
    pub fn new(state: &'s AppState, condition: Condition) -> Self {
        Self {
            state,
            condition,
            planes: state.planes.all_tenant_planes().into(),
            read: VecDeque::new(),
            last: Uuid::nil(),
            troubles: Troubles::default(),
            table: PhantomData,
        }
    }

    /// The next row, of a firm that is at work.
    pub async fn next(&mut self) -> Option<(Firm, Uuid)> {
        while let Some(plane) = self.planes.front().cloned() {
            let Some((id, firm)) = self.read.pop_front() else {
                let rows = self.batch(&plane).await;
                let rows = self.troubles.note("what is due in a plane", rows);
                self.read = rows.unwrap_or_default().into();
                if self.read.is_empty() {
                    self.planes.pop_front();
                    self.last = Uuid::nil();
                }
                continue;
            };
            self.last = id;
            let tenant = tenant::by_id(self.state.planes.platform(), firm).await;
            let tenant = self.troubles.note("a firm", tenant).flatten();
            if let Some(tenant) = tenant.filter(|tenant| self.works(tenant)) {
                return Some((Firm { tenant, plane }, id));
            }
        }
        None
    }

    /// Notes how it went with a row.
    pub fn note(&mut self, what: &str, outcome: anyhow::Result<()>) {
        self.troubles.note(what, outcome);
    }

    /// How it went with all.
    pub fn end(self) -> anyhow::Result<()> {
        self.troubles.end()
    }

    fn works(&self, tenant: &tenant::Model) -> bool {
        tenant.effective_status(self.state.clock.now()) == TenantStatus::Active
    }

    async fn batch(&self, plane: &DatabaseConnection) -> anyhow::Result<Vec<(Uuid, Uuid)>> {
        #[expect(clippy::disallowed_methods, reason = "reminders go out for every firm")]
        let rows = E::find().filter(self.condition.clone());
        let rows = rows.filter(E::id_column().gt(self.last)).order_by_asc(E::id_column());
        let rows = rows.limit(BATCH).select_only().columns([E::id_column(), E::tenant_column()]);
        Ok(rows.into_tuple().all(plane).await?)
    }
}

/// Whether anything is due. A plane that cannot be read may hold some.
pub async fn any<E: TenantOwned>(state: &AppState, condition: Condition) -> bool {
    for plane in state.planes.all_tenant_planes() {
        #[expect(clippy::disallowed_methods, reason = "reminders go out for every firm")]
        let row = E::find().filter(condition.clone()).select_only().column(E::id_column());
        if !matches!(row.limit(1).into_tuple::<Uuid>().one(&plane).await, Ok(None)) {
            return true;
        }
    }
    false
}
