//! Who uses the app.

use super::act::Target;
use super::browser::Browser;
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts::auth as a;

/// Everybody's password, where the test chooses it.
pub const PASSWORD: &str = "bateria-grapa-caballo-71";
/// That of the demo logins.
pub const DEMO_PASSWORD: &str = "lluvia-verde-camino-42";

/// A firm to register.
pub struct Firm {
    pub company: &'static str,
    pub person: &'static str,
    pub email: &'static str,
}

/// A firm that nobody has registered yet.
pub const fn firm() -> Firm {
    Firm {
        company: "Asesorías Peña", person: "Lucía Peña", email: "lucia@asesorias-pena.example"
    }
}

/// The login of the first demo firm with that role.
pub fn demo(role: Role) -> String {
    format!("{}@ebenezer.example", role.as_str())
}

impl Browser {
    /// Fills in the login form, which must be shown, and sends it.
    #[track_caller]
    pub fn log_in(&self, email: &str, password: &str) {
        self.fill_in(a::EMAIL, email);
        self.fill_in(a::PASSWORD, password);
        self.press(a::LOG_IN);
    }

    /// Opens a page of the first demo firm as somebody of that role.
    #[track_caller]
    pub fn enter(&self, role: Role, path: &str) {
        self.visit("/login");
        self.log_in(&demo(role), DEMO_PASSWORD);
        self.finds("nav.nav, .topbar");
        self.ready();
        if self.path() != path {
            self.visit(path);
        }
    }

    /// Registers a tax firm; its owner is logged in then.
    #[track_caller]
    pub fn register(&self, firm: &Firm) {
        self.visit("/register");
        self.fill_in(a::COMPANY, firm.company);
        self.click("label:has(> input[name=product][value=tax])");
        self.fill_in(a::FULL_NAME, firm.person);
        self.fill_in(a::EMAIL, firm.email);
        self.fill_in(a::PASSWORD, PASSWORD);
        self.press(a::REGISTER);
        self.at("/dashboard");
        if self.has("nav a[href='/contacts']") {
            self.click("nav a[href='/contacts']");
            self.at("/contacts");
        } else {
            self.visit("/contacts");
        }
    }

    /// Chooses an entry of the person's menu.
    #[track_caller]
    pub fn person_menu(&self, entry: &str) {
        self.click(".topbar-end button[aria-haspopup=menu]");
        self.click(Target::Named(entry.to_owned()));
    }
}
