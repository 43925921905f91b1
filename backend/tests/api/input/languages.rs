//! Problems are told in Spanish, or in English to whoever asks.

use crate::support::{Reply, TestApp, Value, json};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::ProblemCode;

db_tests! {
    problems_are_told_in_the_readers_language,
    the_language_is_negotiated,
    a_new_user_keeps_the_language_of_registration,
}

async fn problems_are_told_in_the_readers_language(app: TestApp) {
    let owner = app.owner().await;
    let (mut spanish, mut english) = (Vec::new(), Vec::new());
    for (language, answers) in [("es", &mut spanish), ("en", &mut english)] {
        let client = owner.with("Accept-Language", language);
        let json = client.with("Content-Type", "application/json");
        let nobody = app.client.with("Accept-Language", language);
        let login = json!({ "email": "a@b.co", "password": "x" });
        let replies: Vec<Reply> = vec![
            nobody.get("/api/contacts").await,
            nobody.post("/api/auth/login", login).await,
            client.get("/api/contacts/x").await,
            client.get(&format!("/api/contacts/{}", uuid::Uuid::nil())).await,
            client.get("/api/contacts?page=0").await,
            client.get("/api/nothing").await,
            client.delete("/api/contacts").await,
            client.with("X-Organization-ID", "x").get("/api/contacts").await,
            json.raw(reqwest::Method::POST, "/api/contacts", b"{".to_vec()).await,
            client.raw(reqwest::Method::POST, "/api/contacts", b"{}".to_vec()).await,
            client.post("/api/departments", json!({ "name": "x".repeat(200), "code": "" })).await,
        ];
        for reply in replies {
            answers.push(reply.any_problem());
        }
    }
    for (es, en) in spanish.iter().zip(&english) {
        let code: ProblemCode = serde_json::from_value(es["code"].clone()).unwrap();
        assert_eq!(es["code"], en["code"]);
        assert_eq!(es["status"], code.status());
        for (problem, locale) in [(es, Locale::Es), (en, Locale::En)] {
            assert_eq!(problem["title"], code.title().get(locale));
            assert_eq!(problem["detail"], code.detail().get(locale));
        }
        assert_ne!(es["detail"], en["detail"]);
    }
    let messages = |problem: &Value| -> Vec<Value> {
        let errors = problem["errors"].as_array().unwrap();
        errors.iter().map(|error| error["message"].clone()).collect()
    };
    assert_eq!(
        messages(&spanish[10]),
        ["Use de 1 a 20 letras, números o guiones.", "Máximo 150 caracteres."]
    );
    assert_eq!(
        messages(&english[10]),
        ["Use 1 to 20 letters, digits or dashes.", "At most 150 characters."]
    );
}

async fn the_language_is_negotiated(app: TestApp) {
    let english = "You need to log in";
    let spanish = "Debe iniciar sesión";
    for (accepted, title) in [
        ("en", english),
        ("en-US,en;q=0.9,es;q=0.8", english),
        ("fr, en;q=0.3", english),
        ("es-CO", spanish),
        ("en;q=0.1, es;q=0.9", spanish),
        ("en;q=0", spanish),
        ("fr", spanish),
        ("*", spanish),
        ("", spanish),
        (";;;,,q=", spanish),
    ] {
        let client = app.client.with("Accept-Language", accepted);
        let problem = client.get("/api/contacts").await.problem(401, "authentication_required");
        assert_eq!(problem["title"], title, "{accepted}");
    }
    let unsaid = app.client.get("/api/contacts").await.any_problem();
    assert_eq!(unsaid["title"], spanish);
}

async fn a_new_user_keeps_the_language_of_registration(app: TestApp) {
    let client = app.client.with("Accept-Language", "en");
    let body = crate::support::fixtures::registration("tax");
    let answer = client.post("/api/auth/register", body).await.created();
    assert_eq!(answer["user"]["locale"], "en");
}
