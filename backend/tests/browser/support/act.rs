//! What people do with a page: look, press, type.

use super::browser::Browser;
use super::wait::patiently;
use ebenezer_shared::locale::{Locale, Text};
use serde_json::json;
use std::path::Path;
use thirtyfour::{By, Key, TypingData, WebElement};

/// How somebody would say what they mean.
#[derive(Clone, Debug)]
pub enum Target<'t> {
    /// By selector, for what has no name.
    Css(&'t str),
    /// A button, link or menu entry, by its accessible name.
    Named(String),
    /// An input, by its label.
    Labelled(String),
    /// An entry of an open list, by its label.
    Option(&'t str),
    /// What opens the row of a list that holds the text.
    Row(&'t str),
}

impl<'t> From<&'t str> for Target<'t> {
    fn from(selector: &'t str) -> Self {
        Self::Css(selector)
    }
}

/// More than any page has places for the focus.
const MOST_TABS: usize = 120;

/// Finds what a person can reach: visible, and in the dialog when one is open.
const FIND: &str = r#"
    const [kind, wanted] = arguments;
    const dialogs = document.querySelectorAll("dialog[open]");
    const root = dialogs[dialogs.length - 1] ?? document;
    const plain = text => text.replace(/\s+/g, " ").trim();
    const reachable = element => element
        && element.checkVisibility({ visibilityProperty: true })
        && !element.closest("[inert]");
    if (kind === "css") return [...root.querySelectorAll(wanted)].find(reachable) ?? null;
    if (kind === "label") {
        const own = label => plain([...label.childNodes]
            .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join(""));
        const labels = [...root.querySelectorAll("label")].filter(label =>
            own(label) === wanted || plain(label.textContent) === wanted);
        return labels.map(label => label.control).find(reachable) ?? null;
    }
    if (kind === "option") return [...root.querySelectorAll("[role=option]")].find(option =>
        reachable(option) && plain(option.querySelector(".option-label").innerText) === wanted) ?? null;
    if (kind === "row") return [...root.querySelectorAll("tbody tr[data-id]")].find(row =>
        plain(row.innerText).includes(wanted))?.querySelector("[data-row-open]") ?? null;
    const pressable = "button, a[href], [role^=menuitem], [role=option], [role=tab], summary";
    const name = element => plain(element.getAttribute("aria-label") ?? element.innerText);
    return [...root.querySelectorAll(pressable)]
        .filter(element => name(element) === wanted).find(reachable) ?? null;"#;

const TEXTS: &str = r#"
    return [...document.querySelectorAll(arguments[0])]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => element.innerText.replace(/\s+/g, " ").trim());"#;

impl Browser {
    /// The language of the page.
    pub fn locale(&self) -> Locale {
        let tag = self.script("return document.documentElement.lang", &[]);
        Locale::ALL.into_iter().find(|locale| tag == locale.tag()).unwrap_or_default()
    }

