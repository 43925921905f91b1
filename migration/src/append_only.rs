//! Tables whose rows stay as they are.

use crate::dialect::Dialect;

/// The triggers that refuse to delete a row of the table, and to change one that has its
/// place in the chain.
pub fn append_only(dialect: Dialect, table: &str) -> String {
    let template = match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    template.replace("{table}", table)
}

const SQLITE: &str = r"
CREATE TRIGGER {table}_keeps BEFORE DELETE ON {table} BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END;
CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} WHEN old.seq IS NOT NULL BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END;
";

const POSTGRES: &str = r"
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only';
END
$$;
CREATE TRIGGER {table}_keeps BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
    FOR EACH ROW WHEN (old.seq IS NOT NULL) EXECUTE FUNCTION {table}_refuse();
";
