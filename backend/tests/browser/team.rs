//! The team: from an invitation to the door.

use crate::support::{Browser, ROW, Server, texts};
use ebenezer_shared::permission::Role;
use texts::auth as a;
use texts::joining as j;
use texts::team as m;

const EMAIL: &str = "nora.vidal@correo.example";
const NAME: &str = "Nora Vidal";
const PASSWORD: &str = "ventana-nube-sendero-38";
const OWN_ROLE: &str = "Recepción";

/// The path of the link in a mail.
fn link(mail: &str) -> String {
    // Quoted-printable breaks long lines with "=" and writes "=" as "=3D".
    let text = mail.replace("=\r\n", "").replace("=3D", "=");
    let rest = text.split_once("/accept-invitation#").expect("a link").1;
    let token = rest.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default();
    format!("/accept-invitation#{token}")
}

/// Chooses in a select of the open dialog.
#[track_caller]
fn choose(browser: &Browser, name: &str, label: &str) {
    browser.select(&format!("dialog[open] select[name={name}]"), label);
}

#[test]
fn whoever_is_invited_is_limited_by_their_role_until_they_are_out() {
    let server = Server::with_demo_data();
    let owner = Browser::open(&server);
    owner.enter(Role::Owner, "/team");
    owner.finds(ROW);
    owner.click("[data-testid=invite]");
    owner.fill("dialog[open] [name=email]", "nadie");
    owner.save();
    owner.sees(".field-error", owner.say(texts::fields::INVALID_EMAIL));
    owner.fill("dialog[open] [name=email]", EMAIL);
    choose(&owner, "role", OWN_ROLE);
    owner.save();
    owner.sees("[data-testid=invitations]", EMAIL);

    let guest = Browser::open(&server);
    let link = link(&server.mail());
    guest.visit(&link);
    guest.sees("[data-testid=offer]", OWN_ROLE);
    let address = guest.script("return location.hash", &[]);
    assert_eq!(address.as_str(), Some(""), "the token is no longer in the address");
    guest.click("[data-testid=join]");
    guest.sees(".field-error", guest.say(texts::fields::REQUIRED));
    guest.fill_in(j::FULL_NAME, NAME);
    guest.fill_in(a::NEW_PASSWORD, PASSWORD);
    guest.click("[data-testid=join]");
    guest.at("/dashboard");
    guest.visit("/contacts");
    guest.finds(ROW);
    assert!(!guest.has("nav a[href='/team']"), "the team is not for that role");
    guest.visit("/team");
    guest.sees("main h2", guest.say(texts::errors::FORBIDDEN));
    guest.sees("main", "team.view");

    owner.visit("/team/roles");
    owner.open_row(OWN_ROLE);
    owner.finds("[data-testid=permissions]");
    owner.click("[data-testid='permission-team.view'] input");
    owner.sees("[data-testid=permission-summary]", "equipo y roles");
    owner.save();
    owner.at("/team/roles");
    guest.visit("/team");
    guest.sees(ROW, NAME);
    assert!(!guest.has("[data-testid=invite]"), "seeing is not inviting");

    owner.go_to("/team");
    owner.sees(ROW, NAME);
    owner.press_named(&texts::common::actions_of(owner.locale(), NAME));
    owner.press(m::DEACTIVATE);
    owner.sees("dialog[open]", NAME);
    owner.press(m::DEACTIVATE);
    owner.sees("[data-testid=toast]", &m::deactivated(owner.locale(), NAME));
    guest.reload();
    guest.at_path("the login", |path| path.starts_with("/login"));
    guest.visit(&link);
    guest.sees("[role=alert]", guest.say(texts::problems::INVITATION_USED));
}

#[test]
fn a_members_role_and_department_are_changed_beside_the_list() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Admin, "/team");
    browser.open_row("Sofía Arango");
    browser.finds("[data-testid=member-drawer]");
    choose(&browser, "role", texts::roles::MEMBER.get(browser.locale()));
    choose(&browser, "department_id", "Nómina");
    browser.press(m::EXTRA);
    browser.click("[data-testid='permission-expenses.view'] input");
    browser.sees("[data-testid=permission-summary]", "gastos");
    browser.save();
    browser.sees("[data-testid=toast]", "Sofía Arango");
    browser.sees(ROW, "Miembro Nómina");
    // An owner is out of an admin's reach, and so is oneself.
    browser.open_row("Ana Lucía Torres");
    browser.sees("[data-testid=member-drawer]", browser.say(m::POWERFUL_HELP));
    assert!(browser.has("[data-testid=member-drawer] select[name=role]:disabled"));
    browser.press(texts::common::CANCEL);
    browser.open_row("Miguel Ángel Salazar");
    browser.sees("[data-testid=member-drawer]", browser.say(m::OWN_HELP));
}

