//! Whoever owns the database changes the logs: it shows, in a firm's and in the platform's.

use super::chain::{all_is_bound, assert_holds, firm, verify};
use crate::support::{Backend, Setup, TestApp, json};

db_tests! {
    changed_entries_are_found,
    deleted_entries_are_found,
    inserted_entries_are_found,
    swapped_entries_are_found,
    a_cut_off_end_is_found,
    an_end_that_was_cut_off_everywhere_is_known_by_an_earlier_run,
    entries_that_were_smuggled_in_are_found,
    entries_without_a_hash_are_never_signed_later,
    a_missing_anchor_is_found_and_does_not_come_back,
    a_missing_head_is_found,
}

/// A log, and what its rows consist of beside their ids and places.
struct Log {
    table: &'static str,
    /// A column that anything can be written to.
    text: &'static str,
    others: &'static str,
}

const LOGS: [Log; 2] = [
    Log {
        table: "audit_logs",
        text: "actor_name",
        others: "tenant_id, at, actor_id, action, resource_type, resource_id, changes, ip,
            request_id, mac",
    },
    Log {
        table: "activity_logs",
        text: "request_id",
        others: "at, action, user_id, tenant_id, details, ip, mac",
    },
];

/// What is wrong with the firm's log, and with the platform's, line by line.
#[track_caller]
fn findings(app: &TestApp) -> [Vec<String>; 2] {
    let output = verify(app, &[]);
    assert_eq!(output.status.code(), Some(1));
    let (mut found, mut is_firm) = ([Vec::new(), Vec::new()], false);
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        match line.trim().strip_prefix("WRONG: ") {
            Some(finding) => found[usize::from(!is_firm)].push(finding.to_owned()),
            None if !line.starts_with(' ') => is_firm = !line.ends_with("(platform)"),
            None => {}
        }
    }
    found
}

async fn lift_guards(app: &TestApp) {
    for Log { table, .. } in LOGS {
        for trigger in ["keeps", "stays"] {
            let on = match app.backend() {
                Backend::Postgres => format!(" ON {table}"),
                Backend::Sqlite => String::new(),
            };
            app.execute(&format!("DROP TRIGGER {table}_{trigger}{on}")).await;
        }
    }
}

fn new_id(app: &TestApp) -> &'static str {
    match app.backend() {
        Backend::Sqlite => "randomblob(16)",
        Backend::Postgres => "gen_random_uuid()",
    }
}

async fn changed_entries_are_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    for Log { table, text, .. } in LOGS {
        app.execute(&format!("UPDATE {table} SET {text} = 'Otra' WHERE seq = 3")).await;
    }
    for found in findings(&app) {
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("entry 3 (") && found[0].ends_with("not what was written"));
    }
}

async fn deleted_entries_are_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    for Log { table, .. } in LOGS {
        app.execute(&format!("DELETE FROM {table} WHERE seq IN (3, 4)")).await;
    }
    for found in findings(&app) {
        assert_eq!(found, ["entries 3 to 4 are missing"]);
    }
}

async fn inserted_entries_are_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    // A copy of the second entry in the place of the third; those behind it move on.
    let id = new_id(&app);
    for Log { table, text, others } in LOGS {
        app.execute(&format!("UPDATE {table} SET seq = -seq - 1 WHERE seq > 2")).await;
        app.execute(&format!(
            "INSERT INTO {table} (id, {text}, hash, {others}, seq)
             SELECT {id}, {text}, hash, {others}, 3 FROM {table} WHERE seq = 2"
        ))
        .await;
        app.execute(&format!("UPDATE {table} SET seq = -seq WHERE seq < 0")).await;
    }
    for found in findings(&app) {
        assert!(found.iter().any(|line| line.starts_with("entry 3 (")), "{found:?}");
        assert!(found.iter().any(|line| line.ends_with("than the anchor knows")), "{found:?}");
    }
}

async fn swapped_entries_are_found(app: TestApp) {
    firm(&app).await;
    lift_guards(&app).await;
    for Log { table, .. } in LOGS {
        for (from, to) in [("4", "-1"), ("5", "4"), ("-1", "5")] {
            app.execute(&format!("UPDATE {table} SET seq = {to} WHERE seq = {from}")).await;
        }
    }
    for found in findings(&app) {
        assert!(found.iter().any(|line| line.starts_with("entry 4 (")), "{found:?}");
        assert!(found.iter().any(|line| line.starts_with("entry 5 (")), "{found:?}");
    }
}

/// Takes the last two entries of each log away, and makes the head fit.
async fn cut_off(app: &TestApp) {
    lift_guards(app).await;
    for Log { table, .. } in LOGS {
        let last: i64 = app.value(&format!("SELECT max(seq) FROM {table}")).await;
        app.execute(&format!("DELETE FROM {table} WHERE seq > {}", last - 2)).await;
    }
    let last = "FROM audit_logs ORDER BY seq DESC LIMIT 1";
    app.execute(&format!(
        "UPDATE audit_heads SET seq = (SELECT seq {last}), hash = (SELECT hash {last})"
    ))
    .await;
}

