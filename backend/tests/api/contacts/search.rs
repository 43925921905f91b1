//! Search: blind to accents and case, words in any order, and nothing in it is a command.

use crate::support::{Member, TestApp, Value, json};

db_tests! {
    accents_and_case_do_not_matter,
    words_are_found_in_any_order_and_inside_words,
    emails_phones_and_external_ids_are_found,
    short_words_are_found_at_the_beginning_of_names,
    metacharacters_stand_for_themselves,
    operators_and_templates_are_mere_words,
    a_blank_search_finds_everybody,
    what_changed_is_found_by_its_new_text_alone,
    search_stays_within_the_firm,
    a_search_is_a_line_of_usual_length,
    companies_are_found_likewise,
}

async fn people(app: &TestApp) -> Member {
    let owner = app.owner().await;
    for name in ["María García", "Juan Pérez", "Carlos Rodríguez", "Ñusta Öztürk-Garcés", "Li Wu"]
    {
        owner.contact(name, Value::Null).await;
    }
    owner
}

async fn accents_and_case_do_not_matter(app: TestApp) {
    let owner = people(&app).await;
    for search in ["garcia", "GARCÍA", "García", "garcía", "Garci\u{301}a", "gÀrcîA"] {
        assert_eq!(owner.found(search).await, ["María García"], "{search}");
    }
    assert_eq!(owner.found("nusta").await, ["Ñusta Öztürk-Garcés"]);
    assert_eq!(owner.found("ÑUSTA").await, ["Ñusta Öztürk-Garcés"]);
    assert_eq!(owner.found("ozturk").await, ["Ñusta Öztürk-Garcés"]);
    assert_eq!(owner.found("rodriguez").await, ["Carlos Rodríguez"]);
}

async fn words_are_found_in_any_order_and_inside_words(app: TestApp) {
    let owner = people(&app).await;
    for search in ["maria garcia", "garcia maria", "  garcia \t maria ", "garc mar", "arcí ría"] {
        assert_eq!(owner.found(search).await, ["María García"], "{search}");
    }
    assert_eq!(owner.found("garc").await, ["María García", "Ñusta Öztürk-Garcés"]);
    assert_eq!(owner.found("garcia perez").await, [""; 0], "all words are needed");
    assert_eq!(owner.found("mariagarcia").await, [""; 0]);
}

async fn emails_phones_and_external_ids_are_found(app: TestApp) {
    let owner = people(&app).await;
    let more = json!({
        "email": "Ana.Ruiz@Correo.test", "phone": "(555) 123-4567", "external_id": "QB-2024-001",
    });
    owner.contact("Ana Ruiz", more).await;
    owner
        .contact("Eva Luna", json!({ "phone": "+57 300 765 4321", "external_id": "QB-2024-002" }))
        .await;
    for search in [
        "ana.ruiz@correo.test",
        "correo.test",
        "RUIZ@",
        "(555) 123-4567",
        "555 123",
        "5551234567",
        "+1 555 123 4567",
        "123-4567",
        "4567",
        "qb-2024-001",
        "2024-001 ruiz",
    ] {
        assert_eq!(owner.found(search).await, ["Ana Ruiz"], "{search}");
    }
    assert_eq!(owner.found("+57 300").await, ["Eva Luna"]);
    assert_eq!(owner.found("2024-002 luna").await, ["Eva Luna"]);
    assert_eq!(owner.found("ana 4567").await, ["Ana Ruiz"]);
}

async fn short_words_are_found_at_the_beginning_of_names(app: TestApp) {
    let owner = people(&app).await;
    assert_eq!(owner.found("li").await, ["Li Wu"]);
    assert_eq!(owner.found("w").await, ["Li Wu"]);
    assert_eq!(owner.found("Wu L").await, ["Li Wu"]);
    assert_eq!(owner.found("ñ").await, ["Ñusta Öztürk-Garcés"]);
    assert_eq!(owner.found("ma ga").await, ["María García"]);
    assert_eq!(owner.found("ju perez").await, ["Juan Pérez"]);
    assert_eq!(owner.found("ar").await, [""; 0], "in the middle of a word");
    assert_eq!(owner.found("x").await, [""; 0]);
}

async fn metacharacters_stand_for_themselves(app: TestApp) {
    let owner = people(&app).await;
    let odd = [
        "%", "_", "\\", "'", "\"", "*", "^", ":", "(", ")", "-", "+", "?", "[", "]", "{", "}", "|",
        "&", ";", "#", "$", "!", "~", "=", "<", ">", "/", "@", "`",
    ];
    for character in odd {
        let name = format!("Raro {character}a x{character}y");
        owner.contact(&name, Value::Null).await;
    }
    for character in odd {
        let expected = [format!("Raro {character}a x{character}y")];
        for search in [format!("x{character}y"), format!("{character}a"), format!("x{character}")] {
            assert_eq!(owner.found(&search).await, expected, "{search}");
        }
        let alone = owner.found(character).await;
        assert!(alone.contains(&expected[0]), "{character}: {alone:?}");
        let only_those_with_it = alone.iter().all(|name| name.contains(character));
        assert!(only_those_with_it, "{character}: {alone:?}");
    }
    for search in ["%%%", "___", "x%y%", "x__y", "***", "\"\"\"", "\\\\", "'''", "((("] {
        assert_eq!(owner.found(search).await, [""; 0], "{search}");
    }
}

