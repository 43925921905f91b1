//! Making people and companies out of chance that is always the same.

use super::vocabulary::{
    CITIES, FIRST_NAMES, FORMS, INDUSTRIES, STREETS, SURNAMES, TITLES, TRADES,
};
use crate::crm::contacts::{entity as contact, write as contact_write};
use crate::crm::corporations::{entity as corporation, write as corporation_write};
use crate::crm::phone::Phone;
use crate::db::normalize;
use crate::state::AppState;
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::json;
use uuid::{Builder, Uuid};

/// Where rows come from: the firm, its people, and chance.
pub struct Maker<'s> {
    pub state: &'s AppState,
    pub tenant: Uuid,
    pub owners: Vec<Uuid>,
    pub departments: Vec<Uuid>,
    pub now: DateTime<Utc>,
    pub rng: StdRng,
}

/// An id of that time.
pub fn id_at(rng: &mut StdRng, at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &rng.random()).into_uuid()
}

fn phone_of(area: u16, line: u32) -> Phone {
    let (exchange, line) = (line / 10_000 % 1000, line % 10_000);
    Phone {
        e164: format!("+1{area}{exchange:03}{line:04}"),
        display: format!("({area}) {exchange:03}-{line:04}"),
    }
}

impl Maker<'_> {
    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let index = self.rng.random_range(0..from.len().max(1));
        from.get(index).copied()
    }

    fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick(from).unwrap_or_default()
    }

    fn address(&mut self) -> (serde_json::Value, u16) {
        let (city, region, postal_code, area) =
            self.pick(&CITIES).unwrap_or(("Miami", "FL", "33130", 305));
        let line1 = format!("{} {}", self.rng.random_range(100..9900), self.word(&STREETS));
        let address = json!({
            "line1": line1, "city": city, "region": region, "postal_code": postal_code, "country": "US",
        });
        (address, area)
    }

    /// A moment of the last five years, more often of the last ones.
    fn moment(&mut self) -> DateTime<Utc> {
        let share: f64 = self.rng.random();
        #[expect(clippy::cast_possible_truncation, reason = "minutes of five years")]
        let minutes = (share * share * 5.0 * 365.0 * 1440.0) as i64;
        self.now - TimeDelta::minutes(minutes + 60)
    }

    /// A company of that name, or of one made up.
    pub fn corporation(&mut self, name: Option<(&str, &str)>) -> corporation::Model {
        let (ending, form) = self.pick(&FORMS).unwrap_or(("LLC", "llc"));
        let made = format!("{} {} {ending}", self.word(&TRADES), self.word(&TITLES));
        let (name, kind) = match name {
            Some((name, kind)) => (name.to_owned(), kind),
            None => (made.trim().to_owned(), form),
        };
        let created = self.moment();
        let (address, area) = self.address();
        let domain: String = normalize(&name).chars().filter(char::is_ascii_alphanumeric).collect();
        let phone = phone_of(area, self.rng.random_range(2_000_000..9_999_999));
        let ein =
            format!("{}{:07}", self.rng.random_range(20..27), self.rng.random_range(0..10_000_000));
        let mut row = corporation::Model {
            id: id_at(&mut self.rng, created),
            tenant_id: self.tenant,
            legal_name: Some(name.clone()),
            name,
            sort_name: String::new(),
            search_text: String::new(),
            ein_sealed: None,
            ein_hash: None,
            ein_last4_hash: None,
            kind: Some(kind.to_owned()),
            status: if self.rng.random_bool(0.88) { "active" } else { "prospect" }.to_owned(),
            industry: Some(self.word(&INDUSTRIES).to_owned()),
            fiscal_year_end: Some(
                if self.rng.random_bool(0.85) { "12-31" } else { "06-30" }.to_owned(),
            ),
            address,
            phone: None,
            phone_display: None,
            email: Some(format!("info@{domain}.example").chars().take(200).collect()),
            notes: None,
            external_id: None,
            version: 1,
            created_by: self.owners.first().copied(),
            created_at: created,
            updated_at: created,
        };
        corporation_write::set_ein(self.state, &mut row, Some(&ein));
        corporation_write::set_phone(&mut row, Some(phone));
        corporation_write::set_keys(&mut row);
        row
    }

    /// A person made up. `serial` keeps emails apart.
    pub fn contact(&mut self, serial: usize) -> contact::Model {
        let first_name = if self.rng.random_bool(0.25) {
            format!("{} {}", self.word(&FIRST_NAMES), self.word(&FIRST_NAMES))
        } else {
            self.word(&FIRST_NAMES).to_owned()
        };
        let last_name = format!("{} {}", self.word(&SURNAMES), self.word(&SURNAMES));
        let created = self.moment();
        let (address, area) = self.address();
        let user: String = normalize(&format!("{first_name}.{last_name}")).replace(' ', ".");
        let status = match self.rng.random_range(0..100) {
            0..78 => "active",
            78..90 => "prospect",
            _ => "inactive",
        };
        let mut row = self.blank(first_name, last_name, created);
        status.clone_into(&mut row.status);
        row.client_since = (status != "prospect").then(|| created.date_naive());
        row.address = address;
        row.department_id = self.pick(&self.departments.clone());
        row.owner_id = self.pick(&self.owners.clone());
        row.preferred_language =
            Some(if self.rng.random_bool(0.8) { "es" } else { "en" }.to_owned());
        contact_write::set_email(&mut row, Some(format!("{user}{serial}@correo.example")));
        let phone = phone_of(area, self.rng.random_range(2_000_000..9_999_999));
        contact_write::set_phone(&mut row, Some(phone));
        if self.rng.random_bool(0.8) {
            let ssn = format!(
                "{:03}{:02}{:04}",
                self.rng.random_range(101..665),
                self.rng.random_range(1..99),
                self.rng.random_range(1..9999)
            );
            contact_write::set_ssn(self.state, &mut row, Some(&ssn));
        }
        let birth = NaiveDate::from_ymd_opt(
            self.rng.random_range(1945..2004),
            self.rng.random_range(1..13),
            self.rng.random_range(1..29),
        );
        contact_write::set_date_of_birth(self.state, &mut row, birth);
        contact_write::set_keys(&mut row);
        row
    }

    /// One of the people whom the firm's manual shows.
    pub fn known(
        &mut self,
        name: (&str, &str),
        email: &str,
        line: u32,
        since: i32,
    ) -> contact::Model {
        let day = NaiveDate::from_ymd_opt(since, 3, 14).unwrap_or_else(|| self.now.date_naive());
        let created = day.min(self.now.date_naive()).and_time(chrono::NaiveTime::MIN).and_utc();
        let mut row =
            self.blank(name.0.to_owned(), name.1.to_owned(), created + TimeDelta::hours(15));
        row.client_since = Some(created.date_naive());
        row.department_id = self.departments.first().copied();
        row.owner_id = self.owners.first().copied();
        row.preferred_language = Some("es".to_owned());
        let (address, _) = self.address();
        row.address = address;
        contact_write::set_email(&mut row, Some(email.to_owned()));
        contact_write::set_phone(&mut row, Some(phone_of(555, line)));
        let ssn = format!("{}45{:04}", 120 + row.created_at.year() % 100, line % 10_000);
        contact_write::set_ssn(self.state, &mut row, Some(&ssn));
        contact_write::set_date_of_birth(
            self.state,
            &mut row,
            NaiveDate::from_ymd_opt(1984, 5, 21),
        );
        contact_write::set_keys(&mut row);
        row
    }

    fn blank(
        &mut self,
        first_name: String,
        last_name: String,
        created: DateTime<Utc>,
    ) -> contact::Model {
        contact::Model {
            id: id_at(&mut self.rng, created),
            tenant_id: self.tenant,
            first_name,
            last_name,
            sort_name: String::new(),
            search_text: String::new(),
            email: None,
            email_key: String::new(),
            phone: None,
            phone_display: None,
            status: "active".to_owned(),
            client_since: None,
            primary_corporation_id: None,
            department_id: None,
            owner_id: None,
            address: json!({}),
            date_of_birth_sealed: None,
            ssn_sealed: None,
            ssn_hash: None,
            ssn_last4_hash: None,
            preferred_language: None,
            notes: None,
            external_id: None,
            version: 1,
            created_by: self.owners.first().copied(),
            created_at: created,
            updated_at: created,
        }
    }

    /// Gives a person up to four of the companies; the first is the primary one.
    pub fn links(&mut self, corporations: &[Uuid]) -> Vec<Uuid> {
        let count = match self.rng.random_range(0..100) {
            0..30 => 0,
            30..75 => 1,
            75..90 => 2,
            90..97 => 3,
            _ => 4,
        };
        let mut chosen = Vec::new();
        for _ in 0..count {
            if let Some(id) = self.pick(corporations).filter(|id| !chosen.contains(id)) {
                chosen.push(id);
            }
        }
        chosen
    }
}
