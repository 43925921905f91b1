//! A few records of one kind on the page of what they belong to.

use crate::state::{Query, locale, t, use_session};
use crate::ui::{ButtonLink, ButtonSize, Card, Icon, Loaded};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// So many are shown.
pub const SHOWN: u64 = 5;

/// What a card is called, and where it leads.
#[derive(Clone)]
pub struct CardTexts {
    pub title: Text,
    pub new: Text,
    /// Shown instead of rows.
    pub none: Text,
    pub see_all: fn(Locale, u64) -> String,
    pub module: Module,
    /// Names the card in the page: `<name>-card`, its button `add-<name>`.
    pub names: (&'static str, &'static str),
    /// Where all are.
    pub list: String,
    /// The form of a new one.
    pub form: String,
}

/// The card: the way to a new one for who may add it, the lines, and the way to all.
#[component]
pub fn RecordCard<T>(
    texts: CardTexts,
    page: Query<Page<T>>,
    /// What stands in the line of a record.
    line: Callback<T, AnyView>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let rows = {
        let texts = texts.clone();
        move |page: Page<T>| {
            let total = page.total;
            let lines: Vec<_> = page.items.into_iter().map(|it| line.run(it)).collect();
            lines_of(lines, total, &texts)
        }
    };
    let body = view! { <Loaded query=page view=rows/> }.into_any();
    frame(texts, body)
}

fn lines_of(lines: Vec<AnyView>, total: u64, texts: &CardTexts) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="quiet">{t(texts.none)}</p> }.into_any();
    }
    let more = total > lines.len() as u64;
    let (see_all, list) = (texts.see_all, texts.list.clone());
    let lines: Vec<_> =
        lines.into_iter().map(|line| view! { <li class="record-line">{line}</li> }).collect();
    view! {
        <ul class="record-lines">{lines}</ul>
        {more.then(|| view! {
            <a class="plain-link" href=list>{move || see_all(locale(), total)}</a>
        })}
    }
    .into_any()
}

fn frame(texts: CardTexts, body: AnyView) -> AnyView {
    let session = use_session();
    let CardTexts { title, new, module, names, form, .. } = texts;
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || session.allows(module, Action::Add)>
                <ButtonLink
                    icon=Icon::Plus
                    size=ButtonSize::Small
                    href=form.clone()
                    attr:data-testid=names.1
                >
                    {t(new)}
                </ButtonLink>
            </Show>
        }
    });
    view! {
        <div data-testid=names.0>
            <Card title=t(title) actions>{body}</Card>
        </div>
    }
    .into_any()
}

/// Whether the person may see such records.
pub fn may_see(module: Module) -> bool {
    untrack(|| use_session().allows(module, Action::View))
}
