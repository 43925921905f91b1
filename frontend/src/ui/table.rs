//! Lists as tables: sticky head, sorting, selection, keys; cards on phone widths.

use super::list_keys::use_list_keys;
use super::model::Model;
use super::table_head::{HeadCell, SkeletonRows};
use super::table_row::{Range, RowData, RowView, SelectAll};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// On which side a column's content stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    /// Numbers.
    End,
}

/// What a column is to the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnRole {
    #[default]
    Plain,
    /// Names the row, opens it, and heads its card.
    Title,
    /// Things to do with the row; has no name.
    Actions,
}

/// More columns than these are scrolled sideways.
const FITTING: usize = 9;

type Cell<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

/// One column.
#[derive(Clone)]
pub struct Column<T> {
    pub(super) label: TextProp,
    pub(super) sort: Option<&'static str>,
    pub(super) align: Align,
    pub(super) role: ColumnRole,
    pub(super) wide_only: bool,
    pub(super) one_line: bool,
    key: &'static str,
    cell: Cell<T>,
}

impl<T> Column<T> {
    /// A column; `cell` makes the content for a row.
    pub fn new<V: IntoView + 'static>(
        label: impl Into<TextProp>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self {
            label: label.into(),
            sort: None,
            align: Align::Start,
            role: ColumnRole::Plain,
            wide_only: false,
            one_line: false,
            key: "",
            cell: Arc::new(move |row| cell(row).into_any()),
        }
    }

    /// Can be chosen under that name.
    #[must_use]
    pub fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    /// The server sorts by `field`.
    #[must_use]
    pub fn sortable(mut self, field: &'static str) -> Self {
        self.sort = Some(field);
        self
    }

    /// Numbers stand at the end.
    #[must_use]
    pub fn end(mut self) -> Self {
        self.align = Align::End;
        self
    }

    /// The column that names and opens the row. One of them.
    #[must_use]
    pub fn title(mut self) -> Self {
        self.role = ColumnRole::Title;
        self
    }

    /// The column of things to do, the last one.
    #[must_use]
    pub fn actions(mut self) -> Self {
        self.role = ColumnRole::Actions;
        self
    }

    /// Left out where the list is narrow.
    #[must_use]
    pub fn wide_only(mut self) -> Self {
        self.wide_only = true;
        self
    }

    /// Stays in one line and ends with an ellipsis where it is too long. The cell says the
    /// whole by a `title`.
    #[must_use]
    pub fn one_line(mut self) -> Self {
        self.one_line = true;
        self
    }
}

/// The columns of those names in their order, between those that name a row and those that
/// do something with it.
pub fn arranged<T>(columns: Vec<Column<T>>, names: &[String]) -> Vec<Column<T>> {
    let (mut fixed, mut plain) = (Vec::new(), Vec::new());
    for column in columns {
        if column.role == ColumnRole::Plain { plain.push(column) } else { fixed.push(column) }
    }
    let place = |column: &Column<T>| names.iter().position(|name| name == column.key);
    plain.retain(|column| place(column).is_some());
    plain.sort_by_key(|column| place(column));
    let at = fixed.iter().position(|column| column.role == ColumnRole::Actions);
    let at = at.unwrap_or(fixed.len());
    fixed.splice(at..at, plain);
    fixed
}

/// What the head needs of a column, whatever the rows are made of.
#[derive(Clone)]
pub struct Head {
    pub label: TextProp,
    pub sort: Option<&'static str>,
    pub align: Align,
    pub role: ColumnRole,
    pub wide_only: bool,
    pub one_line: bool,
}

