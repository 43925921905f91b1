//! Where the two databases need different words.

use sea_orm_migration::prelude::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// The words of one database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The dialect that the schema manager's connection speaks.
    pub fn of(manager: &SchemaManager<'_>) -> Self {
        match manager.get_database_backend() {
            DbBackend::Postgres => Self::Postgres,
            _ => Self::Sqlite,
        }
    }

    const fn words(self) -> [(&'static str, &'static str); 10] {
        match self {
            Self::Sqlite => [
                ("{uuid}", "blob"),
                ("{time}", "text"),
                ("{date}", "text"),
                ("{json}", "text"),
                ("{bool}", "boolean"),
                ("{true}", "1"),
                ("{false}", "0"),
                // Sort keys compare by code point on both databases, so one index serves.
                ("{sort}", "text"),
                // SQLite holds nulls for the smallest values; PostgreSQL is told to.
                ("{nulls_first}", ""),
                // Full-text search refers to rows by an integer that VACUUM keeps.
                ("{searched_pk}", "seq integer NOT NULL PRIMARY KEY, id blob NOT NULL UNIQUE"),
            ],
            Self::Postgres => [
                ("{uuid}", "uuid"),
                ("{time}", "timestamptz"),
                ("{date}", "date"),
                ("{json}", "jsonb"),
                ("{bool}", "boolean"),
                ("{true}", "true"),
                ("{false}", "false"),
                ("{nulls_first}", "NULLS FIRST"),
                ("{sort}", "text COLLATE \"C\""),
                ("{searched_pk}", "id uuid NOT NULL PRIMARY KEY"),
            ],
        }
    }

    /// The text in this dialect.
    pub fn sql(self, template: &str) -> String {
        self.words()
            .iter()
            .fold(template.to_owned(), |sql, (placeholder, word)| sql.replace(placeholder, word))
    }
}

/// Runs one text of several statements.
pub async fn run(manager: &SchemaManager<'_>, template: &str) -> Result<(), DbErr> {
    let sql = Dialect::of(manager).sql(template);
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
