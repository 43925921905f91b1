//! One of a few that the server knows, in a form.

use crate::state::t;
use crate::ui::{Choice, Field, Model, Select};
use ebenezer_shared::locale::Text;
use leptos::prelude::*;

/// A select over choices that come from the server. The chosen one is offered before they
/// are there.
#[component]
pub fn ChoiceField(
    label: Text,
    name: &'static str,
    error: Signal<Option<String>>,
    none: Text,
    choices: Signal<Vec<Choice>>,
    value: Model<Option<Choice>>,
) -> impl IntoView {
    let options = Memo::new(move |_| {
        let mut all = choices.get();
        if let Some(chosen) = value.get()
            && !all.iter().any(|it| it.value == chosen.value)
        {
            all.insert(0, chosen);
        }
        all
    });
    let text = Model::new(
        Memo::new(move |_| value.get().map(|it| it.value).unwrap_or_default()),
        move |id: String| {
            let all = options.get_untracked();
            value.set(all.into_iter().find(|it| it.value == id));
        },
    );
    view! {
        <Field label=t(label) name error>
            <Select value=text options placeholder=t(none)/>
        </Field>
    }
}

/// The id of the chosen one; empty when none is.
pub fn kept(choice: Option<&Choice>) -> String {
    choice.map(|choice| choice.value.clone()).unwrap_or_default()
}
