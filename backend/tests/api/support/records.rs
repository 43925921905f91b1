//! What the tests look up in the database itself.

use super::app::TestApp;
use super::fixtures::Member;
use super::mail::wait_for;
use ebenezer::audit;
use ebenezer::platform::activity;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    Statement,
};
use serde_json::Value;
use uuid::Uuid;

/// Tables that a command could leave something in.
pub const WRITTEN: [&str; 33] = [
    "tenants",
    "users",
    "memberships",
    "roles",
    "invitations",
    "staff",
    "sessions",
    "email_changes",
    "contacts",
    "corporations",
    "contact_corporations",
    "contact_relations",
    "corporation_relations",
    "departments",
    "tags",
    "contact_tags",
    "corporation_tags",
    "saved_views",
    "list_preferences",
    "bulk_actions",
    "bulk_changes",
    "bulk_runs",
    "bulk_refusals",
    "folders",
    "documents",
    "document_versions",
    "document_requests",
    "document_request_items",
    "cases",
    "case_checklist_items",
    "audit_logs",
    "deletions",
    "idempotency_keys",
];

impl TestApp {
    /// The value in the first column of the first row.
    pub async fn value<T: sea_orm::TryGetable>(&self, sql: &str) -> T {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let row = self.db.query_one_raw(statement).await.unwrap().expect("a row");
        row.try_get_by_index(0).unwrap()
    }

    pub async fn execute(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }

    /// What the database says to a statement that it refuses.
    pub async fn try_execute(&self, sql: &str) -> Result<(), String> {
        self.db.execute_unprepared(sql).await.map(|_| ()).map_err(|error| error.to_string())
    }

    pub async fn count(&self, table: &str) -> i64 {
        self.value(&format!("SELECT count(*) FROM {table}")).await
    }

    /// How many rows each table has that a command writes.
    pub async fn counts(&self) -> Vec<(&'static str, i64)> {
        let mut counts = Vec::new();
        for table in WRITTEN {
            // What happens to accounts is copied there a moment later.
            let own = if table == "audit_logs" { " WHERE resource_type <> 'account'" } else { "" };
            counts.push((table, self.count(&format!("{table}{own}")).await));
        }
        counts
    }

    /// The platform's entries of that kind, oldest first.
    #[expect(clippy::disallowed_methods, reason = "the log belongs to the platform")]
    pub async fn activities(&self, action: &str) -> Vec<activity::Model> {
        activity::Entity::find()
            .filter(activity::Column::Action.eq(action))
            .order_by_asc(activity::Column::Id)
            .all(&self.db)
            .await
            .unwrap()
    }

    /// What was done in the firm, oldest first.
    pub async fn audit(&self, tenant: Uuid) -> Vec<audit::Model> {
        ebenezer::db::select::<audit::Entity>(tenant)
            .filter(audit::Column::ResourceType.ne("account"))
            .order_by_asc(audit::Column::Id)
            .all(&self.db)
            .await
            .unwrap()
    }

    /// What the firm's log tells of accounts, the last first, once that action is in it.
    pub async fn account_log(&self, member: &Member, action: &str) -> Vec<Value> {
        wait_for(action, async || {
            let path = "/api/audit-logs?resource_type=account&page_size=200";
            let list = member.get(path).await.ok()["items"].as_array().unwrap().clone();
            list.iter().any(|entry| entry["action"] == action).then_some(list)
        })
        .await
    }
}
