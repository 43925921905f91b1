//! Roles and members as forms hold and save them.

use super::summary::sentences;
use crate::api::{self, ApiError, Client, Tagged};
use crate::crm::conflict::{FieldOf, text_field};
use crate::crm::saving::Kept;
use crate::crm::typed::{text, text_change, unless_empty};
use crate::state::FormErrors;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::permission::{Module, PermissionSet};
use ebenezer_shared::team::{CreateRole, RoleKey, TeamMember, TeamRole, UpdateMember, UpdateRole};
use ebenezer_shared::texts::{team as m, team_roles as r};

/// All that the form of a role holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleDraft {
    pub name: String,
    pub description: String,
    pub permissions: PermissionSet,
}

impl RoleDraft {
    fn to_create(&self) -> CreateRole {
        CreateRole {
            name: self.name.trim().to_owned(),
            description: text(&self.description),
            permissions: self.permissions.iter().collect(),
        }
    }
}

static ROLE_FIELDS: [FieldOf<RoleDraft>; 3] = [
    text_field!(name, r::NAME),
    text_field!(description, r::DESCRIPTION),
    FieldOf {
        name: "permissions",
        label: r::PERMISSIONS,
        show: |draft, locale| in_words(draft.permissions, locale),
        same: |a, b| a.permissions == b.permissions,
        take: |draft, other| draft.permissions = other.permissions,
    },
];

fn in_words(set: PermissionSet, locale: Locale) -> String {
    sentences(set, Module::ALL, locale).join(" ")
}

impl Kept for TeamRole {
    type Draft = RoleDraft;
    type Patch = UpdateRole;

    fn fields() -> &'static [FieldOf<RoleDraft>] {
        &ROLE_FIELDS
    }

    fn draft(&self) -> RoleDraft {
        RoleDraft {
            name: self.name.clone(),
            description: self.description.clone().unwrap_or_default(),
            permissions: self.permissions,
        }
    }

    fn check(draft: &RoleDraft, errors: FormErrors) -> bool {
        errors.check(&draft.to_create())
    }

    fn patch(now: &RoleDraft, before: &RoleDraft) -> Option<UpdateRole> {
        unless_empty(UpdateRole {
            name: text_change(&before.name, &now.name),
            description: text_change(&before.description, &now.description),
            permissions: (now.permissions != before.permissions)
                .then(|| now.permissions.iter().collect()),
        })
    }

    async fn create(client: Client, draft: RoleDraft, _: bool) -> Result<Tagged<Self>, ApiError> {
        api::team::create_role(client, &draft.to_create()).await
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        api::team::get_role(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateRole,
    ) -> Result<Tagged<Self>, ApiError> {
        api::team::update_role(client, self.id, etag.as_deref(), &patch).await
    }
}

/// All that the form of a member holds, with the names that its keys and ids go by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberDraft {
    pub role: String,
    pub role_name: String,
    pub department: String,
    pub department_name: String,
    pub extra: PermissionSet,
}

static MEMBER_FIELDS: [FieldOf<MemberDraft>; 3] = [
    FieldOf {
        name: "role",
        label: m::ROLE,
        show: |draft, locale| match draft.role.parse() {
            Ok(RoleKey::BuiltIn(role)) => role.label().get(locale).to_owned(),
            _ => draft.role_name.clone(),
        },
        same: |a, b| a.role == b.role,
        take: |draft, other| {
            draft.role.clone_from(&other.role);
            draft.role_name.clone_from(&other.role_name);
        },
    },
    FieldOf {
        name: "department_id",
        label: m::DEPARTMENT,
        show: |draft, _| draft.department_name.clone(),
        same: |a, b| a.department == b.department,
        take: |draft, other| {
            draft.department.clone_from(&other.department);
            draft.department_name.clone_from(&other.department_name);
        },
    },
    FieldOf {
        name: "extra_permissions",
        label: m::EXTRA,
        show: |draft, locale| {
            if draft.extra.is_empty() { String::new() } else { in_words(draft.extra, locale) }
        },
        same: |a, b| a.extra == b.extra,
        take: |draft, other| draft.extra = other.extra,
    },
];

impl Kept for TeamMember {
    type Draft = MemberDraft;
    type Patch = UpdateMember;

    fn fields() -> &'static [FieldOf<MemberDraft>] {
        &MEMBER_FIELDS
    }

    fn draft(&self) -> MemberDraft {
        let department = self.department.as_ref();
        MemberDraft {
            role: self.role.key.to_string(),
            role_name: self.role.name.clone(),
            department: department.map(|it| it.id.to_string()).unwrap_or_default(),
            department_name: department.map(|it| it.name.clone()).unwrap_or_default(),
            extra: self.extra_permissions,
        }
    }

    fn check(_: &MemberDraft, errors: FormErrors) -> bool {
        // There is nothing to type: all is chosen.
        errors.check(&UpdateMember::default())
    }

    fn patch(now: &MemberDraft, before: &MemberDraft) -> Option<UpdateMember> {
        unless_empty(UpdateMember {
            role: if now.role == before.role { None } else { now.role.parse().ok() },
            department_id: if now.department == before.department {
                Patch::Absent
            } else {
                Patch::from(now.department.parse().ok())
            },
            extra_permissions: (now.extra != before.extra).then(|| now.extra.iter().collect()),
        })
    }

    /// Members are invited, not created.
    async fn create(_: Client, _: MemberDraft, _: bool) -> Result<Tagged<Self>, ApiError> {
        Err(ApiError::Unreadable { status: 405, request_id: String::new() })
    }

    async fn read(self, client: Client) -> Result<Tagged<Self>, ApiError> {
        api::team::get(client, self.id).await
    }

    async fn write(
        self,
        client: Client,
        etag: Option<String>,
        patch: UpdateMember,
    ) -> Result<Tagged<Self>, ApiError> {
        api::team::update(client, self.id, etag.as_deref(), &patch).await
    }
}
