//! What people do with contacts and corporations.

use super::act::Target;
use super::browser::Browser;

/// A row of a list.
pub const ROW: &str = "tbody tr[data-id]";
/// The further corporations in the form of a contact.
pub const FURTHER: &str = "[data-testid=further-corporations] [role=combobox]";

impl Browser {
    /// Presses a link of the navigation.
    #[track_caller]
    pub fn go_to(&self, path: &str) {
        self.click(format!("nav a[href='{path}']").as_str());
        self.at_path(path, |at| at.split('?').next() == Some(path));
    }

    /// Creates a corporation of that name.
    #[track_caller]
    pub fn create_corporation(&self, name: &str) {
        self.go_to("/corporations");
        self.click("a[href='/corporations/new']");
        self.at("/corporations/new");
        self.fill("[name=name]", name);
        self.save();
        self.at_record("/corporations");
        self.sees("h1", name);
    }

    /// Creates a contact that belongs to these corporations, the first of them as primary,
    /// and says at which path.
    #[track_caller]
    pub fn create_contact(&self, first: &str, last: &str, corporations: &[&str]) -> String {
        self.go_to("/contacts");
        self.click("a[href='/contacts/new']");
        self.at("/contacts/new");
        self.fill("[name=first_name]", first);
        self.fill("[name=last_name]", last);
        for (index, name) in corporations.iter().enumerate() {
            let input = if index == 0 { "[name=primary_corporation_id]" } else { FURTHER };
            self.choose(input, name);
        }
        self.save();
        self.at_record("/contacts")
    }

    /// Finds by typing, and chooses with the mouse.
    #[track_caller]
    pub fn choose(&self, combobox: &str, name: &str) {
        self.fill(combobox, name);
        self.click(Target::Option(name));
    }

    /// Chooses in one of the browser's own selects, as soon as it offers that.
    #[track_caller]
    pub fn select(&self, selector: &str, label: &str) {
        let choose = "const select = document.querySelector(arguments[0]);
            const option = [...(select?.options ?? [])].find(it => it.text === arguments[1]);
            if (!option) return false;
            select.value = option.value;
            select.dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        self.until(&format!("“{label}” in {selector}"), || {
            let chosen = self.script(choose, &[selector.into(), label.into()]);
            (chosen == true).then_some(())
        });
    }

    /// Sets a day or a time: how it is typed depends on the machine's language.
    #[track_caller]
    pub fn set(&self, input: &str, value: &str) {
        let script = "const input = document.querySelector(arguments[0]);
            input.value = arguments[1];
            input.dispatchEvent(new Event('input', { bubbles: true }));";
        self.finds(input);
        self.script(script, &[input.into(), value.into()]);
    }

    /// Presses the form's main button.
    #[track_caller]
    pub fn save(&self) {
        self.click("[data-testid=save]");
    }

    /// Waits for the page of a record, and says its path.
    #[track_caller]
    pub fn at_record(&self, list: &str) -> String {
        self.at_path(&format!("a record of {list}"), |path| {
            let id = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('/'));
            id.is_some_and(|id| id.len() == 36)
        })
    }

    /// Opens what a row is about.
    #[track_caller]
    pub fn open_row(&self, text: &str) {
        self.sees(ROW, text);
        self.click(Target::Row(text));
    }
}