    /// A text of the interface, in the language of the page.
    pub fn say(&self, text: Text) -> &'static str {
        text.get(self.locale())
    }

    /// Presses a button, link or menu entry by its name.
    #[track_caller]
    pub fn press(&self, text: Text) {
        self.press_named(self.say(text));
    }

    /// The same where the name is not a fixed text.
    #[track_caller]
    pub fn press_named(&self, name: &str) {
        self.click(Target::Named(name.to_owned()));
    }

    /// Presses with the mouse, as soon as it can be hit.
    #[track_caller]
    pub fn click<'t>(&self, target: impl Into<Target<'t>>) {
        let target = target.into();
        self.act(&target, |element| async move {
            element.scroll_into_view().await?;
            element.click().await
        });
    }

    /// Replaces what stands in an input.
    #[track_caller]
    pub fn fill<'t>(&self, target: impl Into<Target<'t>>, text: &str) {
        let target = target.into();
        self.act(&target, |element| async move {
            element.scroll_into_view().await?;
            element.click().await?;
            element.send_keys(Key::Control + "a").await?;
            element.send_keys(Key::Delete + text).await
        });
        let what = format!("“{text}” in {target:?}");
        self.until(&what, || {
            let element = self.find(&target)?;
            let value = self.run(element.prop("value")).ok()??;
            (value == text).then_some(())
        });
    }

    /// Replaces what stands in the input of that label.
    #[track_caller]
    pub fn fill_in(&self, label: Text, text: &str) {
        self.fill(Target::Labelled(self.say(label).to_owned()), text);
    }

    /// Chooses files in the browser's dialog that the button inside `place` would open.
    #[track_caller]
    pub fn upload(&self, place: &str, files: &[&Path]) {
        let selector = format!("{place} input[type=file]");
        let input =
            self.until(&selector, || self.run(self.driver().find(By::Css(selector.as_str()))).ok());
        let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        // One line a file, as the protocol has it (WebDriver, 12.5.3).
        self.run(input.send_keys(names.join("\n"))).unwrap();
    }

    /// Types into whatever has the focus.
    #[track_caller]
    pub fn keys(&self, keys: impl Into<TypingData>) {
        let keys = keys.into();
        let typed = self.run(async {
            let focused = self.driver().active_element().await?;
            focused.send_keys(keys).await
        });
        typed.unwrap();
    }

    /// Waits until it has the focus.
    #[track_caller]
    pub fn focused<'t>(&self, target: impl Into<Target<'t>>) {
        let target = target.into();
        self.until(&format!("the focus on {target:?}"), || self.has_focus(&target).then_some(()));
    }

    /// Moves the focus there as the Tab key does.
    #[track_caller]
    pub fn tab_to<'t>(&self, target: impl Into<Target<'t>>) {
        let target = target.into();
        self.finds(target.clone());
        for _ in 0..MOST_TABS {
            if self.has_focus(&target) {
                return;
            }
            self.keys(Key::Tab);
        }
        panic!("{MOST_TABS} Tabs do not lead to {target:?}, at {}", self.path());
    }

    fn has_focus(&self, target: &Target<'_>) -> bool {
        let focused = self.run(self.driver().active_element()).ok();
        let wanted = self.find(target);
        wanted.zip(focused).is_some_and(|(wanted, focused)| wanted == focused)
    }

    /// The texts of all that is visible and fits the selector.
    #[track_caller]
    pub fn texts(&self, selector: &str) -> Vec<String> {
        serde_json::from_value(self.script(TEXTS, &[json!(selector)])).unwrap()
    }

    /// Whether something visible fits the selector now.
    #[track_caller]
    pub fn has(&self, selector: &str) -> bool {
        !self.texts(selector).is_empty()
    }

    /// Waits until something can be reached.
    #[track_caller]
    pub fn finds<'t>(&self, target: impl Into<Target<'t>>) -> WebElement {
        let target = target.into();
        self.until(&format!("{target:?}"), || self.find(&target))
    }

    /// The value of an attribute of `<html>`.
    #[track_caller]
    pub fn root_attribute(&self, name: &str) -> Option<String> {
        let script = "return document.documentElement.getAttribute(arguments[0])";
        self.script(script, &[json!(name)]).as_str().map(ToOwned::to_owned)
    }

    pub fn find(&self, target: &Target<'_>) -> Option<WebElement> {
        let (kind, wanted) = match target {
            Target::Css(selector) => ("css", *selector),
            Target::Named(name) => ("name", name.as_str()),
            Target::Labelled(label) => ("label", label.as_str()),
            Target::Option(label) => ("option", *label),
            Target::Row(text) => ("row", *text),
        };
        let arguments = vec![json!(kind), json!(wanted)];
        self.run(self.driver().execute(FIND, arguments)).ok()?.element().ok()
    }

    /// Tries until the browser lets it happen: what is covered, moves or is drawn anew right
    /// now can be hit in a moment.
    #[track_caller]
    fn act<F>(&self, target: &Target<'_>, act: impl Fn(WebElement) -> F)
    where
        F: Future<Output = thirtyfour::error::WebDriverResult<()>>,
    {
        let mut why = "it is not there".to_owned();
        let done = patiently(|| {
            let element = self.find(target)?;
            self.run(act(element)).map_err(|error| why = error.to_string()).ok()
        });
        assert!(done.is_some(), "{target:?} cannot be used, at {}: {why}", self.path());
    }
}
