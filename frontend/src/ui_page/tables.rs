//! Lists.

use super::Specimen;
use crate::state::t;
use crate::ui::pagination::PageInfo;
use crate::ui::{Avatar, Badge, Card, Column, DataTable, Icon, IconButton, Pagination, Tone};
use ebenezer_shared::texts;
use leptos::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone)]
struct Sample {
    name: &'static str,
    email: &'static str,
    company: &'static str,
}

const SAMPLES: [Sample; 3] = [
    Sample { name: "María García", email: "maria.garcia@email.com", company: "ABC Corp" },
    Sample { name: "Juan Pérez", email: "juan.perez@email.com", company: "XYZ Inc" },
    Sample { name: "Carlos Rodríguez", email: "carlos.r@email.com", company: "ABC Corp +2" },
];

fn columns() -> Vec<Column<Sample>> {
    vec![
        Column::new(t(texts::auth::FULL_NAME), |row: &Sample| {
            let name = row.name;
            view! { <Avatar name=name/> <span>{name}</span> }
        })
        .title()
        .sortable("name"),
        Column::new(t(texts::auth::EMAIL), |row: &Sample| row.email).sortable("email").one_line(),
        Column::new(t(texts::nav::CORPORATIONS), |row: &Sample| row.company).wide_only(),
        Column::new(t(texts::shell::THEME), |_: &Sample| {
            view! { <Badge tone=Tone::Success>{t(texts::gallery::SAMPLE)}</Badge> }
        }),
        Column::new(t(texts::common::ACTIONS), |_: &Sample| {
            view! { <IconButton icon=Icon::More label=t(texts::common::MORE_ACTIONS)/> }
        })
        .actions(),
    ]
}

#[component]
pub fn Tables() -> impl IntoView {
    let ordering = RwSignal::new("name".to_owned());
    let selection = RwSignal::new(BTreeSet::new());
    let page = RwSignal::new(1);
    let info = Signal::derive(move || PageInfo {
        page: page.get(),
        page_size: 20,
        total: 12_345,
        total_is_exact: true,
    });
    let table = move |rows: Option<Vec<Sample>>, pending: bool| {
        view! {
            <DataTable
                label=t(texts::nav::CONTACTS)
                columns=columns()
                rows=rows
                pending
                row_id=|row: &Sample| row.name.to_owned()
                row_version=|_: &Sample| String::new()
                row_label=|row: &Sample| row.name.to_owned()
                row_href=|_: &Sample| "#".to_owned()
                ordering
                selection
            />
        }
    };
    view! {
        <Card title="DataTable" flush=true>
            {table(Some(SAMPLES.to_vec()), false)}
            <Pagination info on_page=Callback::new(move |to| page.set(to)) on_page_size=Callback::new(|_| ())/>
        </Card>
        <Card title="DataTable: pending" flush=true>{table(Some(SAMPLES.to_vec()), true)}</Card>
        <Card title="DataTable: loading" flush=true>{table(None, true)}</Card>
        <Specimen name="selection">{move || selection.with(BTreeSet::len)}</Specimen>
    }
}
