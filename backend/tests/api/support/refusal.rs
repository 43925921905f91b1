//! A database that refuses some statements until the test lets them through.

use super::app::TestApp;
use super::db::Backend;
use uuid::Uuid;

impl TestApp {
    /// Refuses an event on a table wherever the condition holds of `NEW` or `OLD`.
    pub async fn refuse(&self, event: &str, table: &str, condition: &str) {
        match self.backend() {
            Backend::Postgres => {
                self.execute(
                    "CREATE OR REPLACE FUNCTION not_now() RETURNS trigger LANGUAGE plpgsql AS
                     'BEGIN RAISE ''not now''; END'",
                )
                .await;
                let sql = format!(
                    "CREATE TRIGGER not_now BEFORE {event} ON {table} FOR EACH ROW
                     WHEN ({condition}) EXECUTE FUNCTION not_now()"
                );
                self.execute(&sql).await;
            }
            Backend::Sqlite => {
                let sql = format!(
                    "CREATE TRIGGER not_now BEFORE {event} ON {table} WHEN {condition}
                     BEGIN SELECT RAISE(ABORT, 'not now'); END"
                );
                self.execute(&sql).await;
            }
        }
    }

    /// Lets them through again.
    pub async fn allow(&self, table: &str) {
        match self.backend() {
            Backend::Postgres => self.execute(&format!("DROP TRIGGER not_now ON {table}")).await,
            Backend::Sqlite => self.execute("DROP TRIGGER not_now").await,
        }
    }

    /// An id as the database writes it.
    pub fn sql_id(&self, id: Uuid) -> String {
        match self.backend() {
            Backend::Postgres => format!("'{id}'"),
            Backend::Sqlite => format!("X'{}'", id.simple()),
        }
    }
}
