//! What can be chosen: records, and what can be done.

use crate::api::QueryString;
use crate::crm::clients::ClientId;
use crate::crm::filters::SEARCH;
use crate::crm::tasks;
use crate::format;
use crate::routes::Route;
use crate::shell::navigation::areas;
use crate::state::clock::now;
use crate::state::{Session, locale};
use crate::ui::Icon;
use ebenezer_shared::locale::Text;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType as Kind;
use ebenezer_shared::search::{FoundGroup, FoundItem};
use ebenezer_shared::texts;
use ebenezer_shared::texts::{nav, palette as p};

/// A line of the palette.
#[derive(Clone, PartialEq)]
pub struct Entry {
    pub icon: Icon,
    pub label: String,
    pub detail: Option<String>,
    /// Where it leads.
    pub path: String,
}

/// Lines under a heading.
#[derive(Clone, PartialEq)]
pub struct Group {
    pub heading: &'static str,
    pub entries: Vec<Entry>,
}

/// What can be made, by whom.
const CREATE: [(Icon, Text, Route, Module); 7] = [
    (Icon::Person, texts::contacts::NEW, Route::NewContact, Module::Contacts),
    (Icon::Building, texts::corporations::NEW, Route::NewCorporation, Module::Corporations),
    (Icon::Briefcase, texts::cases::NEW, Route::NewCase, Module::Cases),
    (Icon::Check, texts::tasks::NEW, Route::NewTask, Module::Tasks),
    (Icon::Calendar, texts::appointments::NEW, Route::NewAppointment, Module::Appointments),
    (Icon::Note, p::NEW_NOTE, Route::Notes, Module::Notes),
    (Icon::Mail, texts::messages::NEW_TITLE, Route::NewThread, Module::Messages),
];

/// One's own pages.
const OWN: [(Icon, Text, Route); 4] = [
    (Icon::Person, texts::profile::TITLE, Route::Profile),
    (Icon::Key, texts::shell::CHANGE_PASSWORD, Route::ChangePassword),
    (Icon::Lock, texts::two_factor::TITLE, Route::Security),
    (Icon::Devices, texts::sessions::TITLE, Route::Sessions),
];

fn entry(icon: Icon, label: Text, route: Route) -> Entry {
    Entry { icon, label: label.get(locale()).to_owned(), detail: None, path: route.path() }
}

/// What the person may make; tracked.
pub fn creations(session: Session) -> Vec<Entry> {
    let open = CREATE.iter().filter(|(.., module)| session.allows(*module, Action::Add));
    open.map(|(icon, label, route, _)| entry(*icon, *label, *route)).collect()
}

/// The pages that the navigation shows the person; tracked.
pub fn pages(session: Session) -> Vec<Entry> {
    let items = areas().iter().flat_map(|area| area.items);
    let open = items.filter(|item| item.is_open(session));
    open.map(|item| entry(item.icon, item.label, item.route)).collect()
}

/// The person's own pages.
pub fn own_pages() -> Vec<Entry> {
    OWN.iter().map(|(icon, label, route)| entry(*icon, *label, *route)).collect()
}

/// What was found of a kind; `searched` leads on to its list.
pub fn found(group: &FoundGroup, searched: &str) -> Option<Group> {
    let (icon, heading, list) = kind(group.kind)?;
    let record = |item: &FoundItem| Entry {
        icon,
        label: item.title.clone(),
        detail: detail(group.kind, item),
        path: path(group.kind, item),
    };
    let mut entries: Vec<Entry> = group.items.iter().map(record).collect();
    let more = list.filter(|_| group.has_more).and_then(|list| all(group.kind, list, searched));
    if let Some(path) = more {
        entries.push(Entry {
            icon: Icon::Search,
            label: p::MORE.get(locale()).to_owned(),
            detail: Some(heading.get(locale()).to_owned()),
            path,
        });
    }
    Some(Group { heading: heading.get(locale()), entries })
}

/// Where the list shows all that was found; none where it would show something else.
fn all(kind: Kind, list: Route, searched: &str) -> Option<String> {
    // Years and forms are no words of the list of cases.
    let is_known = kind != Kind::Case || !searched.contains(|c: char| c.is_ascii_digit());
    let query = QueryString::new().with(SEARCH, searched);
    let query = if kind == Kind::Task { query.with("status", tasks::query::ALL) } else { query };
    (is_known && !searched.is_empty()).then(|| query.on(&list.path()))
}

/// How a kind is shown, and its list where that finds the same.
fn kind(kind: Kind) -> Option<(Icon, Text, Option<Route>)> {
    Some(match kind {
        Kind::Contact => (Icon::Person, nav::CONTACTS, Some(Route::Contacts)),
        Kind::Corporation => (Icon::Building, nav::CORPORATIONS, Some(Route::Corporations)),
        Kind::Case => (Icon::Briefcase, nav::CASES, Some(Route::Cases)),
        Kind::Document => (Icon::File, nav::DOCUMENTS, Some(Route::Documents)),
        Kind::DocumentRequest => (Icon::Files, texts::document_requests::TITLE, None),
        Kind::Task => (Icon::Check, nav::TASKS, Some(Route::Tasks)),
        Kind::Appointment => (Icon::Calendar, texts::modules::APPOINTMENTS, None),
        Kind::Thread => (Icon::Mail, nav::MESSAGES, None),
        Kind::Note => (Icon::Note, nav::NOTES, None),
        Kind::Department | Kind::Tag | Kind::Folder => return None,
    })
}

fn detail(kind: Kind, item: &FoundItem) -> Option<String> {
    let client = item.client.as_ref().map(|client| client.name.clone());
    let at = item.at.map(|at| match kind {
        Kind::Task => tasks::words::due(locale(), at, now()),
        Kind::Thread => format::relative(locale(), at, now()),
        _ => format!(
            "{}, {}",
            format::date(locale(), format::local(at).0),
            format::time(locale(), at)
        ),
    });
    let parts: Vec<String> = client.into_iter().chain(item.detail.clone()).chain(at).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The page of a record; of what has none, the page on which it is.
fn path(kind: Kind, item: &FoundItem) -> String {
    let id = item.id;
    let client = item.client.as_ref().map(|client| ClientId::of(client).page());
    let route = match kind {
        Kind::Contact => Route::Contact(id.into()),
        Kind::Corporation => Route::Corporation(id.into()),
        Kind::Case => Route::Case(id.into()),
        Kind::Document => Route::Document(id.into()),
        Kind::Task => Route::Task(id.into()),
        Kind::Appointment => Route::Appointment(id.into()),
        Kind::Thread => Route::Thread(id.into()),
        _ => item.case_id.map(Route::Case).or(client).unwrap_or(Route::Notes),
    };
    route.path()
}
