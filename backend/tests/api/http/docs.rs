//! Swagger UI, the OpenAPI document, the page of problem codes: served without the network.

use crate::support::TestApp;
use ebenezer_shared::problem::ProblemCode;

db_tests! {
    the_document_is_the_one_that_is_committed_from_the_same_code,
    swagger_ui_is_served_whole,
    each_problem_code_has_its_description,
}

async fn the_document_is_the_one_that_is_committed_from_the_same_code(app: TestApp) {
    let answer = app.client.get("/api/openapi.json").await;
    let committed = include_str!("../../../../openapi/openapi.json");
    assert_eq!(answer.text.trim_end(), committed.trim_end(), "`cargo xtask openapi` writes it");
    let served = answer.ok();
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(served["info"]["title"], "Ebenezer");
}

async fn swagger_ui_is_served_whole(app: TestApp) {
    let redirect = app.client.get("/api/docs").await;
    assert!([301, 308].contains(&redirect.status));
    assert_eq!(redirect.header("location"), "/api/docs/");
    let page = app.client.get("/api/docs/").await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    let mut rest = page.text.as_str();
    let mut files = 0;
    while let Some((_, after)) = rest.split_once("<script") {
        let (attributes, tail) = after.split_once('>').unwrap();
        let source =
            attributes.split("src=\"").nth(1).unwrap_or_else(|| panic!("inline script: {after}"));
        let file = source.split('"').next().unwrap().trim_start_matches("./");
        assert!(!file.contains("//"), "from elsewhere: {file}");
        let script = app.client.get(&format!("/api/docs/{file}")).await.expect(200);
        assert!(script.header("content-type").contains("javascript"), "{file}");
        files += 1;
        rest = tail;
    }
    assert!(files >= 2, "{}", page.text);
    let start = app.client.get("/api/docs/swagger-initializer.js").await.expect(200);
    assert!(start.text.contains("/api/openapi.json"));
}

async fn each_problem_code_has_its_description(app: TestApp) {
    let problem = app.client.get("/api/contacts").await.any_problem();
    assert_eq!(problem["type"], "/docs/problems#authentication_required");
    let page = app.client.get("/docs/problems").await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
    for code in ProblemCode::ALL {
        assert!(page.text.contains(&format!("id=\"{}\"", code.as_str())), "{}", code.as_str());
    }
}
