//! What there is, by area. An area that is not built is not listed; one that role or
//! product do not allow is not shown.

use crate::audit::page::READ;
use crate::crm::messages::inbox::UnreadMark;
use crate::routes::Route;
use crate::state::{Session, t, use_session};
use crate::ui::{Icon, IconView};
use ebenezer_shared::locale::Text;
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::texts;
use leptos::prelude::*;
use leptos_router::components::A;

/// Who sees a link.
#[derive(Clone, Copy)]
pub enum Gate {
    /// Whoever may do this in the firm.
    May(Permission),
    /// Who runs the platform.
    Platform,
}

/// A link of the navigation.
pub struct NavItem {
    pub route: Route,
    pub icon: Icon,
    pub label: Text,
    pub gate: Gate,
}

impl NavItem {
    /// Whether the person may go there; tracked.
    pub fn is_open(&self, session: Session) -> bool {
        match self.gate {
            Gate::May(permission) => session.can(permission),
            Gate::Platform => session.account().is_some_and(|account| account.user.is_staff),
        }
    }
}

/// Links that belong together.
pub struct Area {
    pub label: Text,
    pub items: &'static [NavItem],
}

const fn view_of(module: Module) -> Gate {
    Gate::May(Permission::Module(module, Action::View))
}

static AREAS: [Area; 3] = [
    Area {
        label: texts::nav::CLIENTS,
        items: &[
            NavItem {
                route: Route::Dashboard,
                icon: Icon::Home,
                label: texts::nav::HOME,
                gate: view_of(Module::Dashboard),
            },
            NavItem {
                route: Route::Contacts,
                icon: Icon::People,
                label: texts::nav::CONTACTS,
                gate: view_of(Module::Contacts),
            },
            NavItem {
                route: Route::Corporations,
                icon: Icon::Building,
                label: texts::nav::CORPORATIONS,
                gate: view_of(Module::Corporations),
            },
            NavItem {
                route: Route::Cases,
                icon: Icon::Briefcase,
                label: texts::nav::CASES,
                gate: view_of(Module::Cases),
            },
            NavItem {
                route: Route::Documents,
                icon: Icon::Files,
                label: texts::nav::DOCUMENTS,
                gate: view_of(Module::Documents),
            },
            NavItem {
                route: Route::Calendar,
                icon: Icon::Calendar,
                label: texts::nav::CALENDAR,
                gate: view_of(Module::Appointments),
            },
            NavItem {
                route: Route::Tasks,
                icon: Icon::Check,
                label: texts::nav::TASKS,
                gate: view_of(Module::Tasks),
            },
            NavItem {
                route: Route::Messages,
                icon: Icon::Mail,
                label: texts::nav::MESSAGES,
                gate: view_of(Module::Messages),
            },
            NavItem {
                route: Route::Notes,
                icon: Icon::Note,
                label: texts::nav::NOTES,
                gate: view_of(Module::Notes),
            },
            NavItem {
                route: Route::Tags,
                icon: Icon::Tag,
                label: texts::nav::TAGS,
                gate: view_of(Module::Contacts),
            },
        ],
    },
    Area {
        label: texts::nav::FIRM,
        items: &[
            NavItem {
                route: Route::Departments,
                icon: Icon::Departments,
                label: texts::nav::DEPARTMENTS,
                gate: view_of(Module::Departments),
            },
            NavItem {
                route: Route::Team,
                icon: Icon::Person,
                label: texts::nav::TEAM,
                gate: view_of(Module::Team),
            },
            NavItem {
                route: Route::Audit,
                icon: Icon::Receipt,
                label: texts::nav::AUDIT,
                gate: Gate::May(READ),
            },
            NavItem {
                route: Route::Settings,
                icon: Icon::Sliders,
                label: texts::nav::SETTINGS,
                gate: view_of(Module::Settings),
            },
        ],
    },
    Area {
        label: texts::nav::PLATFORM,
        items: &[NavItem {
            route: Route::Jobs,
            icon: Icon::Refresh,
            label: texts::nav::JOBS,
            gate: Gate::Platform,
        }],
    },
];

/// Every area that is built, in order.
pub fn areas() -> &'static [Area] {
    &AREAS
}

/// The links, in the side bar and in the drawer of phones.
#[component]
pub fn Navigation() -> impl IntoView {
    let session = use_session();
    let area = move |area: &'static Area| {
        let any = move || area.items.iter().any(|item| item.is_open(session));
        view! {
            <Show when=any>
                <p class="nav-heading">{t(area.label)}</p>
                <ul class="nav-list">
                    {area.items.iter().map(|item| view! { <NavLink item/> }).collect_view()}
                </ul>
            </Show>
        }
    };
    view! {
        <nav class="nav" aria-label=t(texts::shell::NAVIGATION)>
            <a class="nav-brand" href=Route::Home.path()>
                <Brand/>
            </a>
            {areas().iter().map(area).collect_view()}
        </nav>
    }
}

#[component]
fn NavLink(item: &'static NavItem) -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || item.is_open(session)>
            <li>
                <A href=item.route.path() attr:class="nav-link">
                    <IconView icon=item.icon/>
                    <span>{t(item.label)}</span>
                    {(item.route == Route::Messages).then(|| view! { <UnreadMark/> })}
                </A>
            </li>
        </Show>
    }
}

/// Mark and name of the product.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <span class="brand">
            <Stones class="brand-mark"/>
            <span class="brand-name">"Ebenezer"</span>
        </span>
    }
}

/// The mark: stones set up one on another (1 Samuel 7:12).
#[component]
pub fn Stones(class: &'static str) -> impl IntoView {
    const STONES: [&str; 3] = [
        "M9 25.5c-2.2 0-3.6-1.3-3.3-3.2.300-1.8 1.8-2.8 4.2-2.8h12.2c2.4 0 3.9 1 4.2 2.8.300 1.9-1.1 3.2-3.3 3.2Z",
        "M10.8 18c-1.8 0-2.9-1.1-2.6-2.7.300-1.5 1.5-2.3 3.3-2.3h9c1.8 0 3 .8 3.3 2.3.300 1.6-.8 2.7-2.6 2.7Z",
        "M13 11.5c-1.4 0-2.2-1-1.9-2.3C11.6 7.4 13.3 6 16 6s4.4 1.4 4.9 3.2c.3 1.3-.5 2.3-1.9 2.3Z",
    ];
    view! {
        <svg class=class viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            {STONES.map(|stone| view! { <path class="brand-stone" d=stone></path> }).collect_view()}
        </svg>
    }
}
