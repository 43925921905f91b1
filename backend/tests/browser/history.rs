//! What happened to a record, and who is around it.

use crate::support::{Browser, Server, firm, texts};
use texts::graph as g;
use texts::timeline as t;

#[test]
fn a_change_is_told_in_words() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    let ana = browser.create_contact("Ana", "Ruiz", &[]);
    browser.sees("[data-testid=timeline-entry]", "creó el registro");
    for number in 1..=11 {
        browser.visit(&format!("{ana}/edit"));
        browser.fill("[name=notes]", &format!("nota {number}"));
        browser.save();
        browser.at_record("/contacts");
    }
    browser.sees("[data-testid=timeline-entry]", "cambió las notas de nota 10 a nota 11");
    browser.misses("[data-testid=timeline]", "creó el registro");
    browser.click("[data-testid=timeline-more]");
    browser.sees("[data-testid=timeline]", "creó el registro");
    assert!(!browser.has("[data-testid=timeline-more]"));
    browser.script("localStorage.setItem('ebenezer.locale', 'en')", &[]);
    browser.reload();
    browser.sees("[data-testid=timeline-entry]", "changed the notes from nota 10 to nota 11");
    browser.sees("[data-testid=timeline]", browser.say(t::MORE));
}

#[test]
fn however_much_happened_it_is_shown_to_the_beginning() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    let ana = browser.create_contact("Ana", "Ruiz", &[]);
    server.execute(
        "INSERT INTO audit_logs (id, tenant_id, at, actor_id, actor_name, action, resource_type,
            resource_id, changes, ip, request_id, mac)
         WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 230)
         SELECT randomblob(16), tenant_id, at, actor_id, actor_name, action, resource_type,
            resource_id, changes, ip, request_id, mac
         FROM audit_logs, n WHERE action = 'contact.create'",
    );
    browser.visit(&ana);
    let shown = |count: usize| {
        browser.until("more entries", || {
            let entries = browser.texts("[data-testid=timeline-entry]").len();
            (entries == count).then_some(())
        });
    };
    shown(10);
    for step in 1..=7 {
        browser.click("[data-testid=timeline-more]");
        shown(10 + 30 * step);
    }
    browser.click("[data-testid=timeline-more]");
    shown(231);
    assert!(!browser.has("[data-testid=timeline-more]"));
}

#[test]
fn one_walks_from_a_person_to_a_company_and_back_in_time() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    for name in ["ABC Corp", "XYZ Inc"] {
        browser.create_corporation(name);
    }
    let ana = browser.create_contact("Ana", "Ruiz", &["ABC Corp", "XYZ Inc"]);
    browser.create_contact("Beto", "Mora", &["XYZ Inc"]);
    browser.visit(&ana);
    browser.press_named(&texts::ties::edit_of(browser.locale(), "XYZ Inc"));
    browser.finds("[data-testid=tie-dialog][open] [name=from]");
    browser.set("dialog[open] [name=from]", "2020-01-31");
    browser.click("[data-testid=save-tie]");
    browser.sees("[data-testid=graph]", "XYZ Inc");
    browser.sees("[data-testid=graph]", "Beto Mora");
    // Before that day she had nothing to do with it.
    browser.set("[data-testid=graph] [name=as_of]", "2020-01-30");
    browser.misses("[data-testid=graph]", "XYZ Inc");
    browser.sees("[data-testid=graph]", "ABC Corp");
    browser.set("[data-testid=graph] [name=as_of]", "2020-01-31");
    browser.sees("[data-testid=graph]", "XYZ Inc");
    browser.press(g::AS_TABLE);
    browser.sees("[data-testid=graph] table", "Beto Mora");
    // By keyboard: the day goes along.
    browser.tab_to("a[data-testid=graph-node][data-kind=corporation]");
    browser.keys(thirtyfour::Key::Enter);
    browser.at_path("a company on that day", |path| {
        path.starts_with("/corporations/") && path.ends_with("?as_of=2020-01-31")
    });
    browser.sees("[data-testid=graph] [data-middle]", "Corp");
    browser.sees("[data-testid=graph]", "Ana Ruiz");
}