/// A table of `T`.
///
/// A row is drawn again when `row_id` or `row_version` changes; `updated_at` serves well as
/// version.
#[component]
pub fn DataTable<T>(
    /// Names the table for screen readers.
    #[prop(into)]
    label: TextProp,
    columns: Vec<Column<T>>,
    /// None while they are fetched for the first time: skeleton rows.
    #[prop(into)]
    rows: Signal<Option<Vec<T>>>,
    row_id: fn(&T) -> String,
    row_version: fn(&T) -> String,
    /// What a person calls the row.
    row_label: fn(&T) -> String,
    /// Where the title leads.
    #[prop(optional)]
    row_href: Option<fn(&T) -> String>,
    /// What the title does when it leads nowhere; gets the row's id.
    #[prop(optional)]
    on_open: Option<Callback<String>>,
    /// New rows are under way: the old ones are dimmed.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// The order as the API takes it: `name`, `-created_at`.
    #[prop(optional, into)]
    ordering: Option<Model<String>>,
    /// Ids of the selected rows; with it there are boxes.
    #[prop(optional_no_strip, into)]
    selection: Option<RwSignal<BTreeSet<String>>>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let heads: Vec<Head> = columns
        .iter()
        .map(|column| Head {
            label: column.label.clone(),
            sort: column.sort,
            align: column.align,
            role: column.role,
            wide_only: column.wide_only,
            one_line: column.one_line,
        })
        .collect();
    let cells: Arc<[Cell<T>]> = columns.into_iter().map(|column| column.cell).collect();
    let loading = Signal::derive(move || rows.with(Option::is_none));
    let page_ids =
        Signal::derive(move || rows.with(|rows| rows.iter().flatten().map(row_id).collect()));
    let data = Signal::derive(move || {
        rows.with(|rows| {
            rows.iter()
                .flatten()
                .cloned()
                .map(|row| {
                    let cells = Arc::clone(&cells);
                    RowData {
                        id: row_id(&row),
                        version: row_version(&row),
                        label: row_label(&row),
                        href: row_href.map(|href| href(&row)),
                        cell: Arc::new(move |index| cells.get(index).map(|cell| cell(&row))),
                    }
                })
                .collect::<Vec<_>>()
        })
    });
    view! { <TableFrame label heads data loading page_ids pending ordering selection on_open/> }
}

#[component]
fn TableFrame(
    label: TextProp,
    heads: Vec<Head>,
    data: Signal<Vec<RowData>>,
    loading: Signal<bool>,
    page_ids: Signal<Vec<String>>,
    pending: Signal<bool>,
    ordering: Option<Model<String>>,
    selection: Option<RwSignal<BTreeSet<String>>>,
    on_open: Option<Callback<String>>,
) -> impl IntoView {
    let frame = NodeRef::new();
    let toggle = selection.map(|selection| {
        Callback::new(move |id: String| {
            selection.update(|selected| {
                if !selected.remove(&id) {
                    selected.insert(id);
                }
            });
        })
    });
    use_list_keys(frame, toggle);
    let range = Range { page_ids, last: StoredValue::new(None) };
    let many = heads.len() > FITTING;
    let heads: Arc<[Head]> = heads.into();
    let (in_rows, in_skeleton) = (Arc::clone(&heads), Arc::clone(&heads));
    let busy = Signal::derive(move || pending.get() || loading.get());
    view! {
        <div class="table-box" node_ref=frame data-many=many.then_some("true") data-busy=move || busy.get().then_some("true")>
            <table class="table" role="table" aria-label=move || label.get() aria-busy=move || busy.get().to_string()>
                <thead role="rowgroup">
                    <tr role="row">
                        {selection.map(|selection| view! {
                            <th class="table-select" role="columnheader" scope="col">
                                <SelectAll selection page_ids/>
                            </th>
                        })}
                        {heads.iter().cloned().map(|head| view! { <HeadCell head ordering/> }).collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <Show
                        when=move || !loading.get()
                        fallback=move || view! { <SkeletonRows heads=Arc::clone(&in_skeleton) selectable=selection.is_some()/> }
                    >
                        <For
                            each=move || data.get()
                            key=|row| (row.id.clone(), row.version.clone())
                            children={
                                let heads = Arc::clone(&in_rows);
                                move |row| view! { <RowView row heads=Arc::clone(&heads) selection range on_open/> }
                            }
                        />
                    </Show>
                </tbody>
            </table>
        </div>
    }
}
