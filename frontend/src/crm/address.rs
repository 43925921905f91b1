//! Postal addresses in forms and on pages.

use super::editor::Editor;
use super::typed::text;
use crate::format;
use crate::state::{locale, t};
use crate::ui::{Field, FieldRow, Model, TextInput};
use ebenezer_shared::crm::address::Address;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::address as a;
use leptos::prelude::*;

/// An address as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressDraft {
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
    pub country: String,
}

impl From<&Address> for AddressDraft {
    fn from(address: &Address) -> Self {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        Self {
            line1: part(&address.line1),
            line2: part(&address.line2),
            city: part(&address.city),
            region: part(&address.region),
            postal_code: part(&address.postal_code),
            country: part(&address.country),
        }
    }
}

impl AddressDraft {
    /// What goes over the wire; none when nothing was typed.
    pub fn to_address(&self) -> Option<Address> {
        let address = Address {
            line1: text(&self.line1),
            line2: text(&self.line2),
            city: text(&self.city),
            region: text(&self.region),
            postal_code: text(&self.postal_code),
            country: text(&self.country),
        };
        (!address.is_empty()).then_some(address)
    }

    /// The address in a line.
    pub fn one_line(&self) -> String {
        self.to_address()
            .map(|address| address.parts().collect::<Vec<_>>().join(", "))
            .unwrap_or_default()
    }
}

/// The address as envelopes carry it: street, flat, then city, region and postal code, and
/// the country by its name.
pub fn lines(address: &Address, country: impl Fn(&str) -> String) -> Vec<String> {
    let place = [&address.city, &address.region].into_iter().flatten().cloned().collect::<Vec<_>>();
    let place = [Some(place.join(", ")), address.postal_code.clone()];
    let place = place.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let named = address.country.as_deref().map(country);
    [address.line1.clone(), address.line2.clone(), Some(place.join(" ")), named]
        .into_iter()
        .flatten()
        .filter(|line| !line.is_empty())
        .collect()
}

/// A draft that has an address.
pub trait HasAddress: Clone + PartialEq + Send + Sync + 'static {
    fn address(&self) -> &AddressDraft;
    fn address_mut(&mut self) -> &mut AddressDraft;
}

/// The inputs of an address. The browser offers nothing: it knows the secretary's own.
#[component]
pub fn AddressFields<D: HasAddress>(editor: Editor<D>) -> impl IntoView {
    macro_rules! input {
        ($field:ident, $label:expr) => {{
            let name = concat!("address.", stringify!($field));
            let value = editor.part(
                name,
                |draft| draft.address().$field.clone(),
                |draft, value| draft.address_mut().$field = value,
            );
            view! { <Part name label=$label value error=editor.errors.of(name)/> }
        }};
    }
    view! {
        {input!(line1, a::LINE1)}
        {input!(line2, a::LINE2)}
        <FieldRow>
            {input!(city, a::CITY)}
            {input!(region, a::REGION)}
        </FieldRow>
        <FieldRow>
            {input!(postal_code, a::POSTAL_CODE)}
            <Country editor/>
        </FieldRow>
    }
}

/// The country is kept as it was written; of a code the name is said.
#[component]
fn Country<D: HasAddress>(editor: Editor<D>) -> impl IntoView {
    let name = "address.country";
    let value: Model<String> = editor.part(
        name,
        |draft| draft.address().country.clone(),
        |draft, value| draft.address_mut().country = value,
    );
    let said = move || {
        let written = value.get();
        let known = format::country(locale(), written.trim());
        if known == written.trim() { String::new() } else { known }
    };
    view! {
        <Field label=t(a::COUNTRY) name help=said error=editor.errors.of(name)>
            <TextInput value/>
        </Field>
    }
}

#[component]
fn Part(
    name: &'static str,
    label: Text,
    value: Model<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <Field label=t(label) name error>
            <TextInput value/>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_as_on_an_envelope() {
        let address = Address {
            line1: Some("Calle 45 # 10-20".into()),
            city: Some("Bogotá".into()),
            region: Some("D.C.".into()),
            postal_code: Some("110231".into()),
            country: Some("Colombia".into()),
            ..Address::default()
        };
        assert_eq!(
            lines(&address, str::to_owned),
            ["Calle 45 # 10-20", "Bogotá, D.C. 110231", "Colombia"]
        );
        let draft = AddressDraft::from(&address);
        assert_eq!(draft.to_address(), Some(address));
        assert_eq!(
            AddressDraft { city: "  ".into(), ..AddressDraft::default() }.to_address(),
            None
        );
        assert!(lines(&Address::default(), str::to_owned).is_empty());
    }
}
