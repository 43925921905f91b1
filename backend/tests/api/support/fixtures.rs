//! People and firms to test with.

use super::app::TestApp;
use super::client::Client;
use ebenezer::auth::{passwords, register, sessions};
use ebenezer::http::request::RequestInfo;
use ebenezer::platform::{membership, tenant, user};
use ebenezer::team::news;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::Role;
use ebenezer_shared::team::RoleKey;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Everybody's password.
pub const PASSWORD: &str = "bateria-grapa-caballo-71";

/// A number that no other call gets.
pub fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Somebody who is logged in. It is a [`Client`] that sends their token.
#[derive(Clone)]
pub struct Member {
    pub client: Client,
    pub token: String,
    pub refresh_token: String,
    pub email: String,
    pub user: Uuid,
    pub tenant: Uuid,
    pub session: Uuid,
}

impl Deref for Member {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// An id in a JSON body.
#[track_caller]
pub fn id(value: &Value) -> Uuid {
    value["id"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("no id: {value}"))
}

/// The body of a registration that works.
pub fn registration(product: &str) -> Value {
    let number = number();
    json!({
        "company": format!("Firma {number}"),
        "subdomain": format!("firma-{number}"),
        "product": product,
        "full_name": format!("Dueña {number}"),
        "email": format!("duena{number}@firma.test"),
        "password": PASSWORD,
        "cookie": false,
    })
}

/// The body that asks for a masked field whole.
pub fn asking_for(field: &str) -> Value {
    json!({ "field": field, "reason": "Declaración de 2025" })
}

impl TestApp {
    /// Registers a firm as a visitor does; its owner is logged in.
    pub async fn register(&self, product: &str) -> Member {
        let answer = self.client.post("/api/auth/register", registration(product)).await.created();
        self.member_of(&answer)
    }

    /// The owner of a tax firm.
    pub async fn owner(&self) -> Member {
        self.register("tax").await
    }

    /// Whom an answer of login, registration or refresh is for.
    pub fn member_of(&self, answer: &Value) -> Member {
        let token = answer["access_token"].as_str().unwrap();
        let claims = self.state.tokens.open(token, self.clock.now()).unwrap();
        Member {
            client: self.client.bearer(token),
            token: token.to_owned(),
            refresh_token: answer["refresh_token"].as_str().unwrap_or_default().to_owned(),
            email: answer["user"]["email"].as_str().unwrap().to_owned(),
            user: id(&answer["user"]),
            tenant: claims.tid.unwrap_or_default(),
            session: claims.sid,
        }
    }

    /// A new colleague of that role, logged in.
    pub async fn member(&self, tenant: Uuid, role: Role) -> Member {
        let user = self.add_user().await;
        self.join(tenant, &user, role).await;
        self.session(&user, tenant).await
    }

    /// A user who works nowhere.
    pub async fn add_user(&self) -> user::Model {
        static HASH: OnceCell<String> = OnceCell::const_new();
        let hash = HASH.get_or_init(async || passwords::hash(PASSWORD).await.unwrap()).await;
        let number = number();
        let email = format!("persona{number}@firma.test");
        let name = format!("Persona {number}");
        let row = register::new_user(&email, &name, hash.clone(), Locale::Es, self.clock.now());
        user::insert(&self.db, &row).await.unwrap();
        row
    }

    /// Makes a user a member of a firm.
    pub async fn join(&self, tenant: Uuid, user: &user::Model, role: Role) {
        let role = RoleKey::BuiltIn(role);
        let row = membership::Model::new(user.id, tenant, role, self.clock.now());
        news::join(&self.db, &row, user).await.unwrap();
        self.forget();
    }

