//! What somebody needs a masked value for, asked before it is shown.

use crate::state::{FormErrors, locale, t, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Dialog, DialogSize, Field, Form, FormActions, TextInput,
};
use ebenezer_shared::ids::UserId;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::pii as p;
use leptos::prelude::*;
use std::sync::LazyLock;

/// What it mostly is.
const USUAL: [Text; 4] =
    [p::reasons::CALL, p::reasons::RETURN, p::reasons::FORM, p::reasons::CORRECT];

/// The reason that the person gave last in this window: on one call one often needs several
/// values.
static LAST: LazyLock<ArcRwSignal<Option<(UserId, String)>>> =
    LazyLock::new(|| ArcRwSignal::new(None));

/// Asks, and hands on what was answered.
#[component]
pub fn ReasonDialog(
    open: RwSignal<bool>,
    #[prop(into)] on_reason: Callback<String>,
) -> impl IntoView {
    let content = move || open.get().then(|| view! { <ReasonForm open on_reason/> });
    view! {
        <Dialog
            open
            on_close=move || open.set(false)
            title=t(p::WHY)
            size=DialogSize::Small
            attr:data-testid="reason-dialog"
        >
            {content}
        </Dialog>
    }
}

#[component]
fn ReasonForm(open: RwSignal<bool>, on_reason: Callback<String>) -> impl IntoView {
    let errors = FormErrors::new();
    let user = use_session().account_now().map(|account| account.user.id);
    let last = LAST.get_untracked().filter(|(by, _)| Some(*by) == user);
    let reason = RwSignal::new(last.map(|(_, reason)| reason).unwrap_or_default());
    let submit = move || {
        let given = reason.get_untracked().trim().to_owned();
        if given.is_empty() {
            errors.mark("reason", "required");
            return;
        }
        LAST.set(user.map(|user| (user, given.clone())));
        open.set(false);
        on_reason.run(given);
    };
    let usual = USUAL.map(|text| {
        let choose = move || {
            reason.set(text.get(locale()).to_owned());
            submit();
        };
        view! { <Button size=ButtonSize::Small on_click=choose>{t(text)}</Button> }
    });
    view! {
        <Form errors pending=RwSignal::new(false) on_submit=submit>
            <p class="quiet">{t(p::WHY_DETAIL)}</p>
            <div class="reason-usual">{usual.collect_view()}</div>
            <Field label=t(p::REASON) name="reason" error=errors.of("reason")>
                <TextInput value=reason max_length=255 autofocus=true/>
            </Field>
            <FormActions>
                <Button on_click=move || open.set(false)>{t(texts::common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true attr:data-testid="reveal">
                    {t(texts::common::REVEAL)}
                </Button>
            </FormActions>
        </Form>
    }
}
