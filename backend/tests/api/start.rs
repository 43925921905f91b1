//! Starting on what is there.

use crate::support::{Setup, TestApp};
use ebenezer::db::{Plane, connect, migrate, pending};

db_tests! {
    an_empty_database_is_migrated_at_start,
    processes_that_start_together_migrate_once,
    products_that_were_changed_stay_as_they_are,
}

async fn an_empty_database_is_migrated_at_start(setup: Setup) {
    let app = setup.start_on_empty_database().await;
    let owner = app.owner().await;
    owner.get("/api/contacts").await.ok();
    let products = app.client.get("/api/products").await.ok();
    let keys: Vec<_> = products["items"].as_array().unwrap().iter().map(|p| &p["key"]).collect();
    assert_eq!(keys, ["tax", "legal", "studio", "inventory", "erp"]);
    // A second process finds everything as it should be and changes nothing.
    let again = app.another().await;
    again.client.bearer(&owner.token).get("/api/contacts").await.ok();
    assert_eq!(app.count("products").await, 5);
}

async fn processes_that_start_together_migrate_once(setup: Setup) {
    let folder = tempfile::tempdir().unwrap();
    let database = setup.empty_database(folder.path());
    let url = || database.url.clone().into();
    let start = async || {
        let db = connect(&url(), 2).await.unwrap();
        migrate(&db, &url(), &Plane::ALL).await.unwrap();
        assert_eq!(pending(&db, &Plane::ALL).await.unwrap(), 0);
        db.close().await.unwrap();
    };
    tokio::join!(start(), start(), start());
}

async fn products_that_were_changed_stay_as_they_are(app: TestApp) {
    app.execute("UPDATE products SET display_name = 'Renta', is_active = false WHERE key = 'tax'")
        .await;
    let app = app.another().await;
    let products = app.client.get("/api/products").await.ok();
    let offered = products["items"].as_array().unwrap();
    assert!(offered.iter().all(|product| product["key"] != "tax"));
    assert_eq!(
        app.value::<String>("SELECT display_name FROM products WHERE key = 'tax'").await,
        "Renta"
    );
    let body = crate::support::fixtures::registration("tax");
    let refused = app.client.post("/api/auth/register", body).await;
    refused.invalid("product", "unknown_product");
}
