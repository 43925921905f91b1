//! A button that opens a list of things to do or to choose.

use super::button::{ButtonKind, ButtonSize};
use super::float::{FloatAlign, is_open, place, unplace};
use super::icon::{Icon, IconView};
use super::id;
use leptos::children::{Children, ChildrenFn, ViewFn};
use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Lets the entries close the menu around them.
#[derive(Clone, Copy)]
struct MenuContext {
    close: Callback<()>,
}

/// A menu with its button.
///
/// ```ignore
/// <Menu label=t(texts::common::MORE_ACTIONS) trigger=|| view! { <IconView icon=Icon::More/> }>
///     <MenuItem icon=Icon::Edit on_select=edit>{t(texts::common::EDIT)}</MenuItem>
///     <MenuSeparator/>
///     <MenuItem icon=Icon::Trash danger=true on_select=delete>{t(texts::common::DELETE)}</MenuItem>
/// </Menu>
/// ```
#[expect(clippy::needless_pass_by_value, reason = "props are owned")]
#[component]
pub fn Menu(
    /// Names button and menu for screen readers.
    #[prop(into)]
    label: TextProp,
    /// What the button shows.
    #[prop(into)]
    trigger: ViewFn,
    #[prop(default = ButtonKind::Ghost)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    /// The button shows a text that says what it is: `label` stays on the menu alone.
    #[prop(optional)]
    trigger_says_it: bool,
    /// The button holds nothing but an icon.
    #[prop(optional)]
    icon_only: bool,
    #[prop(optional)] align: FloatAlign,
    /// Marks the button, for filters that filter.
    #[prop(optional, into)]
    active: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let menu_id = id::unique("menu");
    let button = NodeRef::<leptos::html::Button>::new();
    let menu = NodeRef::<leptos::html::Div>::new();
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| {
        if let Some(menu) = menu.get_untracked() {
            let _ = menu.hide_popover();
        }
    });
    let on_toggle = move |_| {
        let (Some(button), Some(menu)) = (button.get_untracked(), menu.get_untracked()) else {
            return;
        };
        open.set(is_open(&menu));
        if is_open(&menu) {
            request_animation_frame(move || {
                place(&button, &menu, align);
                focus_entry(&menu, Step::To(0));
            });
        } else {
            unplace(&menu);
        }
    };
    super::float::follow(open.into(), move || {
        if let (Some(button), Some(menu)) = (button.get_untracked(), menu.get_untracked())
            && is_open(&menu)
        {
            place(&button, &menu, align);
        }
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::To(0),
            "End" => Step::Last,
            "Tab" => {
                close.run(());
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(menu) = menu.get_untracked() {
            focus_entry(&menu, step);
        }
    };
    let (on_button, on_menu) = (label.clone(), label);
    view! {
        <button
            type="button"
            class="button"
            node_ref=button
            popovertarget=menu_id.clone()
            data-kind=kind.as_attribute()
            data-size=size.as_attribute()
            data-shape=icon_only.then_some("icon")
            data-active=move || active.get().then_some("true")
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=move || (!trigger_says_it).then(|| on_button.get())
        >
            {trigger.run()}
        </button>
        <div
            class="menu float"
            id=menu_id
            popover="auto"
            role="menu"
            aria-label=move || on_menu.get()
            node_ref=menu
            on:toggle=on_toggle
            on:keydown=on_key
        >
            <Provider value=MenuContext { close }>
                <Show when=move || open.get()>{children()}</Show>
            </Provider>
        </div>
    }
}

/// Which entry gets the focus.
enum Step {
    Next,
    Previous,
    To(u32),
    Last,
}

fn focus_entry(menu: &HtmlElement, step: Step) {
    let Ok(entries) = menu.query_selector_all("[role^=menuitem]:not([aria-disabled=true])") else {
        return;
    };
    let count = entries.length();
    let focused = document().active_element();
    let current = (0..count).find(|index| {
        entries.item(*index).as_ref().map(AsRef::<web_sys::Node>::as_ref)
            == focused.as_ref().map(AsRef::as_ref)
    });
    let next = match (step, current) {
        (Step::Next, Some(current)) if current + 1 < count => current + 1,
        (Step::Previous, Some(0) | None) | (Step::Last, _) => count.saturating_sub(1),
        (Step::Previous, Some(current)) => current - 1,
        (Step::To(index), _) => index,
        (Step::Next, _) => 0,
    };
    if let Some(entry) = entries.item(next).and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) {
        let _ = entry.focus();
    }
}

/// Closes the menu, then acts: so that a dialog opened by the act has the focus.
fn select(on_select: Callback<()>) -> impl Fn() + Copy + 'static {
    let context = use_context::<MenuContext>();
    move || {
        if let Some(context) = context {
            context.close.run(());
        }
        on_select.run(());
    }
}

/// Something to do.
#[component]
pub fn MenuItem(
    #[prop(optional, into)] icon: Option<Icon>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    let select = select(on_select);
    view! {
        <button
            type="button"
            class="menu-item"
            role="menuitem"
            tabindex="-1"
            data-danger=danger.then_some("true")
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |_| {
                if !disabled.get_untracked() {
                    select();
                }
            }
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="menu-item-text">{children()}</span>
        </button>
    }
}

/// Somewhere to go.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional, into)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    let close = select(Callback::new(|()| ()));
    view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href=href on:click=move |_| close()>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="menu-item-text">{children()}</span>
        </a>
    }
}

/// One of several of which one holds.
#[component]
pub fn MenuChoice(
    #[prop(into)] checked: Signal<bool>,
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(into)] on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! { <Checkable role="menuitemradio" checked icon on_select children/> }
}

#[component]
fn Checkable(
    role: &'static str,
    checked: Signal<bool>,
    icon: Option<Icon>,
    on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    let select = select(on_select);
    view! {
        <button
            type="button"
            class="menu-item"
            role=role
            tabindex="-1"
            aria-checked=move || checked.get().to_string()
            on:click=move |_| select()
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="menu-item-text">{children()}</span>
            <span class="menu-item-check"><IconView icon=Icon::Check/></span>
        </button>
    }
}

/// On or off, by itself.
#[component]
pub fn MenuToggle(
    #[prop(into)] checked: Signal<bool>,
    #[prop(optional, into)] icon: Option<Icon>,
    #[prop(into)] on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! { <Checkable role="menuitemcheckbox" checked icon on_select children/> }
}

/// Entries that belong together, under a name.
#[component]
pub fn MenuGroup(#[prop(into)] label: TextProp, children: Children) -> impl IntoView {
    let heading_id = id::unique("menu-group");
    let labelled_by = heading_id.clone();
    view! {
        <div role="group" aria-labelledby=labelled_by>
            <p class="menu-heading" id=heading_id role="presentation">{move || label.get()}</p>
            {children()}
        </div>
    }
}

/// Names the entries below it.
#[component]
pub fn MenuHeading(children: Children) -> impl IntoView {
    view! { <p class="menu-heading" role="presentation">{children()}</p> }
}

/// Parts groups of entries.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <hr class="menu-separator"/> }
}
