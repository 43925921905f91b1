//! The companies related to a company, on its page.

use super::super::ties::{TieDialog, TieDraft, TieRow, Tied, company_relation, facts, ties};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, locale_now, t, use_query, use_session};
use crate::ui::{Button, ButtonSize, Card, Icon, Loaded};
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{CompanyRelation, RelatedCorporation};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::ties as w;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// Parents, subsidiaries and the like. `on_changed`: shares may add up otherwise.
#[component]
pub fn RelatedCompaniesCard(id: CorporationId, on_changed: Callback<()>) -> impl IntoView {
    let client = use_client();
    let editing = RwSignal::new(None::<(Tied, TieDraft)>);
    let session = use_session();
    let may_change = untrack(|| session.allows(Module::Corporations, Action::Change));
    let related = use_query(
        move || id,
        move |id| async move { api::corporations::related(client, id).await },
    );
    let row = move |it: RelatedCorporation| {
        let period = Period { from: it.from, to: it.to };
        let (other, name, kind, share) =
            (it.corporation.id, it.corporation.name, it.kind, it.share);
        let named = name.clone();
        let open = move || {
            let draft =
                TieDraft::new(locale_now(), CompanyRelation::as_str(kind), share, period, None);
            editing.set(Some((Tied::Company(id, Some((other, named.clone()))), draft)));
        };
        TieRow {
            name,
            href: Some(Route::Corporation(other).path()),
            is_company: true,
            facts: Signal::derive(move || {
                facts(locale(), Some(company_relation(kind)), share, period, None)
            }),
            badge: None,
            on_edit: may_change.then(|| Callback::new(move |()| open())),
            testid: "related-company",
        }
    };
    let content = move |page: Page<RelatedCorporation>| {
        if page.items.is_empty() {
            view! { <p class="quiet">{t(w::NO_COMPANIES)}</p> }.into_any()
        } else {
            ties(page.items.into_iter().map(row).collect())
        }
    };
    let add = move || editing.set(Some((Tied::Company(id, None), TieDraft::default())));
    let saved = move |()| {
        related.reload();
        on_changed.run(());
    };
    view! {
        <div data-testid="related-companies">
            <Card
                title=t(w::COMPANIES)
                actions=ViewFnOnce::from(move || may_change.then(|| view! {
                    <Button size=ButtonSize::Small icon=Icon::Plus on_click=add attr:data-testid="add-related">
                        {t(w::ADD)}
                    </Button>
                }))
            >
                <Loaded query=related view=content/>
            </Card>
        </div>
        <TieDialog editing on_saved=Callback::new(saved)/>
    }
}
