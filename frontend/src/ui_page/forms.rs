//! Fields.

use super::Specimen;
use crate::account::strength::StrengthMeter;
use crate::state::{FormErrors, t};
use crate::ui::{
    Button, ButtonKind, Checkbox, ChipPicker, Choice, DateInput, Field, FieldGroup, FieldRow, Form,
    FormActions, InputKind, PasswordInput, Search, SearchSelect, Select, Switch, TextArea,
    TextInput,
};
use ebenezer_shared::texts;
use leptos::prelude::*;

#[component]
pub fn Forms() -> impl IntoView {
    let errors = FormErrors::new();
    let send = move || {
        errors.clear();
        errors.mark("email", "invalid_email");
    };
    view! {
        <Specimen name="Form">
            <div class="gallery-wide">
                <Form errors on_submit=send>
                    <TextFields errors/>
                    <ChoiceFields/>
                    <FormActions>
                        <Button>{t(texts::common::CANCEL)}</Button>
                        <Button kind=ButtonKind::Primary submit=true>{t(texts::common::SAVE_CHANGES)}</Button>
                    </FormActions>
                </Form>
            </div>
        </Specimen>
    }
}

#[component]
fn TextFields(errors: FormErrors) -> impl IntoView {
    let text = || RwSignal::new(String::new());
    let (name, email, notes, password) = (text(), text(), text(), text());
    let day = RwSignal::new(None);
    view! {
        <FieldRow>
            <Field label=t(texts::auth::FULL_NAME) help=t(texts::gallery::HELP) required=true>
                <TextInput value=name placeholder=t(texts::gallery::SAMPLE)/>
            </Field>
            <Field label=t(texts::auth::EMAIL) error=errors.of("email")>
                <TextInput value=email kind=InputKind::Email/>
            </Field>
        </FieldRow>
        <FieldRow columns=3>
            <Field label=t(texts::gallery::SAMPLE)>
                <TextInput value=text() prefix="https://" suffix="%"/>
            </Field>
            <Field label=t(texts::gallery::SAMPLE)><DateInput value=day/></Field>
            <Field label=t(texts::gallery::SAMPLE)><TextInput value=name disabled=true/></Field>
        </FieldRow>
        <Field label=t(texts::auth::PASSWORD)>
            <PasswordInput value=password autocomplete="new-password"/>
            <StrengthMeter password own=Vec::new()/>
        </Field>
        <Field label=t(texts::gallery::SAMPLE)><TextArea value=notes/></Field>
    }
}

/// Finds among five, after a while.
fn sample_search() -> Search {
    Search::new(|text: String| async move {
        gloo_timers::future::TimeoutFuture::new(300).await;
        let names = ["ABC Corp", "XYZ Inc", "Tech Solutions LLC", "Ñandú SAS", "Élite Foto"];
        let found = names
            .into_iter()
            .filter(|name| name.to_lowercase().contains(&text.to_lowercase()))
            .map(|name| Choice::new(name, name).with_hint(Some("LLC".to_owned())))
            .collect();
        Ok(found)
    })
}

#[component]
fn ChoiceFields() -> impl IntoView {
    let chosen = RwSignal::new(Some(Choice::new("ABC Corp", "ABC Corp")));
    let further = RwSignal::new(vec![
        Choice::new("XYZ Inc", "XYZ Inc"),
        Choice::new("Tech Solutions LLC", "Tech Solutions LLC"),
    ]);
    let language = RwSignal::new(String::new());
    let options = Signal::derive(|| {
        Choice::texts([("es", texts::languages::ES), ("en", texts::languages::EN)])
    });
    let (on, switched) = (RwSignal::new(true), RwSignal::new(false));
    view! {
        <FieldRow>
            <Field label=t(texts::nav::CORPORATIONS)>
                <SearchSelect value=chosen search=sample_search() placeholder=t(texts::common::SELECT)/>
            </Field>
            <Field label=t(texts::shell::LANGUAGE)>
                <Select value=language options placeholder=t(texts::common::SELECT)/>
            </Field>
        </FieldRow>
        <FieldGroup legend=t(texts::nav::CORPORATIONS) help=t(texts::gallery::HELP)>
            <ChipPicker
                value=further
                search=sample_search()
                label=t(texts::nav::CORPORATIONS)
                placeholder=t(texts::common::SELECT)
            />
        </FieldGroup>
        <Checkbox checked=on label=t(texts::gallery::SAMPLE) help=t(texts::gallery::HELP)/>
        <Checkbox checked=on mixed=true label=t(texts::gallery::SAMPLE)/>
        <Checkbox checked=on disabled=true label=t(texts::gallery::SAMPLE)/>
        <Switch checked=switched label=t(texts::gallery::SAMPLE)/>
    }
}
