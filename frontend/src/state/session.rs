//! Who is logged in, where, and what they may do.
//!
//! The access token lives in this page's memory only. The refresh token is a cookie that
//! no script can read; a reload trades it for a new access token.

use super::locale::propose_locale;
use super::storage;
use super::unsaved::Unsaved;
use crate::api::{self, ApiError};
use crate::format::use_zone;
use ebenezer_shared::auth::{CurrentUser, LoginRequest, RegisterRequest, SessionAnswer};
use ebenezer_shared::ids::{TenantId, UserId};
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::tenant::{TenantAccess, TenantRef};
use futures::lock::Mutex;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use std::time::Duration;

/// The person and the firm that the session is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub user: CurrentUser,
    /// None for platform staff who are members nowhere.
    pub tenant: Option<TenantAccess>,
    /// Every firm of the person.
    pub tenants: Vec<TenantRef>,
}

/// Why there is no session any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person asked for it.
    LoggedOut,
    /// Nobody used the app for half an hour.
    Idle,
    /// The server no longer takes the session.
    Expired,
}

/// Renew this long before the token runs out.
const AHEAD: Duration = Duration::from_mins(1);
/// A server that names very short lives is not asked more often than this.
const AT_LEAST: Duration = Duration::from_secs(10);

/// The session, shared by context.
#[derive(Clone, Copy)]
pub struct Session {
    account: RwSignal<Option<Account>>,
    locked: RwSignal<bool>,
    ended: RwSignal<Option<Ended>>,
    token: StoredValue<Option<String>>,
    renewing: StoredValue<Arc<Mutex<()>>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    served_at: StoredValue<f64>,
    unsaved: Unsaved,
}

impl Session {
    /// Nobody is logged in yet.
    pub fn new(unsaved: Unsaved) -> Self {
        Self {
            account: RwSignal::new(None),
            locked: RwSignal::new(false),
            ended: RwSignal::new(None),
            token: StoredValue::new(None),
            renewing: StoredValue::new(Arc::default()),
            timer: StoredValue::new(None),
            served_at: StoredValue::new(0.0),
            unsaved,
        }
    }

    /// Who is logged in; tracked.
    pub fn account(self) -> Option<Account> {
        self.account.get()
    }

    /// Who is logged in at this moment.
    pub fn account_now(self) -> Option<Account> {
        self.account.get_untracked()
    }

    /// The firm; tracked.
    pub fn tenant(self) -> Option<TenantAccess> {
        self.account.with(|account| account.as_ref()?.tenant.clone())
    }

    /// The firm at this moment.
    pub fn tenant_now(self) -> Option<TenantId> {
        self.account.with_untracked(|account| Some(account.as_ref()?.tenant.as_ref()?.id))
    }

    /// Person and firm: when they change, nothing on the page is true any more.
    pub fn identity(self) -> Option<(UserId, Option<TenantId>)> {
        self.account.with(|account| {
            let account = account.as_ref()?;
            Some((account.user.id, account.tenant.as_ref().map(|tenant| tenant.id)))
        })
    }

    /// Whether the person may do this, by role and by product; tracked.
    pub fn can(self, permission: Permission) -> bool {
        self.account.with(|account| {
            let tenant = account.as_ref().and_then(|account| account.tenant.as_ref());
            tenant.is_some_and(|tenant| {
                let included =
                    permission.module().is_none_or(|module| tenant.modules.contains(&module));
                included && tenant.permissions.contains(permission)
            })
        })
    }

    /// [`Session::can`] for an action on a module.
    pub fn allows(self, module: Module, action: Action) -> bool {
        self.can(Permission::Module(module, action))
    }

    /// Whether the session ended under unsaved work, which waits behind a login; tracked.
    pub fn is_locked(self) -> bool {
        self.locked.get()
    }

    /// Why the last session ended; tracked.
    pub fn ended(self) -> Option<Ended> {
        self.ended.get()
    }

    /// The access token.
    pub fn token(self) -> Option<String> {
        self.token.get_value()
    }

    /// Takes up the session of the cookie, if there is one. Call at the start.
    ///
    /// An error means that nobody knows: the server was not reached or failed.
    pub async fn start(self) -> Result<(), ApiError> {
        let open = storage::get(storage::SESSION).as_deref() == Some(storage::SESSION_OPEN);
        if storage::works() && !open {
            return Ok(());
        }
        if !self.renew(None).await? {
            storage::set(storage::SESSION, None);
        }
        Ok(())
    }

    /// Logs in. After a login with a recovery code: how many of them are left.
    pub async fn login(self, request: &LoginRequest) -> Result<Option<u64>, ApiError> {
        let answer = api::auth::login(request).await?;
        let left = answer.recovery_codes_left;
        self.enter(answer);
        Ok(left)
    }

    /// Makes a firm and logs in.
    pub async fn register(self, request: &RegisterRequest) -> Result<(), ApiError> {
        self.enter(api::auth::register(request).await?);
        Ok(())
    }

