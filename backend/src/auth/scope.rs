//! A request inside a firm: what its handlers can reach.

use super::access::{Access, AccessRule, Asks, authenticate, claims, state_of};
use super::principal::Place;
use crate::audit::Audit;
use crate::db::{self, TenantOwned, begin_write};
use crate::downloads;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::limits::Quota;
use crate::http::request::RequestInfo;
use crate::jobs::{self, Job, Origin};
use crate::platform::user;
use crate::state::AppState;
use actix_web::HttpRequest;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use ebenezer_shared::ids::JobId;
use ebenezer_shared::permission::Permission;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::tenant::TenantStatus;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseConnection, DatabaseTransaction, DbErr,
    DeleteMany, QueryFilter as _, Select, UpdateMany,
};
use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;
use uuid::Uuid;

mod idempotency;
mod job;
pub mod permissions;
mod platform;

pub use platform::PlatformCommand;

/// A permission as a type.
pub trait Needs: 'static {
    const PERMISSION: Permission;
}

/// A user of the firm who has permission `P`.
pub struct Scope<P> {
    inner: TenantScope,
    permission: PhantomData<P>,
}

/// What a request inside a firm can reach: that firm's rows and nothing else.
pub struct TenantScope {
    pub state: AppState,
    pub info: Rc<RequestInfo>,
    user: user::Model,
    session: Option<Uuid>,
    place: Place,
    db: DatabaseConnection,
    /// None for what a worker does in somebody's name.
    request: Option<HttpRequest>,
}

/// A user of the firm, whatever they may do there: for reading what holds for each caller
/// only what they may see.
pub struct AnyMember(TenantScope);

impl Deref for AnyMember {
    type Target = TenantScope;

    fn deref(&self) -> &TenantScope {
        &self.0
    }
}

impl Access for AnyMember {
    fn rule() -> AccessRule {
        AccessRule::staff(Asks::OwnAccount)
    }

    async fn grant(req: &HttpRequest) -> Result<Self, ApiError> {
        enter(req, true).await.map(Self)
    }
}

impl<P> Deref for Scope<P> {
    type Target = TenantScope;

    fn deref(&self) -> &TenantScope {
        &self.inner
    }
}

impl<P: Needs> Access for Scope<P> {
    fn rule() -> AccessRule {
        AccessRule::staff(Asks::Permission(P::PERMISSION))
    }

    async fn grant(req: &HttpRequest) -> Result<Self, ApiError> {
        let inner = enter(req, P::PERMISSION.only_reads()).await?;
        if !inner.has_module_of(P::PERMISSION) {
            return Err(ProblemCode::ModuleNotEnabled.into());
        }
        if !inner.may(P::PERMISSION) {
            return Err(ApiError::missing(&P::PERMISSION));
        }
        Ok(Self { inner, permission: PhantomData })
    }
}

/// From the request to the firm that it is in.
async fn enter(req: &HttpRequest, reads: bool) -> Result<TenantScope, ApiError> {
    let state = state_of(req)?;
    let info = RequestInfo::of(req);
    let claims = claims(&state, req, &info).await?;
    let principal = authenticate(&state, req, &claims).await?;
    let place = principal.place.clone().ok_or(ApiError::from(ProblemCode::NotAMember))?;
    check_status(&place, state.clock.now(), principal.user.is_staff, reads)?;
    if principal.must_enrol {
        return Err(ProblemCode::MfaEnrolmentRequired.into());
    }
    let db = state.planes.tenant(&place.tenant)?;
    let (user, session) = (principal.user.clone(), Some(principal.session.id));
    Ok(TenantScope { state, info, user, session, place, db, request: Some(req.clone()) })
}

/// A paused firm reads, a suspended or cancelled one is closed to all but platform staff.
pub(super) fn check_status(
    place: &Place,
    now: DateTime<Utc>,
    is_staff: bool,
    reads: bool,
) -> Result<(), ApiError> {
    match place.tenant.effective_status(now) {
        TenantStatus::Paused if !reads => Err(ProblemCode::TenantPaused.into()),
        TenantStatus::Suspended if !is_staff => Err(ProblemCode::TenantSuspended.into()),
        TenantStatus::Cancelled if !is_staff => Err(ProblemCode::TenantCancelled.into()),
        _ => Ok(()),
    }
}

impl TenantScope {
    pub fn tenant_id(&self) -> Uuid {
        self.place.tenant.id
    }

    pub fn user_id(&self) -> Uuid {
        self.user.id
    }

    /// The session of the request; an error in what a worker does.
    pub fn session_id(&self) -> Result<Uuid, ApiError> {
        self.session.ok_or_else(|| anyhow::anyhow!("a worker has no session").into())
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.state.clock.now()
    }

