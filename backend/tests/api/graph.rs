//! People and companies around a record, as of a day.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    people_and_companies_are_found_step_by_step,
    it_holds_for_a_day_of_the_past,
    each_edge_says_what_it_is,
    too_many_are_cut_and_said_to_be,
    relations_of_a_big_company_come_before_its_people,
    those_of_the_outermost_step_show_their_ties,
    rings_come_to_an_end,
    wrong_values_are_told,
    foreign_and_unknown_records_are_not_found,
}

/// Ana owns ABC, which is Holding's subsidiary; Beto, her spouse, works at XYZ.
struct World {
    owner: Member,
    ana: Uuid,
    beto: Uuid,
    abc: Uuid,
}

impl World {
    async fn new(app: &TestApp) -> Self {
        let owner = app.owner().await;
        let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("XYZ").await);
        let holding = owner.corporation("Holding").await;
        let of = |company: Uuid| json!({ "primary_corporation_id": company });
        let ana = id(&owner.contact("Ana Ruiz", of(abc)).await);
        let beto = id(&owner.contact("Beto Mora", of(xyz)).await);
        let body = json!({ "contact_id": beto, "kind": "spouse", "from": "2015-06-01" });
        owner.post(&format!("/api/contacts/{ana}/related"), body).await.created();
        let body = json!({ "corporation_id": holding, "kind": "parent", "share": 6000 });
        owner.post(&format!("/api/corporations/{abc}/related"), body).await.created();
        let body = json!({ "role": "owner", "share": 4000, "from": "2018-01-01" });
        owner.patch(&format!("/api/contacts/{ana}/corporations/{abc}"), body).await.ok();
        Self { owner, ana, beto, abc }
    }

    async fn around(&self, query: &str) -> Value {
        self.owner.get(&format!("/api/contacts/{}/graph?{query}", self.ana)).await.ok()
    }
}

/// Names with their depths, sorted.
fn names(graph: &Value) -> Vec<(String, u64)> {
    let nodes = graph["nodes"].as_array().unwrap().iter();
    let mut names: Vec<_> = nodes
        .map(|node| (node["name"].as_str().unwrap().to_owned(), node["depth"].as_u64().unwrap()))
        .collect();
    names.sort();
    names
}

fn expected(names: &[(&str, u64)]) -> Vec<(String, u64)> {
    names.iter().map(|(name, depth)| ((*name).to_owned(), *depth)).collect()
}

async fn people_and_companies_are_found_step_by_step(app: TestApp) {
    let world = World::new(&app).await;
    let one = expected(&[("ABC", 1), ("Ana Ruiz", 0), ("Beto Mora", 1)]);
    assert_eq!(names(&world.around("depth=1").await), one);
    let two =
        expected(&[("ABC", 1), ("Ana Ruiz", 0), ("Beto Mora", 1), ("Holding", 2), ("XYZ", 2)]);
    let graph = world.around("").await;
    assert_eq!(names(&graph), two);
    assert_eq!((&graph["cut"], &graph["nodes"][0]["name"]), (&json!(false), &json!("Ana Ruiz")));
    assert_eq!(graph["nodes"][0]["kind"], "contact");
    assert_eq!(graph["edges"].as_array().unwrap().len(), 4);
    // The same from the company's side.
    let path = format!("/api/corporations/{}/graph?depth=4", world.abc);
    let graph = world.owner.get(&path).await.ok();
    let all =
        expected(&[("ABC", 0), ("Ana Ruiz", 1), ("Beto Mora", 2), ("Holding", 1), ("XYZ", 3)]);
    assert_eq!(names(&graph), all);
}

async fn it_holds_for_a_day_of_the_past(app: TestApp) {
    let world = World::new(&app).await;
    let at = async |day: &str| names(&world.around(&format!("as_of={day}&depth=1")).await);
    assert_eq!(at("2015-05-31").await, expected(&[("Ana Ruiz", 0)]));
    assert_eq!(at("2015-06-01").await, expected(&[("Ana Ruiz", 0), ("Beto Mora", 1)]));
    let both = expected(&[("ABC", 1), ("Ana Ruiz", 0), ("Beto Mora", 1)]);
    assert_eq!(at("2018-01-01").await, both);
    let path = format!("/api/contacts/{}/related/{}", world.ana, world.beto);
    world.owner.patch(&path, json!({ "to": "2020-12-31" })).await.ok();
    assert_eq!(at("2020-12-31").await, both);
    assert_eq!(at("2021-01-01").await, expected(&[("ABC", 1), ("Ana Ruiz", 0)]));
    assert_eq!(world.around("as_of=2021-01-01").await["as_of"], "2021-01-01");
}

