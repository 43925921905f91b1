//! The calendar as people use it.

use crate::support::{Browser, Server, Target, firm};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::appointments as a;
use serde_json::{Value, json};
use thirtyfour::Key;

/// A week of May 2030, of which the sixth is a Monday.
const WEEK: &str = "/calendar?view=week&date=2030-05-08";
const EVENT: &str = ".event";

/// Where on the screen a minute of a day is.
fn place(browser: &Browser, day: &str, minute: i32) -> (i64, i64) {
    let script = "
        const day = document.querySelector(`.grid-day[data-day='${arguments[0]}']`);
        const body = document.querySelector('.grid-body');
        body.scrollTop = day.offsetHeight / 24 * 8;
        const box = day.getBoundingClientRect();
        return [Math.round(box.left + box.width / 2),
            Math.round(box.top + box.height * arguments[1] / 1440 + 2)];";
    let found = browser.script(script, &[json!(day), json!(minute)]);
    let part = |place: &str| found.pointer(place).and_then(Value::as_i64).unwrap();
    (part("/0"), part("/1"))
}

/// Drags with the mouse from one minute of a day to another.
fn drag(browser: &Browser, from: (&str, i32), to: (&str, i32)) {
    let (start, end) = (place(browser, from.0, from.1), place(browser, to.0, to.1));
    browser.run(async {
        let chain = browser.driver().action_chain();
        let chain = chain.move_to(start.0, start.1).click_and_hold();
        let half = (i64::midpoint(start.0, end.0), i64::midpoint(start.1, end.1));
        let chain = chain.move_to(half.0, half.1).move_to(end.0, end.1);
        chain.release().perform().await.unwrap();
    });
}

/// What the form of the appointment holds: day and time of its beginning and its end.
fn typed(browser: &Browser) -> Value {
    browser.finds("[name=to]");
    let script = "return ['starts_at', 'from', 'ends_at', 'to'].map(
        name => document.querySelector(`[name=${name}]`).value)";
    browser.script(script, &[])
}

/// Makes one of an hour on Monday from nine to ten.
fn interview(browser: &Browser) {
    browser.visit(WEEK);
    browser.finds("[data-testid=time-grid]");
    drag(browser, ("2030-05-06", 9 * 60), ("2030-05-06", 10 * 60 - 15));
    assert_eq!(typed(browser), json!(["2030-05-06", "09:00", "2030-05-06", "10:00"]));
    browser.fill("[name=title]", "Entrevista");
    browser.save();
    browser.at_path("the calendar", |path| path.starts_with("/calendar"));
    browser.sees(EVENT, "9:00–10:00");
    browser.sees(EVENT, "Entrevista");
}

#[test]
fn one_is_made_by_dragging_and_another_one_then_is_told() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    interview(&browser);
    drag(&browser, ("2030-05-06", 9 * 60 + 30), ("2030-05-06", 10 * 60 + 15));
    // What stands there is moved; a new one is dragged from beside it.
    browser.sees("[data-testid=calendar-title]", "de 2030");
    browser.sees(EVENT, "9:45–10:45");
    browser.sees(".toast", "6 may 2030, 09:45");
    drag(&browser, ("2030-05-06", 11 * 60), ("2030-05-06", 11 * 60 + 45));
    browser.fill("[name=title]", "Firma");
    browser.set("[name=from]", "10:00");
    assert_eq!(typed(&browser), json!(["2030-05-06", "10:00", "2030-05-06", "11:00"]));
    browser.save();
    browser.sees("[data-testid=in-the-way]", "Entrevista");
    browser.click("[data-testid=conflict-back]");
    assert_eq!(typed(&browser)[1], "10:00");
    browser.save();
    browser.click("[data-testid=conflict-insist]");
    browser.sees(EVENT, "10:00–11:00");
    browser.reload();
    browser.sees(EVENT, "10:00–11:00");
    browser.sees(EVENT, "9:45–10:45");
}

