//! The settings as they are typed and saved.

use crate::api::{self, ApiError, Client, Tagged};
use crate::crm::conflict::{FieldOf, text_field};
use crate::crm::saving::Kept;
use crate::crm::typed::{text, text_change, unless_empty};
use crate::shell::language;
use crate::state::FormErrors;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::tenant_settings::{TenantSettings, UpdateTenantSettings};
use ebenezer_shared::texts::common::{NO, YES};
use ebenezer_shared::texts::firm as f;

/// All that the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsDraft {
    pub company: String,
    /// The tag of the language.
    pub locale: String,
    pub time_zone: String,
    pub default_country: String,
    pub require_2fa: bool,
    pub require_primary_corporation: bool,
}

impl SettingsDraft {
    /// What differs from `before`; none when nothing does.
    pub fn to_update(&self, before: &Self) -> Option<UpdateTenantSettings> {
        let changed = |before: bool, now: bool| (before != now).then_some(now);
        unless_empty(UpdateTenantSettings {
            company: text_change(&before.company, &self.company),
            locale: if before.locale == self.locale { None } else { Locale::of_tag(&self.locale) },
            time_zone: text_change(&before.time_zone, &self.time_zone),
            default_country: text_change(&before.default_country, &self.default_country),
            require_2fa: changed(before.require_2fa, self.require_2fa),
            require_primary_corporation: changed(
                before.require_primary_corporation,
                self.require_primary_corporation,
            ),
        })
    }
}

macro_rules! switch_field {
    ($field:ident, $label:expr) => {
        FieldOf {
            name: stringify!($field),
            label: $label,
            show: |draft: &SettingsDraft, locale| {
                if draft.$field { YES } else { NO }.get(locale).to_owned()
            },
            same: |a, b| a.$field == b.$field,
            take: |draft, other| draft.$field = other.$field,
        }
    };
}

static FIELDS: [FieldOf<SettingsDraft>; 6] = [
    text_field!(company, f::COMPANY),
    FieldOf {
        name: "locale",
        label: f::LANGUAGE,
        show: |draft, locale| {
            let chosen = Locale::of_tag(&draft.locale);
            chosen.map(|it| language::name(it).get(locale).to_owned()).unwrap_or_default()
        },
        same: |a, b| a.locale == b.locale,
        take: |draft, other| draft.locale.clone_from(&other.locale),
    },
    text_field!(time_zone, f::TIME_ZONE),
    text_field!(default_country, f::COUNTRY),
    switch_field!(require_2fa, f::REQUIRE_2FA),
    switch_field!(require_primary_corporation, f::REQUIRE_PRIMARY),
];

impl Kept for TenantSettings {
    type Draft = SettingsDraft;
    type Patch = UpdateTenantSettings;

    fn fields() -> &'static [FieldOf<SettingsDraft>] {
        &FIELDS
    }

    fn draft(&self) -> SettingsDraft {
        SettingsDraft {
            company: self.company.clone(),
            locale: self.locale.tag().to_owned(),
            time_zone: self.time_zone.clone(),
            default_country: self.default_country.clone(),
            require_2fa: self.require_2fa,
            require_primary_corporation: self.require_primary_corporation,
        }
    }

    fn check(draft: &SettingsDraft, errors: FormErrors) -> bool {
        errors.check(&UpdateTenantSettings {
            company: Patch::from(text(&draft.company)),
            time_zone: Patch::from(text(&draft.time_zone)),
            default_country: Patch::from(text(&draft.default_country)),
            ..UpdateTenantSettings::default()
        })
    }

    fn patch(now: &SettingsDraft, before: &SettingsDraft) -> Option<UpdateTenantSettings> {
        now.to_update(before)
    }

    /// A firm is registered, not created here.
    async fn create(_: Client, _: SettingsDraft, _: bool) -> Result<Tagged<Self>, ApiError> {
        Err(ApiError::Unreadable { status: 405, request_id: String::new() })
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        api::tenant::get(client).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateTenantSettings,
    ) -> Result<Tagged<Self>, ApiError> {
        api::tenant::update(client, etag.as_deref(), &patch).await
    }
}
