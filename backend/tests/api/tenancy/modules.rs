//! A module that the product lacks is not there.

use crate::support::{TestApp, json};

db_tests! { a_module_that_the_product_lacks_is_not_found }

async fn a_module_that_the_product_lacks_is_not_found(app: TestApp) {
    let owner = app.owner().await;
    let legal = app.register("legal").await;
    owner.get("/api/departments").await.ok();
    app.execute(r#"UPDATE products SET modules = '["dashboard", "contacts"]' WHERE key = 'tax'"#)
        .await;
    // Products are read at start.
    let app = app.another().await;
    let owner_again = app.client.bearer(&owner.token);
    owner_again.get("/api/contacts").await.ok();
    for path in ["/api/departments", "/api/corporations", "/api/team"] {
        owner_again.get(path).await.problem(404, "module_not_enabled");
    }
    let create = owner_again.post("/api/corporations", json!({ "name": "ABC" })).await;
    create.problem(404, "module_not_enabled");
    app.client.bearer(&legal.token).get("/api/departments").await.ok();
    let me = owner_again.get("/api/auth/me").await.ok();
    assert_eq!(me["tenant"]["modules"], json!(["dashboard", "contacts"]));
    let permissions = me["tenant"]["permissions"].to_string();
    assert!(permissions.contains("contacts.add") && !permissions.contains("departments"));
}