#[test]
fn one_is_moved_and_made_longer_by_mouse_and_keys() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    interview(&browser);
    drag(&browser, ("2030-05-06", 9 * 60 + 20), ("2030-05-09", 14 * 60 + 20));
    browser.sees(".toast", "9 may 2030, 14:00");
    browser.sees(".grid-day[data-day='2030-05-09'] .event", "14:00–15:00");
    // By its lower edge.
    drag(&browser, ("2030-05-09", 15 * 60 - 3), ("2030-05-09", 15 * 60 + 20));
    browser.sees(EVENT, "14:00–15:30");
    browser.script("document.querySelector('.event').focus()", &[]);
    browser.keys(Key::Alt + Key::Left);
    browser.sees(".grid-day[data-day='2030-05-08'] .event", "14:00–15:30");
    browser.focused(EVENT);
    browser.keys(Key::Alt + Key::Up);
    browser.sees(EVENT, "13:45–15:15");
    browser.focused(EVENT);
    browser.keys(Key::Alt + Key::Shift + Key::Down);
    browser.sees(EVENT, "13:45–15:30");
    browser.sees(".toast", "8 may 2030, 13:45");
    browser.until("it is stored", || {
        browser.reload();
        browser.finds(EVENT);
        browser.texts(EVENT).iter().any(|text| text.contains("13:45–15:30")).then_some(())
    });
    // A click opens it.
    browser.click(EVENT);
    assert_eq!(typed(&browser), json!(["2030-05-08", "13:45", "2030-05-08", "15:30"]));
}

#[test]
fn what_cannot_be_is_said_where_it_stands() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.register(&firm());
    server.execute("UPDATE tenants SET time_zone = 'America/New_York'");
    browser.visit("/appointments/new?start=2030-03-10T01:00&minutes=60");
    browser.fill("[name=title]", "Madrugada");
    browser.set("[name=from]", "02:30");
    browser.save();
    browser.sees("[data-field=starts_at]", "el reloj se adelanta");
    browser.set("[name=from]", "04:00");
    browser.set("[name=to]", "03:30");
    browser.save();
    browser.sees("[data-field=ends_at]", "debe terminar después de empezar");
    browser.set("[name=to]", "05:00");
    browser.save();
    browser.at_path("the calendar", |path| path.starts_with("/calendar"));
}

#[test]
fn a_month_shows_what_is_due_beside_the_appointments() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/calendar?view=month&date=2026-03-17");
    browser.sees(".month-day[data-day='2026-03-17']", "14:30");
    browser.finds(".chip-event[data-kind=deadline]");
    browser.finds(".chip-event[data-kind=task]");
    browser.click(Target::Labelled(browser.say(a::DEADLINES).to_owned()));
    browser.until("the deadlines are gone", || {
        (!browser.has(".chip-event[data-kind=deadline]")).then_some(())
    });
    browser.click(Target::from(".month-day[data-day='2026-03-17'] .month-number"));
    browser.sees(EVENT, "14:30–15:15");
    assert_eq!(browser.texts(EVENT).len(), 5);
}

#[test]
fn ones_appointments_are_read_by_other_calendars() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/calendar");
    browser.click("[data-testid=subscribe]");
    browser.click("[data-testid=make-feed]");
    let link = browser.until("the link", || {
        let script = "return document.querySelector('[name=feed]')?.value";
        browser.script(script, &[]).as_str().map(str::to_owned).filter(|link| !link.is_empty())
    });
    assert!(link.contains("/api/calendar-feed/"), "{link}");
    browser.click("[data-testid=stop-feed]");
    browser.sees(".toast", browser.say(a::FEED_STOPPED));
    assert!(!browser.has("[name=feed]"));
}

#[test]
fn who_may_only_look_moves_nothing() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Viewer, "/calendar?view=week&date=2026-03-17");
    browser.finds(EVENT);
    assert!(!browser.has("[data-testid=new-appointment]") && !browser.has(".event-edge"));
}
