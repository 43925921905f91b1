//! Who works at a demo firm: departments, a role of its own, somebody who is asked to join.

#![expect(
    clippy::disallowed_methods,
    reason = "writes whole firms at once, each row with its firm"
)]

use super::people::id_at;
use crate::db::normalize;
use crate::platform::{invitation, membership, role, user};
use crate::team::news;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::permission::{Action, Module, Permission, PermissionSet, Role};
use ebenezer_shared::team::RoleKey;
use rand::rngs::StdRng;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// The people of a firm, each with a role.
pub struct Team<'d> {
    pub tenant: Uuid,
    pub people: Vec<(Role, user::Model)>,
    pub departments: &'d [Uuid],
}

impl Team<'_> {
    /// Those who look after clients.
    pub fn workers(&self) -> Vec<Uuid> {
        let works = |role: &Role| matches!(role, Role::Manager | Role::Member | Role::Sales);
        self.people.iter().filter(|(role, _)| works(role)).map(|(_, user)| user.id).collect()
    }

    /// Writes memberships, a role and an invitation.
    pub async fn write(
        &self,
        tx: &DatabaseTransaction,
        now: DateTime<Utc>,
        founded: DateTime<Utc>,
        rng: &mut StdRng,
    ) -> anyhow::Result<()> {
        for (index, (role, user)) in self.people.iter().enumerate() {
            let key = RoleKey::BuiltIn(*role);
            let mut row = membership::Model::new(user.id, self.tenant, key, founded);
            // Owner and admin stand above departments.
            let place = index.checked_sub(2);
            let department = place.and_then(|place| self.departments.iter().cycle().nth(place));
            row.department_id = department.copied();
            row.id = id_at(rng, founded);
            if *role == Role::Manager {
                row.extra_permissions = serde_json::json!(["pii.reveal"]);
            }
            news::join(tx, &row, user).await?;
        }
        let role = self.reception(now - TimeDelta::days(40), rng)?;
        let row = role.clone().into_active_model().reset_all();
        role::Entity::insert(row).exec_without_returning(tx).await?;
        let invitation = self.invitation(&role, now - TimeDelta::hours(26), rng);
        if let Some(invitation) = invitation {
            let row = invitation.into_active_model().reset_all();
            invitation::Entity::insert(row).exec_without_returning(tx).await?;
        }
        Ok(())
    }

    /// A role that is neither a viewer's nor a member's.
    fn reception(&self, at: DateTime<Utc>, rng: &mut StdRng) -> anyhow::Result<role::Model> {
        let works = [Module::Contacts, Module::Appointments, Module::Messages];
        let sees = [Module::Dashboard, Module::Departments, Module::Corporations];
        let view = sees.map(|module| Permission::Module(module, Action::View));
        let work = works.into_iter().flat_map(|module| {
            [Action::View, Action::Add, Action::Change]
                .map(|action| Permission::Module(module, action))
        });
        let permissions: PermissionSet = work.chain(view).collect();
        Ok(role::Model {
            id: id_at(rng, at),
            tenant_id: self.tenant,
            name: "Recepción".to_owned(),
            name_key: normalize("Recepción"),
            description: Some("Atiende llamadas y visitas, y registra contactos.".to_owned()),
            permissions: serde_json::to_value(permissions)?,
            version: 1,
            created_at: at,
            updated_at: at,
        })
    }

    fn invitation(
        &self,
        role: &role::Model,
        at: DateTime<Utc>,
        rng: &mut StdRng,
    ) -> Option<invitation::Model> {
        let (_, owner) = self.people.first()?;
        let domain = owner.email.split_once('@').map(|(_, domain)| domain)?;
        let email = format!("camila.reyes@{domain}");
        let (role, role_id) = membership::role_columns(RoleKey::Own(role.id.into()));
        Some(invitation::Model {
            id: id_at(rng, at),
            tenant_id: self.tenant,
            email_key: user::email_key(&email),
            email,
            role,
            role_id,
            extra_permissions: serde_json::json!([]),
            department_id: self.departments.last().copied(),
            locale: "es".to_owned(),
            message: Some("Le esperamos el lunes en la recepción.".to_owned()),
            // The hash of no token: nobody got a mail.
            token_hash: format!("demo-{}", self.tenant),
            invited_by: owner.id,
            created_at: at,
            sent_at: at,
            expires_at: at + invitation::LIFETIME,
            accepted_at: None,
            revoked_at: None,
            mail_job_id: None,
        })
    }
}
