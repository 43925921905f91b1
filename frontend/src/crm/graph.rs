//! People and companies around a record, as a picture to walk through and as a table.

use super::ties::{company_relation, person_relation, role};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::url_state::Step;
use crate::state::{locale, t, use_list_query, use_url_state};
use crate::ui::{Card, DateInput, Field, Loaded, Model};
use chrono::NaiveDate;
use ebenezer_shared::crm::graph::{
    BOX_HEIGHT, BOX_WIDTH, Graph, GraphEdge, GraphKind, GraphNode, Layout,
};
use ebenezer_shared::crm::period::share_text;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::texts::graph as c;
use leptos::prelude::*;
use uuid::Uuid;

/// The day in the address, so that walking on stays on it.
const AS_OF: &str = "as_of";

/// The picture. `record` is the API's path of the record in the middle.
#[component]
pub fn GraphCard(record: String) -> impl IntoView {
    let client = use_client();
    // In the address, so that it outlasts a record that is read again.
    let url = use_url_state();
    let as_of = Memo::new(move |_| url.parse::<NaiveDate>(AS_OF));
    let day = Model::new(as_of, move |day: Option<NaiveDate>| {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        url.set(&[(AS_OF, day)], Step::Same);
    });
    let graph = use_list_query(
        move || as_of.get(),
        move |as_of| {
            let record = record.clone();
            async move { api::graph::around(client, &record, as_of).await }
        },
    );
    let picture = move |graph: Graph| drawn(&graph, as_of.get_untracked());
    view! {
        <div data-testid="graph">
            <Card title=t(c::TITLE)>
                <div class="graph-day">
                    <Field label=t(c::AS_OF) name="as_of" help=t(c::AS_OF_HELP)>
                        <DateInput value=day/>
                    </Field>
                </div>
                <Loaded query=graph view=picture/>
            </Card>
        </div>
    }
}

fn drawn(graph: &Graph, as_of: Option<NaiveDate>) -> AnyView {
    if graph.nodes.len() < 2 {
        return view! { <p class="quiet">{t(c::ALONE)}</p> }.into_any();
    }
    let layout = Layout::of(graph);
    let place = |id: Uuid| graph.nodes.iter().position(|node| node.id == id);
    let lines: Vec<_> = graph
        .edges
        .iter()
        .filter_map(|edge| layout.line(place(edge.from)?, place(edge.to)?))
        .map(|line| view! { <path class="graph-line" d=line></path> })
        .collect();
    let boxes: Vec<_> = graph
        .nodes
        .iter()
        .zip(&layout.places)
        .map(|(node, place)| one(node, *place, reached_by(graph, node), as_of))
        .collect();
    let cut = graph.cut.then(|| view! { <p class="quiet" data-testid="graph-cut">{t(c::CUT)}</p> });
    view! {
        <div class="graph-frame" role="group" aria-label=t(c::TITLE)>
            <div class="graph" style:width=px(layout.width) style:height=px(layout.height)>
                <svg width=layout.width.to_string() height=layout.height.to_string() aria-hidden="true">
                    {lines}
                </svg>
                {boxes}
            </div>
        </div>
        {cut}
        {table(graph)}
    }
    .into_any()
}

/// The tie by which the walk came to the record, as seen from where it came.
fn reached_by(graph: &Graph, node: &GraphNode) -> Option<GraphEdge> {
    let depth_of = |id: Uuid| graph.nodes.iter().find(|it| it.id == id).map(|it| it.depth);
    graph.edges.iter().find_map(|edge| {
        let other = if edge.from == node.id { edge.to } else { edge.from };
        let is_of = edge.from == node.id || edge.to == node.id;
        (is_of && depth_of(other)? < node.depth).then(|| edge.seen_from(other))
    })
}

fn one(
    node: &GraphNode,
    (x, y): (u32, u32),
    edge: Option<GraphEdge>,
    as_of: Option<NaiveDate>,
) -> AnyView {
    let path = match node.kind {
        GraphKind::Contact => Route::Contact(node.id.into()).path(),
        GraphKind::Corporation => Route::Corporation(node.id.into()).path(),
    };
    let href = match as_of {
        Some(day) => format!("{path}?{AS_OF}={day}"),
        None => path,
    };
    let (name, whole) = (node.name.clone(), node.name.clone());
    let is_middle = node.depth == 0;
    let kind = if node.kind == GraphKind::Contact { "contact" } else { "corporation" };
    let said = move || edge.as_ref().map(|edge| words(edge, locale())).unwrap_or_default();
    view! {
        <a
            class="graph-node"
            href=href
            title=whole
            data-kind=kind
            data-middle=is_middle.then_some("true")
            aria-current=is_middle.then_some("true")
            data-testid="graph-node"
            style:left=px(x)
            style:top=px(y)
            style:width=px(BOX_WIDTH)
            style:height=px(BOX_HEIGHT)
        >
            <span class="graph-name">{name}</span>
            <span class="graph-what">{said}</span>
        </a>
    }
    .into_any()
}

fn px(length: u32) -> String {
    format!("{length}px")
}

/// What the one at the end of the tie is to the one at its beginning.
fn words(edge: &GraphEdge, locale: Locale) -> String {
    let what = edge
        .role
        .map(role)
        .or_else(|| edge.person.map(person_relation))
        .or_else(|| edge.company.map(company_relation))
        .unwrap_or(c::LINKED);
    let share = edge.share.map(|share| format!(" · {}", share_text(share.into(), locale)));
    format!("{}{}", what.get(locale), share.unwrap_or_default())
}

/// The same for who does not see the picture.
fn table(graph: &Graph) -> AnyView {
    let name = |id: Uuid| {
        let node = graph.nodes.iter().find(|node| node.id == id);
        node.map(|node| node.name.clone()).unwrap_or_default()
    };
    let rows: Vec<_> = graph
        .edges
        .iter()
        .map(|edge| {
            let (from, to, edge) = (name(edge.from), name(edge.to), edge.clone());
            view! {
                <tr>
                    <td>{from}</td>
                    <td>{to}</td>
                    <td>{move || words(&edge, locale())}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <details class="graph-table">
            <summary>{t(c::AS_TABLE)}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(c::ONE)}</th>
                        <th scope="col">{t(c::OTHER)}</th>
                        <th scope="col">{t(c::WHAT)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}
