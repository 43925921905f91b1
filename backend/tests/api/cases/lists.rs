//! The list of cases, and the board.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    the_list_is_filtered,
    the_list_is_sorted_and_paged,
    a_search_finds_the_clients_cases,
    the_board_has_a_column_for_each_status,
    wrong_parameters_are_named,
}

struct Office {
    owner: Member,
    ana: Uuid,
    luis: Uuid,
    company: Uuid,
}

/// Three cases: Ana's and Luis' joint one, Ana's letter, the company's quarter.
async fn office(app: &TestApp) -> Office {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana García", Value::Null).await);
    let luis = id(&owner.contact("Luis Rey", Value::Null).await);
    let company = owner.corporation("Café Ñandú").await;
    let more = json!({ "joint_contact_id": luis, "notes": "conjunta", "priority": "high",
        "assignee_id": owner.user });
    owner.case_of(ana, more).await;
    let more = json!({ "type": "irs_notice", "notes": "carta", "status": "in_review" });
    owner.case_of(ana, more).await;
    let quarter = json!({ "corporation_id": company, "type": "form_941", "tax_year": 2024,
        "period": "q3", "notes": "trimestre", "status": "accepted" });
    owner.post("/api/cases", quarter).await.created();
    Office { owner, ana, luis, company }
}

/// The types that a list shows.
async fn types(owner: &Member, query: &[(&str, &str)]) -> Vec<Value> {
    let mut types = column(&owner.list("/api/cases", query).await.ok(), "type");
    types.sort_by_key(Value::to_string);
    types
}

async fn the_list_is_filtered(app: TestApp) {
    let Office { owner, ana, luis, company } = office(&app).await;
    let (person, ana, luis, company) =
        (ana, ana.to_string(), luis.to_string(), company.to_string());
    let (joint, letter, quarter) = ("form_1040", "irs_notice", "form_941");
    let me = owner.user.to_string();
    for (field, value, expected) in [
        ("contact_id", ana.as_str(), vec![joint, letter]),
        ("contact_id", luis.as_str(), vec![joint]),
        ("corporation_id", company.as_str(), vec![quarter]),
        ("type", "form_941", vec![quarter]),
        ("tax_year", "2023", vec![joint, letter]),
        ("status", "in_review", vec![letter]),
        ("status", "in_review,accepted", vec![quarter, letter]),
        ("status", "open", vec![joint, letter]),
        ("priority", "high", vec![joint]),
        ("assignee_id", me.as_str(), vec![joint]),
        ("due_from", "2024-10-01", vec![quarter]),
        ("due_to", "2024-10-01", vec![joint]),
        ("overdue", "true", vec![joint]),
        ("updated_since", "2100-01-01T00:00:00Z", vec![]),
        ("external_id", "nada", vec![]),
    ] {
        let found = types(&owner, &[(field, value)]).await;
        assert_eq!(found, expected, "{field}={value}");
    }
    let two = types(&owner, &[("status", "open"), ("type", "irs_notice")]).await;
    assert_eq!(two, [letter]);
    // What was filed has kept its day, or nobody can change that any more.
    owner.case_of(person, json!({ "type": "form_1040x", "status": "filed" })).await;
    assert_eq!(types(&owner, &[("overdue", "true")]).await, [joint]);
}

async fn the_list_is_sorted_and_paged(app: TestApp) {
    let Office { owner, .. } = office(&app).await;
    let order = async |ordering: &str| {
        column(&owner.list("/api/cases", &[("ordering", ordering)]).await.ok(), "type")
    };
    let (joint, letter, quarter) = ("form_1040", "irs_notice", "form_941");
    assert_eq!(order("due_on").await, [letter, joint, quarter]);
    assert_eq!(order("-due_on").await, [quarter, joint, letter]);
    assert_eq!(order("status").await, [joint, letter, quarter]);
    assert_eq!(order("-priority,created_at").await, [joint, letter, quarter]);
    assert_eq!(order("created_at").await, [joint, letter, quarter]);
    let page = owner.get("/api/cases?ordering=created_at&page_size=2").await.ok();
    assert_eq!(
        (page["total"].clone(), column(&page, "type")),
        (json!(3), vec![json!(joint), json!(letter)])
    );
    let cursor = page["next_cursor"].as_str().unwrap();
    let query = [("ordering", "created_at"), ("page_size", "2"), ("cursor", cursor)];
    let rest = owner.list("/api/cases", &query).await.ok();
    assert_eq!(column(&rest, "type"), [quarter]);
}

async fn a_search_finds_the_clients_cases(app: TestApp) {
    let Office { owner, .. } = office(&app).await;
    for (words, expected) in [
        ("garcia", vec!["form_1040", "irs_notice"]),
        ("LUIS rey", vec!["form_1040"]),
        ("nandu", vec!["form_941"]),
        ("nadie", vec![]),
    ] {
        assert_eq!(types(&owner, &[("search", words)]).await, expected, "{words}");
    }
}

async fn the_board_has_a_column_for_each_status(app: TestApp) {
    let Office { owner, ana, .. } = office(&app).await;
    let late = json!({ "due_on": "2024-01-31" });
    owner.case_of(ana, late).await;
    let board = owner.get("/api/cases/board").await.ok();
    let columns = board["columns"].as_array().unwrap();
    let shown: Vec<(&str, u64)> = columns
        .iter()
        .map(|it| (it["status"].as_str().unwrap(), it["total"].as_u64().unwrap()))
        .filter(|(_, total)| *total > 0)
        .collect();
    assert_eq!(columns.len(), 9);
    assert_eq!(shown, [("intake", 2), ("in_review", 1), ("accepted", 1)]);
    let days: Vec<&Value> =
        columns[0]["items"].as_array().unwrap().iter().map(|it| &it["due_on"]).collect();
    assert_eq!(days, ["2024-01-31", "2024-04-15"], "the most pressing first");
    // Of those that are done the latest are of interest.
    for year in 2000..2011 {
        let more = json!({ "type": "other", "tax_year": year, "status": "accepted" });
        owner.case_of(ana, more).await;
    }
    let done = owner.get("/api/cases/board?status=accepted").await.ok()["columns"][6].clone();
    let years = column(&done, "tax_year");
    assert_eq!((done["total"].clone(), years.len()), (json!(12), 10));
    assert_eq!((&years[0], &years[9]), (&json!(2010), &json!(2001)));
    let one = &columns[0]["items"][0];
    assert_eq!((&one["version"], &one["client"]["name"]), (&json!(1), &json!("Ana García")));
    let some = owner.get("/api/cases/board?type=irs_notice").await.ok();
    let total: u64 =
        some["columns"].as_array().unwrap().iter().map(|it| it["total"].as_u64().unwrap()).sum();
    assert_eq!(total, 1);
}

async fn wrong_parameters_are_named(app: TestApp) {
    let owner = app.owner().await;
    for (query, parameter) in [
        ("status=nada", "status"),
        ("ordering=name", "ordering"),
        ("page=0", "page"),
        ("updated_since=ayer", "updated_since"),
    ] {
        for path in ["/api/cases", "/api/cases/board"] {
            let problem = owner.get(&format!("{path}?{query}")).await.problem(400, "invalid_query");
            assert_eq!(problem["errors"][0]["field"], parameter, "{query}");
        }
    }
}