async fn each_edge_says_what_it_is(app: TestApp) {
    let world = World::new(&app).await;
    let graph = world.around("").await;
    let edge = |field: &str| {
        let edges = graph["edges"].as_array().unwrap();
        edges.iter().find(|edge| !edge[field].is_null()).unwrap().clone()
    };
    let link = edge("role");
    assert_eq!((&link["from"], &link["to"]), (&json!(world.ana), &json!(world.abc)));
    assert_eq!((&link["role"], &link["share"]), (&json!("owner"), &json!(4000)));
    assert_eq!(edge("person")["person"], "spouse");
    let holding = edge("company");
    let is_parent = if holding["from"] == json!(world.abc) { "parent" } else { "subsidiary" };
    assert_eq!((&holding["company"], &holding["share"]), (&json!(is_parent), &json!(6000)));
}

async fn too_many_are_cut_and_said_to_be(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    for number in 0..61 {
        let more = json!({ "primary_corporation_id": abc });
        owner.contact(&format!("Persona {number}"), more).await;
    }
    let graph = owner.get(&format!("/api/corporations/{abc}/graph")).await.ok();
    assert_eq!(graph["nodes"].as_array().unwrap().len(), 60);
    assert_eq!(graph["edges"].as_array().unwrap().len(), 59, "no edge leads nowhere");
    assert_eq!(graph["cut"], true);
}

async fn relations_of_a_big_company_come_before_its_people(app: TestApp) {
    let owner = app.owner().await;
    let abc = owner.corporation("ABC").await;
    for number in 0..61 {
        let more = json!({ "primary_corporation_id": abc });
        owner.contact(&format!("Persona {number}"), more).await;
    }
    let holding = owner.corporation("Holding").await;
    let body = json!({ "corporation_id": holding, "kind": "parent" });
    owner.post(&format!("/api/corporations/{abc}/related"), body).await.created();
    let graph = owner.get(&format!("/api/corporations/{abc}/graph?depth=1")).await.ok();
    assert!(names(&graph).contains(&("Holding".to_owned(), 1)), "{graph}");
    assert_eq!((graph["nodes"].as_array().unwrap().len(), &graph["cut"]), (60, &json!(true)));
}

async fn those_of_the_outermost_step_show_their_ties(app: TestApp) {
    let world = World::new(&app).await;
    let eva = id(&world.owner.contact("Eva Ruiz", Value::Null).await);
    for (one, other, kind) in [(world.ana, eva, "sibling"), (eva, world.beto, "sibling")] {
        let body = json!({ "contact_id": other, "kind": kind });
        world.owner.post(&format!("/api/contacts/{one}/related"), body).await.created();
    }
    let graph = world.around("depth=1").await;
    let ring = expected(&[("ABC", 1), ("Ana Ruiz", 0), ("Beto Mora", 1), ("Eva Ruiz", 1)]);
    assert_eq!(names(&graph), ring);
    let edges = graph["edges"].as_array().unwrap();
    let is_theirs = |edge: &&Value| {
        [&edge["from"], &edge["to"]].iter().all(|end| [json!(eva), json!(world.beto)].contains(end))
    };
    assert_eq!((edges.iter().filter(is_theirs).count(), edges.len()), (1, 4));
}

async fn rings_come_to_an_end(app: TestApp) {
    let world = World::new(&app).await;
    let xyz = json!({ "corporation_ids": [world.abc], "primary_corporation_id": world.abc });
    world.owner.patch(&format!("/api/contacts/{}", world.beto), xyz).await.ok();
    let graph = world.around("depth=4").await;
    let ring = expected(&[("ABC", 1), ("Ana Ruiz", 0), ("Beto Mora", 1), ("Holding", 2)]);
    assert_eq!(names(&graph), ring);
    assert_eq!(graph["edges"].as_array().unwrap().len(), 4, "each edge once");
}

async fn wrong_values_are_told(app: TestApp) {
    let world = World::new(&app).await;
    for (name, value, why) in [
        ("depth", "0", "out_of_range"),
        ("depth", "5", "out_of_range"),
        ("depth", "x", "wrong_type"),
        ("as_of", "2020-02-30", "wrong_type"),
        ("as_of", "1899-12-31", "out_of_range"),
        ("day", "2020-01-01", "unknown_field"),
    ] {
        let path = format!("/api/contacts/{}/graph", world.ana);
        let reply = world.owner.list(&path, &[(name, value)]).await;
        reply.field(400, "invalid_query", name, why);
    }
}

async fn foreign_and_unknown_records_are_not_found(app: TestApp) {
    let (world, other) = (World::new(&app).await, World::new(&app).await);
    for path in [
        format!("/api/contacts/{}/graph", other.ana),
        format!("/api/corporations/{}/graph", other.abc),
        format!("/api/contacts/{}/graph", Uuid::now_v7()),
    ] {
        world.owner.get(&path).await.problem(404, "not_found");
    }
}
