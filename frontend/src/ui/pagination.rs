//! The foot of a list: where one is, and the way on.

use super::button::{ButtonSize, IconButton};
use super::choice::Choice;
use super::field::Field;
use super::icon::Icon;
use super::model::Model;
use super::select::Select;
use crate::state::{locale, t};
use ebenezer_shared::locale::number;
use ebenezer_shared::pagination::{MAX_PAGE_SIZE, Page};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// What a page of a list says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageInfo {
    pub page: u64,
    pub page_size: u64,
    pub total: u64,
    pub total_is_exact: bool,
}

impl<T> From<&Page<T>> for PageInfo {
    fn from(page: &Page<T>) -> Self {
        Self {
            page: page.page,
            page_size: page.page_size,
            total: page.total,
            total_is_exact: page.total_is_exact,
        }
    }
}

impl PageInfo {
    const fn first(self) -> u64 {
        (self.page.saturating_sub(1)) * self.page_size + 1
    }

    fn last(self) -> u64 {
        let last = self.page * self.page_size;
        if self.total_is_exact { last.min(self.total) } else { last }
    }

    const fn has_next(self) -> bool {
        !self.total_is_exact || self.page * self.page_size < self.total
    }
}

/// The sizes to choose from.
const SIZES: [u64; 4] = [20, 50, 100, MAX_PAGE_SIZE];

/// “21–40 de 1.204”, back, on, and how many at once.
#[component]
pub fn Pagination(
    #[prop(into)] info: Signal<PageInfo>,
    /// Goes to a page, from 1.
    on_page: Callback<u64>,
    /// Changes how many at once.
    #[prop(optional)]
    on_page_size: Option<Callback<u64>>,
) -> impl IntoView {
    let range = move || {
        let (info, locale) = (info.get(), locale());
        if info.total == 0 {
            return texts::pagination::EMPTY.get(locale).to_owned();
        }
        let write = |value| number(locale, value);
        let (from, to, total) = (write(info.first()), write(info.last()), write(info.total));
        if info.total_is_exact {
            texts::pagination::range(locale, from, to, total)
        } else {
            texts::pagination::range_capped(locale, from, to, total)
        }
    };
    let go = move |forward: bool| {
        let page = info.get_untracked().page;
        on_page.run(if forward { page + 1 } else { page.saturating_sub(1).max(1) });
    };
    view! {
        <nav class="pagination" aria-label=t(texts::pagination::LABEL)>
            {on_page_size.map(|on_page_size| view! { <PageSize info on_page_size/> })}
            <p class="pagination-range" aria-live="polite">{range}</p>
            <div class="pagination-steps">
                <IconButton
                    icon=Icon::ChevronLeft
                    size=ButtonSize::Small
                    label=t(texts::pagination::PREVIOUS)
                    disabled=Signal::derive(move || info.get().page <= 1)
                    on_click=move || go(false)
                />
                <IconButton
                    icon=Icon::ChevronRight
                    size=ButtonSize::Small
                    label=t(texts::pagination::NEXT)
                    disabled=Signal::derive(move || !info.get().has_next())
                    on_click=move || go(true)
                />
            </div>
        </nav>
    }
}

#[component]
fn PageSize(info: Signal<PageInfo>, on_page_size: Callback<u64>) -> impl IntoView {
    let value = Model::new(
        Signal::derive(move || info.get().page_size.to_string()),
        move |size: String| {
            if let Ok(size) = size.parse() {
                on_page_size.run(size);
            }
        },
    );
    let options = Signal::derive(move || {
        let mut sizes = SIZES.to_vec();
        let own = info.get().page_size;
        if own > 0 && !sizes.contains(&own) {
            sizes.push(own);
            sizes.sort_unstable();
        }
        sizes
            .into_iter()
            .map(|size| Choice::new(size.to_string(), size.to_string()))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="pagination-size">
            <Field label=t(texts::pagination::PAGE_SIZE)>
                <Select value options/>
            </Field>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(page: u64, total: u64, total_is_exact: bool) -> PageInfo {
        PageInfo { page, page_size: 20, total, total_is_exact }
    }

    #[test]
    fn the_last_page_ends_with_the_list() {
        assert_eq!((info(3, 45, true).first(), info(3, 45, true).last()), (41, 45));
        assert!(!info(3, 45, true).has_next());
        assert!(info(2, 45, true).has_next());
    }

    #[test]
    fn a_capped_count_does_not_end_the_list() {
        assert!(info(500, 10_000, false).has_next());
        assert_eq!(info(501, 10_000, false).last(), 10_020);
    }
}
