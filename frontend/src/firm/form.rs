//! Changing the settings.

use super::draft::SettingsDraft;
use crate::api::Tagged;
use crate::crm::editor::{Editor, part};
use crate::crm::saving::{ConflictOf, Saving, say_saved};
use crate::format;
use crate::routes::Route;
use crate::shell::language;
use crate::state::{locale, t, use_session, use_toasts};
use crate::ui::{
    Alert, Button, ButtonKind, Checkbox, Choice, Field, FieldGroup, FieldRow, Form, FormActions,
    FormProblem, Select, TextInput, Tone,
};
use ebenezer_shared::tenant_settings::TenantSettings;
use ebenezer_shared::texts;
use ebenezer_shared::texts::firm as f;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// The countries that firms are most likely in (ISO 3166-1); a firm's own is always among
/// the choices.
const COUNTRIES: [&str; 24] = [
    "US", "CO", "MX", "AR", "BO", "BR", "CA", "CL", "CR", "CU", "DO", "EC", "ES", "GT", "HN", "NI",
    "PA", "PE", "PR", "PT", "PY", "SV", "UY", "VE",
];

/// The form. What it saves shows in the frame of the app at once.
#[component]
pub fn SettingsForm(stored: Tagged<TenantSettings>) -> impl IntoView {
    let (session, toasts) = (use_session(), use_toasts());
    let saving = Saving::new(
        Some(stored),
        SettingsDraft::default(),
        move |settings: TenantSettings, saved| {
            session.update_tenant(|tenant| {
                tenant.company.clone_from(&settings.company);
                tenant.time_zone.clone_from(&settings.time_zone);
                tenant.locale = settings.locale;
            });
            session.update_user(|user| {
                user.two_factor_required =
                    settings.require_2fa || (user.is_staff && user.two_factor_required);
            });
            say_saved(toasts, saved, || t(texts::common::SAVED).into());
        },
    );
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Field label=t(f::COMPANY) name="company" error=errors.of("company") required=true>
                <TextInput value=part!(editor, company)/>
            </Field>
            <FieldRow>
                <Field label=t(f::LANGUAGE) name="locale" help=t(f::LANGUAGE_HELP) error=errors.of("locale") required=true>
                    <Select value=part!(editor, locale) options=Signal::derive(language::choices)/>
                </Field>
                <Field label=t(f::COUNTRY) name="default_country" help=t(f::COUNTRY_HELP) error=errors.of("default_country") required=true>
                    <Select value=part!(editor, default_country) options=countries(editor)/>
                </Field>
            </FieldRow>
            <Field label=t(f::TIME_ZONE) name="time_zone" help=t(f::TIME_ZONE_HELP) error=errors.of("time_zone") required=true>
                <Select value=part!(editor, time_zone) options=time_zones(editor)/>
            </Field>
            <Rules editor/>
            <FormActions>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(texts::common::SAVE_CHANGES)}
                </Button>
            </FormActions>
        </Form>
        <ConflictOf saving/>
    }
}

/// What holds for everybody in the firm.
#[component]
fn Rules(editor: Editor<SettingsDraft>) -> impl IntoView {
    let session = use_session();
    let protected =
        move || session.account().is_some_and(|account| account.user.two_factor_enabled);
    // Whoever asks others for it has it; giving it up is always possible.
    let locked = Signal::derive(move || !protected() && !editor.with(|draft| draft.require_2fa));
    view! {
        <FieldGroup legend=t(f::RULES) error=editor.errors.of("require_2fa")>
            <Checkbox
                checked=part!(editor, require_2fa)
                label=t(f::REQUIRE_2FA)
                help=t(f::REQUIRE_2FA_HELP)
                disabled=locked
                attr:data-testid="require-2fa"
            />
            <Show when=move || locked.get()>
                <Alert tone=Tone::Info>
                    <p>
                        {t(f::PROTECT_YOURSELF)} " "
                        <a href=Route::Security.path()>{t(f::PROTECT_LINK)}</a>
                    </p>
                </Alert>
            </Show>
            <Checkbox
                checked=part!(editor, require_primary_corporation)
                label=t(f::REQUIRE_PRIMARY)
                help=t(f::REQUIRE_PRIMARY_HELP)
            />
        </FieldGroup>
    }
}

/// Every time zone that the browser knows, and the firm's.
fn time_zones(editor: Editor<SettingsDraft>) -> Signal<Vec<Choice>> {
    let mut zones = known_zones();
    let own = editor.now().time_zone;
    if !zones.contains(&own) {
        zones.push(own);
    }
    zones.sort();
    let choices = zones.into_iter().map(|zone| {
        let label = zone.replace('_', " ");
        Choice::new(zone, label)
    });
    Signal::stored(choices.collect())
}

/// `Intl.supportedValuesOf("timeZone")`; nothing in browsers that lack it.
fn known_zones() -> Vec<String> {
    let name = |text: &str| JsValue::from_str(text);
    let asked = js_sys::Reflect::get(&js_sys::global(), &name("Intl")).and_then(|intl| {
        let ask = js_sys::Reflect::get(&intl, &name("supportedValuesOf"))?;
        ask.dyn_into::<js_sys::Function>()?.call1(&intl, &name("timeZone"))
    });
    let zones = asked.map(|zones| js_sys::Array::from(&zones)).unwrap_or_default();
    zones.iter().filter_map(|zone| zone.as_string()).collect()
}

fn countries(editor: Editor<SettingsDraft>) -> Signal<Vec<Choice>> {
    let own = editor.now().default_country;
    Signal::derive(move || {
        let locale = locale();
        let mut codes: Vec<&str> = COUNTRIES.to_vec();
        if !codes.contains(&own.as_str()) {
            codes.push(&own);
        }
        let choice = |code: &str| Choice::new(code, format::country(locale, code));
        let mut choices: Vec<Choice> = codes.into_iter().map(choice).collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        choices
    })
}