    /// Takes a new session or a renewed one.
    pub fn enter(self, answer: SessionAnswer) {
        let SessionAnswer { access_token, expires_in, user, tenant, tenants, .. } = answer;
        propose_locale(user.locale);
        storage::set(storage::SESSION, Some(storage::SESSION_OPEN));
        self.token.set_value(Some(access_token));
        self.renew_before(Duration::from_secs(expires_in));
        if let Some(tenant) = &tenant {
            use_zone(&tenant.time_zone);
        }
        let account = Some(Account { user, tenant, tenants });
        if self.account.with_untracked(|known| *known != account) {
            self.account.set(account);
        }
        self.locked.set(false);
        self.ended.set(None);
    }

    /// The person changed something of their account.
    pub fn update_user(self, change: impl FnOnce(&mut CurrentUser)) {
        self.account.update(|account| {
            if let Some(account) = account {
                change(&mut account.user);
            }
        });
    }

    /// Somebody changed something of the firm.
    pub fn update_tenant(self, change: impl FnOnce(&mut TenantAccess)) {
        self.account.update(|account| {
            let Some(account) = account else { return };
            let Some(tenant) = &mut account.tenant else { return };
            change(tenant);
            use_zone(&tenant.time_zone);
            let same = account.tenants.iter_mut().find(|other| other.id == tenant.id);
            if let Some(same) = same {
                same.company.clone_from(&tenant.company);
            }
        });
    }

    /// The server asks for a second factor, which the account lacks.
    pub fn ask_enrolment(self) {
        if self.account.with_untracked(|account| !account.as_ref().is_some_and(must_enrol)) {
            self.update_user(|user| {
                user.two_factor_enabled = false;
                user.two_factor_required = true;
            });
        }
    }

    /// Gets a new token in place of `stale`. However many ask at once, one request goes out.
    ///
    /// An error means that the server could not be asked or refused for another reason
    /// than the session's end; `Ok(false)` that the session has ended.
    pub async fn renew(self, stale: Option<&str>) -> Result<bool, ApiError> {
        let lock = self.renewing.get_value();
        let _turn = lock.lock().await;
        let current = self.token();
        if current.as_deref() != stale {
            return Ok(current.is_some());
        }
        match api::auth::refresh().await {
            Ok(answer) => {
                self.enter(answer);
                Ok(true)
            }
            Err(error) if matches!(error.status(), Some(401 | 403)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The person logs out. The server ends the session; when it cannot be reached, the
    /// cookie runs out by itself.
    pub fn logout(self) {
        let now = js_sys::Date::now().to_string();
        storage::set(storage::LOGOUT, Some(&now));
        storage::set(storage::SESSION, None);
        storage::set(storage::RECENT, None);
        spawn_local(async {
            let _ = api::auth::logout().await;
        });
        self.unsaved.forget();
        self.end(Ended::LoggedOut);
    }

    /// Nobody used the app for too long.
    pub fn end_idle(self) {
        spawn_local(async {
            let _ = api::auth::logout().await;
        });
        self.end(Ended::Idle);
    }

    /// The server takes the session no longer.
    pub fn expire(self) {
        self.end(Ended::Expired);
    }

    /// Another tab logged out.
    pub fn end_elsewhere(self) {
        self.end(Ended::LoggedOut);
    }

    /// Leaves the locked page and its unsaved work behind.
    pub fn abandon(self) {
        self.unsaved.forget();
        self.account.set(None);
        self.locked.set(false);
    }

    /// The server served the person just now.
    pub fn mark_served(self) {
        self.served_at.set_value(js_sys::Date::now());
    }

    /// When it last did, in milliseconds since 1970.
    pub fn served_at(self) -> f64 {
        self.served_at.get_value()
    }

    fn end(self, why: Ended) {
        self.stop_timer();
        self.token.set_value(None);
        if self.account.with_untracked(Option::is_none) {
            return;
        }
        self.ended.set(Some(why));
        if self.unsaved.is_dirty() {
            self.locked.set(true);
        } else {
            self.account.set(None);
        }
    }

    fn renew_before(self, lifetime: Duration) {
        self.stop_timer();
        let wait = lifetime.saturating_sub(AHEAD).max(AT_LEAST);
        let handle = set_timeout_with_handle(
            move || {
                spawn_local(async move {
                    let token = self.token();
                    // Unreachable: the next request tries again.
                    if token.is_some() && self.renew(token.as_deref()).await == Ok(false) {
                        self.expire();
                    }
                });
            },
            wait,
        );
        self.timer.set_value(handle.ok());
    }

    fn stop_timer(self) {
        if let Some(Some(handle)) = self.timer.try_update_value(Option::take) {
            handle.clear();
        }
    }
}

/// Whether the person must set up a second factor before anything else.
pub const fn must_enrol(account: &Account) -> bool {
    account.user.two_factor_required && !account.user.two_factor_enabled
}

/// The session that the root provided.
pub fn use_session() -> Session {
    expect_context()
}
