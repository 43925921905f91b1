//! The products to choose from when a firm registers.

use crate::state::{Query, Remote, locale, t};
use crate::ui::{Alert, Button, ButtonSize, FieldGroup, Icon, IconView, Skeleton, Tone};
use ebenezer_shared::locale::Text;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::product::Product;
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Name and a line about a shipped product; others bring their own name.
const fn shipped(key: &str) -> Option<(Text, Text)> {
    use texts::products as p;
    Some(match key.as_bytes() {
        b"tax" => (p::TAX, p::TAX_DETAIL),
        b"legal" => (p::LEGAL, p::LEGAL_DETAIL),
        b"studio" => (p::STUDIO, p::STUDIO_DETAIL),
        b"inventory" => (p::INVENTORY, p::INVENTORY_DETAIL),
        b"erp" => (p::ERP, p::ERP_DETAIL),
        _ => return None,
    })
}

/// What a shipped product is called.
pub fn product_name(key: &str) -> Option<Text> {
    shipped(key).map(|(name, _)| name)
}

/// Radio cards.
#[component]
pub fn ProductChoice(
    products: Query<Page<Product>>,
    /// Key of the chosen one.
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let cards = move || {
        match products.get() {
        Remote::Loading => view! { <Skeleton count=3/> }.into_any(),
        Remote::Failed(_) => view! {
            <Alert tone=Tone::Danger>
                <p>{t(texts::auth::PRODUCTS_FAILED)}</p>
                <Button size=ButtonSize::Small on_click=move || products.reload()>
                    {t(texts::common::RETRY)}
                </Button>
            </Alert>
        }
        .into_any(),
        Remote::Ready(page) => view! {
            <div class="choice-cards">
                {page.items.into_iter().map(|product| view! { <ProductCard product value/> }).collect_view()}
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <FieldGroup legend=t(texts::auth::PRODUCT) error required=true>
            {cards}
        </FieldGroup>
    }
}

#[component]
fn ProductCard(product: Product, value: RwSignal<String>) -> impl IntoView {
    let Product { key, display_name, icon, .. } = product;
    let texts = shipped(&key);
    let name = move || {
        texts.map_or_else(|| display_name.clone(), |(name, _)| name.get(locale()).to_owned())
    };
    let (chosen, set) = (key.clone(), key.clone());
    view! {
        <label class="choice-card">
            <input
                type="radio"
                class="visually-hidden"
                name="product"
                value=key
                prop:checked=move || value.with(|value| *value == chosen)
                on:change=move |_| value.set(set.clone())
            />
            <IconView icon=Icon::named(&icon)/>
            <span class="choice-card-text">
                <span class="choice-card-name">{name}</span>
                {texts.map(|(_, detail)| view! { <span class="quiet">{t(detail)}</span> })}
            </span>
        </label>
    }
}