async fn operators_and_templates_are_mere_words(app: TestApp) {
    let owner = people(&app).await;
    for search in [
        "garcia OR perez",
        "garcia AND perez",
        "garcia NOT perez",
        "NEAR(maria garcia)",
        "garcia*",
        "^maria",
        "\"maria garcia\"",
        "search_text:garcia",
        "{search_text}: garcia",
        "-perez maria-",
        "maria' OR '1'='1",
        "'; DROP TABLE contacts; --",
        "\") OR 1=1 --",
        "{{7*7}}",
        "${7*7}",
        "<%= 7*7 %>",
        "{% debug %}",
        "%s%n%x",
        "$(reboot)",
        "../../etc/passwd",
        "maria\\",
        "garcia\"",
        "1 UNION SELECT password_hash FROM users",
    ] {
        let found = owner.found(search).await;
        assert_eq!(found, [""; 0], "{search}");
    }
    owner.contact("Bobby Or NEAR(a,OR)", Value::Null).await;
    assert_eq!(owner.found("near(a,or)").await, ["Bobby Or NEAR(a,OR)"]);
    assert_eq!(owner.found("OR").await, ["Bobby Or NEAR(a,OR)"]);
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 6);
}

async fn a_blank_search_finds_everybody(app: TestApp) {
    let owner = people(&app).await;
    for search in ["", " ", "\t\n", "\u{301}"] {
        assert_eq!(owner.found(search).await.len(), 5, "{search:?}");
    }
}

async fn what_changed_is_found_by_its_new_text_alone(app: TestApp) {
    let owner = people(&app).await;
    let contact = owner.contact("Ana Ruiz", json!({ "email": "ana@vieja.test" })).await;
    let path = format!("/api/contacts/{}", crate::support::fixtures::id(&contact));
    owner.patch(&path, json!({ "last_name": "Mora", "email": null })).await.ok();
    assert_eq!(owner.found("mora").await, ["Ana Mora"]);
    assert_eq!(owner.found("ruiz").await, [""; 0]);
    assert_eq!(owner.found("vieja").await, [""; 0]);
    // A refused change leaves the index as it was.
    owner
        .patch(&path, json!({ "last_name": "Luna", "owner_id": uuid::Uuid::now_v7() }))
        .await
        .expect(422);
    assert_eq!(owner.found("luna").await, [""; 0]);
    assert_eq!(owner.found("mora").await, ["Ana Mora"]);
    owner.delete(&path).await.no_content();
    assert_eq!(owner.found("mora").await, [""; 0]);
}

async fn search_stays_within_the_firm(app: TestApp) {
    let (owner, other) = (people(&app).await, people(&app).await);
    other.contact("Zoraida Única", json!({ "ssn": "123-45-6789" })).await;
    assert_eq!(owner.found("garcia").await.len(), 1);
    for search in ["zoraida", "zo", "6789", "123-45-6789"] {
        assert_eq!(owner.found(search).await, [""; 0], "{search}");
    }
}

async fn a_search_is_a_line_of_usual_length(app: TestApp) {
    let owner = people(&app).await;
    assert_eq!(owner.found(&"garcia ".repeat(36)).await, ["María García"]);
    for long in ["x", "9", "ñ", "%"] {
        assert_eq!(owner.found(&long.repeat(255)).await, [""; 0]);
    }
    for wrong in ["x".repeat(256), "\u{0}".into(), "gar\u{1b}cia".into(), "\u{202e}garcia".into()] {
        for path in ["/api/contacts", "/api/corporations", "/api/departments", "/api/team"] {
            let refused = owner.list(path, &[("search", &wrong)]).await;
            refused.field(400, "invalid_query", "search", "invalid");
        }
    }
    owner.get("/api/contacts?search=%ff").await.problem(400, "invalid_query");
}

async fn companies_are_found_likewise(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({
        "name": "Panadería Ñandú", "legal_name": "Inversiones Córdoba SAS",
        "ein": "12-3456789", "email": "hola@nandu.test", "phone": "(555) 123-4567",
    });
    owner.post("/api/corporations", body).await.created();
    owner.corporation("ABC Corp 100%").await;
    let found = async |search: &str| {
        let list = owner.list("/api/corporations", &[("search", search)]).await.ok();
        crate::support::crm::column(&list, "name")
    };
    for search in
        ["panaderia", "nandu pan", "CORDOBA", "12-3456789", "6789", "nandu.test", "123-4567", "ña"]
    {
        assert_eq!(found(search).await, ["Panadería Ñandú"], "{search}");
    }
    assert_eq!(found("100%").await, ["ABC Corp 100%"]);
    assert_eq!(found("%").await, [Value::Null; 0]);
    assert_eq!(found("abc OR nandu").await, [Value::Null; 0]);
}