    /// The day that it is for the firm.
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&self.time_zone()).date_naive()
    }

    /// By whose clocks the firm lives.
    pub fn time_zone(&self) -> Tz {
        self.place.tenant.time_zone.parse().unwrap_or(Tz::UTC)
    }

    /// Where the firm's rows are read.
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    /// 403 where nothing may be written, as in a paused firm. For operations whose rule says
    /// no permission that would tell.
    pub fn must_write(&self) -> Result<(), ApiError> {
        check_status(&self.place, self.now(), self.user.is_staff, false)
    }

    /// Whether the caller has a further permission, and the firm's product the module.
    pub fn may(&self, permission: Permission) -> bool {
        self.has_module_of(permission) && self.place.permissions.contains(permission)
    }

    /// Whether the firm's product has the module of a permission.
    pub fn has_module_of(&self, permission: Permission) -> bool {
        permission.module().is_none_or(|module| self.place.modules.contains(&module))
    }

    /// Files of many records are counted by account. One that is fetched by a link was counted
    /// when the link was made.
    pub async fn limit_exports(&self) -> Result<(), ApiError> {
        let request = self.request()?;
        if downloads::pass(request).is_some() {
            return Ok(());
        }
        let quota = Quota::per_hour(self.state.config.limits.exports_per_hour);
        let account = self.user_id().to_string();
        self.state.limiter.check(request, "export", &account, quota).await
    }

    /// The firm's rows of a table.
    pub fn select<E: TenantOwned>(&self) -> Select<E> {
        db::select(self.tenant_id())
    }

    /// The firm's row of that id.
    pub fn by_id<E: TenantOwned>(&self, id: impl Into<Uuid>) -> Select<E> {
        db::by_id(self.tenant_id(), id.into())
    }

    /// Starts what the request wants done: one transaction, its audit entries included.
    ///
    /// A request with an `Idempotency-Key` that was carried out before ends here with the
    /// answer it had then.
    pub async fn command(&self) -> Result<Command<'_>, ApiError> {
        let tx = begin_write(&self.db).await?;
        let reservation = idempotency::reserve(self, &tx).await?;
        Ok(Command::new(self, tx, reservation))
    }

    /// A command whose answer must not be kept, whatever `Idempotency-Key` says: it holds
    /// what is stored sealed.
    pub async fn command_unremembered(&self) -> Result<Command<'_>, ApiError> {
        let tx = begin_write(&self.db).await?;
        Ok(Command::new(self, tx, None))
    }

    /// The request itself; an error in what a worker does.
    pub(crate) fn request(&self) -> Result<&HttpRequest, ApiError> {
        let none = || anyhow::anyhow!("a worker has no request").into();
        self.request.as_ref().ok_or_else(none)
    }

    pub(crate) fn actor_name(&self) -> &str {
        &self.user.full_name
    }
}

/// What a request wants done, in one transaction. Dropped without `commit` it leaves
/// nothing behind.
pub struct Command<'s> {
    scope: &'s TenantScope,
    tx: DatabaseTransaction,
    reservation: Option<idempotency::Reservation>,
    enqueued: Cell<bool>,
    audited: Cell<bool>,
}

impl Deref for Command<'_> {
    type Target = TenantScope;

    fn deref(&self) -> &TenantScope {
        self.scope
    }
}

impl<'s> Command<'s> {
    fn new(
        scope: &'s TenantScope,
        tx: DatabaseTransaction,
        reservation: Option<idempotency::Reservation>,
    ) -> Self {
        let (enqueued, audited) = (Cell::new(false), Cell::new(false));
        Self { scope, tx, reservation, enqueued, audited }
    }

    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// An update of the firm's rows.
    pub fn update<E: TenantOwned>(&self) -> UpdateMany<E> {
        db::update_by(self.tenant_id())
    }

    /// Writes every column of the firm's row of that id.
    pub async fn save<E: TenantOwned>(&self, id: Uuid, row: E::ActiveModel) -> Result<(), DbErr> {
        let update = self.update::<E>().filter(E::id_column().eq(id)).set(row.reset_all());
        update.exec(&self.tx).await.map(|_| ())
    }

    /// A deletion of the firm's rows.
    pub fn delete<E: TenantOwned>(&self) -> DeleteMany<E> {
        db::delete_by(self.tenant_id())
    }

    /// Writes what happened beside it.
    pub async fn audit(&self, audit: Audit) -> Result<(), ApiError> {
        self.audited.set(true);
        audit.record(self.scope, &self.tx).await
    }

    /// Wants something done later, when and only when this command is committed. It can be
    /// followed under `/api/jobs/{id}` by whoever sent the request.
    pub async fn enqueue(&self, job: &Job) -> Result<JobId, ApiError> {
        let origin = Origin { tenant: self.tenant_id(), user: self.user_id() };
        let id = jobs::write_to_outbox(&self.tx, &self.state, origin, job).await?;
        self.enqueued.set(true);
        Ok(id.into())
    }

    /// Makes it all true at once and answers.
    pub async fn commit(self, answer: Answer) -> Result<Answer, ApiError> {
        if let Some(reservation) = &self.reservation {
            reservation.remember(self.scope, &self.tx, &answer).await?;
        }
        self.commit_silently().await?;
        Ok(answer)
    }

    /// Makes it all true at once where nobody waits for an answer.
    pub async fn commit_silently(self) -> Result<(), ApiError> {
        self.tx.commit().await?;
        if self.enqueued.get() {
            self.scope.state.bell.ring();
        }
        if self.audited.get() {
            self.scope.state.audit_bell.ring();
        }
        Ok(())
    }
}