async fn a_cut_off_end_is_found(app: TestApp) {
    let owner = firm(&app).await;
    cut_off(&app).await;
    for found in findings(&app) {
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("are cut off"), "{found:?}");
    }
    // What comes after does not hide it.
    for name in ["Gala", "Hilda", "Inés"] {
        owner.contact(&format!("{name} Gil"), json!({})).await;
        let bad = json!({ "email": owner.email, "password": "no es esta clave" });
        app.client.post("/api/auth/login", bad).await.problem(401, "invalid_credentials");
    }
    all_is_bound(&app).await;
    let [firms, platforms] = findings(&app);
    assert!(firms.iter().any(|line| line.contains("another than the anchor knows")), "{firms:?}");
    assert!(platforms.iter().any(|line| line.ends_with("are missing")), "{platforms:?}");
}

/// What somebody does who owns both planes: each anchor says what the log says.
async fn set_anchors_back(app: &TestApp) {
    let of_firm = "FROM audit_heads WHERE audit_heads.tenant_id = chain_id";
    let of_platform = "FROM activity_logs ORDER BY seq DESC LIMIT 1";
    for (from, which) in [
        (of_firm, format!("EXISTS (SELECT 1 {of_firm})")),
        (of_platform, format!("NOT EXISTS (SELECT 1 {of_firm})")),
    ] {
        app.execute(&format!(
            "UPDATE audit_anchors SET seq = (SELECT seq {from}), hash = (SELECT hash {from})
             WHERE {which}"
        ))
        .await;
    }
}

async fn an_end_that_was_cut_off_everywhere_is_known_by_an_earlier_run(app: TestApp) {
    firm(&app).await;
    let heads = app.folder().join("heads.txt");
    std::fs::write(&heads, verify(&app, &[]).stdout).unwrap();
    let since = ["--since", heads.to_str().unwrap()];
    assert!(verify(&app, &since).status.success());
    cut_off(&app).await;
    set_anchors_back(&app).await;
    assert_holds(&app);
    let output = verify(&app, &since);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success(), "{text}");
    assert_eq!(text.matches("the earlier run knows them").count(), 2, "{text}");
}

async fn entries_that_were_smuggled_in_are_found(app: TestApp) {
    firm(&app).await;
    let id = new_id(&app);
    for Log { table, text, others } in LOGS {
        app.execute(&format!(
            "INSERT INTO {table} (id, {text}, {others})
             SELECT {id}, 'Nadie', {others} FROM {table} WHERE seq = 2"
        ))
        .await;
    }
    all_is_bound(&app).await;
    let [firms, platforms] = findings(&app);
    assert!(!firms.is_empty(), "{firms:?}");
    assert_eq!(platforms.len(), 1, "{platforms:?}");
    for line in firms.iter().chain(&platforms) {
        assert!(line.ends_with("is not what was written"), "{line}");
    }
}

async fn entries_without_a_hash_are_never_signed_later(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    owner.contact("Antigua Gil", json!({})).await;
    // The logs are written anew, and all that is known of them is forgotten.
    for Log { table, text, .. } in LOGS {
        app.execute(&format!("UPDATE {table} SET {text} = 'Otra', mac = ''")).await;
    }
    app.execute("DELETE FROM audit_heads").await;
    app.execute("UPDATE audit_anchors SET seq = 0, hash = ''").await;
    for found in findings(&app) {
        assert!(found[0].ends_with("that this program did not write"), "{found:?}");
    }
    let _worker = app.another_with(Setup::with_worker).await;
    all_is_bound(&app).await;
    for found in findings(&app) {
        assert!(found[0].ends_with("is not what was written"), "{found:?}");
    }
}

async fn a_missing_anchor_is_found_and_does_not_come_back(app: TestApp) {
    let owner = firm(&app).await;
    app.execute("DELETE FROM audit_anchors").await;
    for after in ["Gala Gil", "Hilda Gil"] {
        for found in findings(&app) {
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with("the anchor") && found[0].ends_with("is missing"));
        }
        owner.contact(after, json!({})).await;
        let login = json!({ "email": owner.email, "password": crate::support::PASSWORD });
        app.client.post("/api/auth/login", login).await.ok();
        all_is_bound(&app).await;
    }
}

async fn a_missing_head_is_found(app: TestApp) {
    firm(&app).await;
    app.execute("DELETE FROM audit_heads").await;
    let [firms, platforms] = findings(&app);
    assert_eq!((firms.len(), platforms.len()), (1, 0), "{firms:?}");
    assert!(firms[0].starts_with("the head") && firms[0].ends_with("is missing"), "{firms:?}");
}