    /// A session of a user, as login makes it.
    pub async fn session(&self, user: &user::Model, tenant: Uuid) -> Member {
        let info = RequestInfo {
            request_id: "test".to_owned(),
            locale: Locale::Es,
            ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            host: String::new(),
            user_agent: String::new(),
        };
        let now = self.clock.now();
        let (session, refresh) =
            sessions::open(&self.db, user.id, Some(tenant), &info, now).await.unwrap();
        let token = self.state.tokens.issue(user.id, session.id, Some(tenant), now).unwrap();
        Member {
            client: self.client.bearer(token.expose_secret()),
            token: token.expose_secret().to_owned(),
            refresh_token: refresh.expose_secret().to_owned(),
            email: user.email.clone(),
            user: user.id,
            tenant,
            session: session.id,
        }
    }

    pub async fn tenant(&self, id: Uuid) -> tenant::Model {
        tenant::by_id(&self.db, id).await.unwrap().unwrap()
    }

    /// Changes a firm as the operator does.
    #[expect(clippy::disallowed_methods, reason = "tests act for the operator")]
    pub async fn change_tenant(&self, id: Uuid, change: impl FnOnce(&mut tenant::Model)) {
        let mut row = self.tenant(id).await;
        change(&mut row);
        tenant::Entity::update(row.into_active_model().reset_all()).exec(&self.db).await.unwrap();
        self.forget();
    }

    pub async fn user(&self, id: Uuid) -> user::Model {
        user::by_id(&self.db, id).await.unwrap().unwrap()
    }

    /// Changes a user as the operator does.
    #[expect(clippy::disallowed_methods, reason = "tests act for the operator")]
    pub async fn change_user(&self, id: Uuid, change: impl FnOnce(&mut user::Model)) {
        let mut row = user::by_id(&self.db, id).await.unwrap().unwrap();
        change(&mut row);
        user::Entity::update(row.into_active_model().reset_all()).exec(&self.db).await.unwrap();
        self.forget();
    }
}

impl TestApp {
    /// As if the session's user had just done something.
    pub async fn set_last_activity(&self, session: Uuid) {
        sessions::touch(&self.db, session, self.clock.now()).await.unwrap();
        self.forget();
    }
}

impl TestApp {
    /// Changes a membership as the firm's owner does.
    #[expect(clippy::disallowed_methods, reason = "memberships belong to the platform")]
    pub async fn change_membership(
        &self,
        user: Uuid,
        tenant: Uuid,
        change: impl FnOnce(&mut membership::Model),
    ) {
        let found = membership::of_user_in(&self.db, user, tenant).await.unwrap();
        let (seat, _) = found.expect("a member");
        let mut row = seat.membership;
        change(&mut row);
        membership::Entity::update(row.into_active_model().reset_all())
            .exec(&self.db)
            .await
            .unwrap();
        self.forget();
    }

    /// Ends a membership as the firm's owner does.
    pub async fn end_membership(&self, user: Uuid, tenant: Uuid) {
        self.change_membership(user, tenant, |row| row.is_active = false).await;
    }
}

impl TestApp {
    /// Marks a colleague as gone (or back) in the firm's own plane.
    pub async fn set_staff_active(&self, tenant: Uuid, user: Uuid, active: bool) {
        use ebenezer::crm::staff::{Column, Entity};
        use sea_orm::{ColumnTrait as _, QueryFilter as _};
        ebenezer::db::update_by::<Entity>(tenant)
            .filter(Column::Id.eq(user))
            .col_expr(Column::IsActive, sea_orm::sea_query::Expr::value(active))
            .exec(&self.db)
            .await
            .unwrap();
    }
}

impl TestApp {
    /// Gives a colleague another name in the firm's own plane.
    pub async fn rename_staff(&self, tenant: Uuid, user: Uuid, name: &str) {
        use ebenezer::crm::staff::{Column, Entity};
        use sea_orm::{ColumnTrait as _, QueryFilter as _};
        ebenezer::db::update_by::<Entity>(tenant)
            .filter(Column::Id.eq(user))
            .col_expr(Column::FullName, sea_orm::sea_query::Expr::value(name))
            .exec(&self.db)
            .await
            .unwrap();
    }
}
