//! Somebody saved in between: both versions, field by field, and what to keep of each.

use crate::state::{locale, t};
use crate::ui::{Badge, Button, ButtonKind, Choice, Dialog, DialogSize, Tone};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts;
use ebenezer_shared::texts::conflict as c;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A field of a draft, as far as two versions of it can be told apart and put together.
pub struct FieldOf<D: 'static> {
    /// Its name in the request.
    pub name: &'static str,
    pub label: Text,
    /// How its value reads; empty when there is none.
    pub show: fn(&D, Locale) -> String,
    /// Whether two drafts hold the same in it.
    pub same: fn(&D, &D) -> bool,
    /// Copies it from the second into the first.
    pub take: fn(&mut D, &D),
}

/// A text field of a draft, named as in the request.
macro_rules! text_field {
    ($field:ident, $label:expr) => {
        $crate::crm::conflict::FieldOf {
            name: stringify!($field),
            label: $label,
            show: |draft, _| draft.$field.trim().to_owned(),
            same: |a, b| a.$field.trim() == b.$field.trim(),
            take: |draft, other| draft.$field.clone_from(&other.$field),
        }
    };
}
pub(crate) use text_field;

/// Any other field of a draft: its name in the request, its label, and how it reads.
macro_rules! field {
    ($field:ident, $name:literal, $label:expr, $show:expr) => {
        $crate::crm::conflict::FieldOf {
            name: $name,
            label: $label,
            show: $show,
            same: |a, b| a.$field == b.$field,
            take: |draft, other| draft.$field.clone_from(&other.$field),
        }
    };
}
pub(crate) use field;

/// How what was chosen reads; empty when nothing was.
pub fn chosen_label(choice: Option<&Choice>) -> String {
    choice.map(|choice| choice.label.clone()).unwrap_or_default()
}

/// A field in which the versions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub name: &'static str,
    pub label: Text,
    pub mine: String,
    pub theirs: String,
    /// Both changed it; else only one did, and that one's is proposed.
    pub by_both: bool,
    /// The other person's is proposed.
    pub propose_theirs: bool,
}

/// The versions that met: what both started from, mine, and what is stored now.
#[derive(Clone, PartialEq, Eq)]
pub struct Versions<D> {
    pub base: D,
    pub mine: D,
    pub theirs: D,
}

impl<D> Versions<D> {
    /// Where mine and theirs differ.
    pub fn differences(&self, fields: &[FieldOf<D>], locale: Locale) -> Vec<Difference> {
        let differs = |field: &&FieldOf<D>| !(field.same)(&self.mine, &self.theirs);
        let difference = |field: &FieldOf<D>| {
            let mine_changed = !(field.same)(&self.base, &self.mine);
            let theirs_changed = !(field.same)(&self.base, &self.theirs);
            Difference {
                name: field.name,
                label: field.label,
                mine: (field.show)(&self.mine, locale),
                theirs: (field.show)(&self.theirs, locale),
                by_both: mine_changed && theirs_changed,
                propose_theirs: !mine_changed,
            }
        };
        fields.iter().filter(differs).map(difference).collect()
    }
}

impl<D: Clone> Versions<D> {
    /// Mine, with the fields named in `theirs` as they stored them.
    pub fn merged(&self, fields: &[FieldOf<D>], theirs: &BTreeSet<&'static str>) -> D {
        let mut merged = self.mine.clone();
        for field in fields.iter().filter(|field| theirs.contains(field.name)) {
            (field.take)(&mut merged, &self.theirs);
        }
        merged
    }
}