#[test]
fn a_role_is_duplicated_and_one_in_use_stays() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/team/roles");
    browser.open_row(browser.say(texts::roles::SALES));
    browser.sees("main", browser.say(texts::team_roles::READ_ONLY));
    assert!(!browser.has("[data-testid=save]"), "built-in roles are not changed");
    browser.click("[data-testid=duplicate]");
    browser.finds("[data-testid=permissions]");
    browser.fill("[name=name]", "Ventas de campo");
    browser.click("[data-testid='permission-contacts.delete'] input");
    browser.save();
    browser.at("/team/roles");
    browser.sees(ROW, "Ventas de campo");
    let delete = |name: &str| {
        browser.press_named(&texts::common::actions_of(browser.locale(), name));
        browser.press(texts::common::DELETE);
        browser.sees("dialog[open]", name);
        browser.press(texts::common::DELETE);
    };
    delete("Ventas de campo");
    browser.sees("[data-testid=toast]", "Ventas de campo");
    browser.misses("main", "Ventas de campo");
    browser.go_to("/team");
    browser.click("[data-testid=invite]");
    browser.fill("dialog[open] [name=email]", EMAIL);
    choose(&browser, "role", OWN_ROLE);
    browser.save();
    browser.sees("[data-testid=invitations]", EMAIL);
    browser.visit("/team/roles");
    browser.sees(ROW, OWN_ROLE);
    delete(OWN_ROLE);
    browser.sees("[data-testid=toast]", &texts::team_roles::in_use(browser.locale(), 1));
    browser.sees(ROW, OWN_ROLE);
}

#[test]
fn whoever_is_invited_gets_single_permissions_along() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/team");
    browser.click("[data-testid=invite]");
    browser.fill("dialog[open] [name=email]", EMAIL);
    choose(&browser, "role", OWN_ROLE);
    browser.press(m::EXTRA);
    browser.click("dialog[open] [data-testid='permission-team.view'] input");
    browser.save();
    browser.sees("[data-testid=invitations]", EMAIL);
    let guest = Browser::open(&server);
    guest.visit(&link(&server.mail()));
    guest.fill_in(j::FULL_NAME, NAME);
    guest.fill_in(a::NEW_PASSWORD, PASSWORD);
    guest.click("[data-testid=join]");
    guest.at("/dashboard");
    guest.click("nav a[href='/team']");
    guest.sees(ROW, NAME);
}

#[test]
fn two_who_change_a_member_see_both_versions() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Admin, "/team");
    let first = browser.window();
    browser.open_row("Sofía Arango");
    choose(&browser, "department_id", "Nómina");
    browser.another_window();
    browser.visit("/team");
    browser.open_row("Sofía Arango");
    let member = texts::roles::MEMBER.get(browser.locale());
    choose(&browser, "role", member);
    browser.save();
    browser.sees("[data-testid=toast]", "Sofía Arango");

    browser.switch_to(&first);
    browser.save();
    browser.sees("dialog[open]", browser.say(texts::problems::PRECONDITION_FAILED));
    browser.sees("[data-testid=conflict-row][data-field=role]", member);
    browser.sees("[data-testid=conflict-row][data-field=department_id]", "Nómina");
    browser.click("[data-testid=conflict-save]");
    browser.sees("[data-testid=toast]", "Sofía Arango");
    browser.sees(ROW, "Miembro Nómina");
}

#[test]
fn two_who_change_a_role_see_both_versions() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/team/roles");
    let first = browser.window();
    browser.open_row(OWN_ROLE);
    browser.fill("[name=description]", "Recibe a los clientes");
    browser.another_window();
    browser.visit("/team/roles");
    browser.open_row(OWN_ROLE);
    browser.click("[data-testid='permission-team.view'] input");
    browser.save();
    browser.at("/team/roles");

    browser.switch_to(&first);
    browser.save();
    browser.sees("dialog[open]", browser.say(texts::problems::PRECONDITION_FAILED));
    browser.sees("[data-testid=conflict-row][data-field=permissions]", "equipo y roles");
    browser.sees("[data-testid=conflict-row][data-field=description]", "Recibe a los clientes");
    browser.click("[data-testid=conflict-save]");
    browser.at("/team/roles");
    browser.open_row(OWN_ROLE);
    browser.sees("[data-testid=permission-summary]", "equipo y roles");
    let described = "return document.querySelector('input[name=description]').value";
    assert_eq!(browser.script(described, &[]), "Recibe a los clientes");
}
