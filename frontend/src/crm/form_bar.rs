//! The buttons of a long form, always in sight.

use super::editor::Editor;
use crate::state::{t, use_unsaved};
use crate::ui::{Button, ButtonKind};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Cancel and save. Cancelling asks when something would be lost.
#[component]
pub fn FormBar<D: Clone + PartialEq + Send + Sync + 'static>(
    editor: Editor<D>,
    /// What the main button says.
    save: Text,
    /// Leads away from the form.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let leave = Callback::new(move |()| {
        editor.settle_as_is();
        on_leave.run(());
    });
    view! {
        <div class="form-bar">
            <p class="form-bar-note">{t(texts::common::REQUIRED_NOTE)}</p>
            <Button on_click=move || unsaved.guard(leave) attr:data-testid="cancel">
                {t(texts::common::CANCEL)}
            </Button>
            <Button kind=ButtonKind::Primary submit=true loading=editor.saving attr:data-testid="save">
                {t(save)}
            </Button>
        </div>
    }
}