/// Shows both versions and asks what to keep. Closing it goes on with the form.
#[component]
pub fn ConflictDialog(
    /// None while it is closed.
    differences: Signal<Option<Vec<Difference>>>,
    /// A save is under way.
    pending: Signal<bool>,
    on_close: Callback<()>,
    /// Throws mine away.
    on_theirs: Callback<()>,
    /// Saves mine, with these fields as the other person stored them.
    on_save: Callback<BTreeSet<&'static str>>,
) -> impl IntoView {
    let theirs = RwSignal::new(BTreeSet::new());
    Effect::new(move || {
        let proposed = differences.with(|differences| {
            let all = differences.iter().flatten();
            all.filter(|it| it.propose_theirs).map(|it| it.name).collect()
        });
        theirs.set(proposed);
    });
    let open = Signal::derive(move || differences.with(Option::is_some));
    let footer = move || {
        view! {
            <Button on_click=on_theirs attr:data-testid="conflict-theirs">{t(c::KEEP_THEIRS)}</Button>
            <Button
                loading=pending
                on_click=move || on_save.run(BTreeSet::new())
                attr:data-testid="conflict-mine"
            >
                {t(c::KEEP_MINE)}
            </Button>
            <Button
                kind=ButtonKind::Primary
                loading=pending
                on_click=move || on_save.run(theirs.get_untracked())
                attr:data-testid="conflict-save"
            >
                {t(c::SAVE_CHOSEN)}
            </Button>
        }
    };
    let names =
        move || differences.with(|all| all.iter().flatten().map(|it| it.name).collect::<Vec<_>>());
    view! {
        <Dialog
            open
            on_close
            title=t(texts::problems::PRECONDITION_FAILED)
            size=DialogSize::Large
            focus_title=true
            footer
            attr:data-testid="conflict-dialog"
        >
            <p class="quiet">{t(c::DETAIL)}</p>
            <table class="conflict">
                <thead>
                    <tr>
                        <th scope="col">{t(c::FIELD)}</th>
                        <th scope="col">{t(c::MINE)}</th>
                        <th scope="col">{t(c::THEIRS)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=names key=|name| *name let:name>
                        <DifferenceRow name differences theirs/>
                    </For>
                </tbody>
            </table>
        </Dialog>
    }
}

#[component]
fn DifferenceRow(
    name: &'static str,
    differences: Signal<Option<Vec<Difference>>>,
    theirs: RwSignal<BTreeSet<&'static str>>,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        differences.with(|all| all.iter().flatten().find(|it| it.name == name).cloned())
    });
    let text = move |look: fn(&Difference) -> &str| {
        found.with(|found| found.as_ref().map(|it| look(it).to_owned()).unwrap_or_default())
    };
    let label = move || found.with(|found| found.as_ref().map(|it| it.label.get(locale())));
    let by_both = move || found.with(|found| found.as_ref().is_some_and(|it| it.by_both));
    let is_theirs = Signal::derive(move || theirs.with(|theirs| theirs.contains(name)));
    view! {
        <tr data-testid="conflict-row" data-field=name>
            <th scope="row">
                {label}
                <Show when=by_both>
                    <Badge tone=Tone::Warning plain=true>{t(c::BOTH)}</Badge>
                </Show>
            </th>
            <Side
                name
                side="mine"
                label=c::MINE
                value=Signal::derive(move || text(|it| &it.mine))
                chosen=Signal::derive(move || !is_theirs.get())
                choose=Callback::new(move |()| theirs.update(|theirs| { theirs.remove(name); }))
            />
            <Side
                name
                side="theirs"
                label=c::THEIRS
                value=Signal::derive(move || text(|it| &it.theirs))
                chosen=is_theirs
                choose=Callback::new(move |()| theirs.update(|theirs| { theirs.insert(name); }))
            />
        </tr>
    }
}

/// One version of a field, to choose.
#[component]
fn Side(
    name: &'static str,
    side: &'static str,
    label: Text,
    value: Signal<String>,
    chosen: Signal<bool>,
    choose: Callback<()>,
) -> impl IntoView {
    let shown = move || {
        let value = value.get();
        if value.is_empty() {
            view! { <span class="quiet">{t(texts::common::EMPTY_VALUE)}</span> }.into_any()
        } else {
            value.into_any()
        }
    };
    view! {
        <td>
            <label class="conflict-side">
                <input
                    type="radio"
                    name=format!("conflict-{name}")
                    data-testid=format!("{side}-{name}")
                    prop:checked=move || chosen.get()
                    on:change=move |_| choose.run(())
                />
                <span class="conflict-whose">{t(label)}</span>
                <span class="conflict-value">{shown}</span>
            </label>
        </td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, PartialEq, Eq)]
    struct Draft {
        name: &'static str,
        phone: &'static str,
        city: &'static str,
    }

    const LABEL: Text = Text::new("es", "en");

    macro_rules! field {
        ($name:ident) => {
            FieldOf::<Draft> {
                name: stringify!($name),
                label: LABEL,
                show: |draft, _| draft.$name.to_owned(),
                same: |a, b| a.$name == b.$name,
                take: |draft, other| draft.$name = other.$name,
            }
        };
    }

    const FIELDS: [FieldOf<Draft>; 3] = [field!(name), field!(phone), field!(city)];

    fn met() -> Versions<Draft> {
        Versions {
            base: Draft { name: "Ana", phone: "1", city: "Cali" },
            mine: Draft { name: "Ana María", phone: "2", city: "Cali" },
            theirs: Draft { name: "Ana", phone: "3", city: "Bogotá" },
        }
    }

    #[test]
    fn what_only_one_changed_is_proposed() {
        let found = met().differences(&FIELDS, Locale::Es);
        let brief: Vec<_> =
            found.iter().map(|it| (it.name, it.by_both, it.propose_theirs)).collect();
        assert_eq!(brief, [("name", false, false), ("phone", true, false), ("city", false, true)]);
    }

    #[test]
    fn the_chosen_fields_are_taken_over() {
        let merged = met().merged(&FIELDS, &BTreeSet::from(["city"]));
        assert_eq!((merged.name, merged.phone, merged.city), ("Ana María", "2", "Bogotá"));
        let mine = met().merged(&FIELDS, &BTreeSet::new());
        assert_eq!(mine.city, "Cali");
    }
}
