//! Recovery codes, shown once: to be copied, downloaded or printed.

use crate::clipboard::copy;
use crate::state::{guard_unsaved, locale, t, use_session, use_toasts};
use crate::ui::{Button, ButtonKind, ButtonLink, FormActions, Icon};
use ebenezer_shared::texts::two_factor as f;
use leptos::prelude::*;

/// The codes, until their reader says that they are kept.
#[component]
pub fn CodesView(
    codes: Vec<String>,
    on_done: Callback<()>,
    /// The title stands above already.
    #[prop(optional)]
    titled: bool,
) -> impl IntoView {
    let toasts = use_toasts();
    let kept = RwSignal::new(false);
    guard_unsaved(Signal::derive(move || !kept.get()));
    let text = StoredValue::new(codes.join("\n"));
    let email = use_session().account_now().map(|account| account.user.email).unwrap_or_default();
    let file = Signal::derive(move || {
        let locale = locale();
        let (title, note) = (f::FILE_TITLE.get(locale), f::FILE_NOTE.get(locale));
        let content = text.with_value(|codes| format!("{title}\n{email}\n\n{codes}\n\n{note}\n"));
        format!(
            "data:text/plain;charset=utf-8,{}",
            String::from(js_sys::encode_uri_component(&content))
        )
    });
    let print = || {
        let _ = window().print();
    };
    let done = move || {
        kept.set(true);
        on_done.run(());
    };
    view! {
        <div class="codes">
            {(!titled).then(|| view! { <h2 class="step-title">{t(f::CODES_TITLE)}</h2> })}
            <p>{t(f::CODES_DETAIL)}</p>
            <ul class="codes-list" data-testid="recovery-codes">
                {codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}
            </ul>
            <div class="codes-ways">
                <Button icon=Icon::Copy on_click=move || text.with_value(|text| copy(toasts, text))>{t(f::COPY)}</Button>
                <ButtonLink href=file icon=Icon::ArrowDown attr:download=t(f::FILE_NAME)>
                    {t(f::DOWNLOAD)}
                </ButtonLink>
                <Button icon=Icon::Note on_click=print>{t(f::PRINT)}</Button>
            </div>
            <FormActions>
                <Button kind=ButtonKind::Primary on_click=done attr:data-testid="codes-kept">
                    {t(f::SAVED)}
                </Button>
            </FormActions>
        </div>
    }
}
