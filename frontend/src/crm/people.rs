//! The firm's own people and departments, to choose from.

use crate::api::{self, use_client};
use crate::state::{Query, use_query, use_session};
use crate::ui::Choice;
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::ids::{DepartmentId, UserId};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::team::TeamMember;

/// Departments and colleagues, by whose names rows are read and lists filtered.
#[derive(Clone, Copy)]
pub struct People {
    pub departments: Query<Vec<Department>>,
    pub team: Query<Vec<TeamMember>>,
}

impl People {
    /// Reads both once for the page.
    pub fn read() -> Self {
        Self { departments: use_departments(), team: use_team() }
    }

    /// The name of a department, when it is known; tracked.
    pub fn department(self, id: DepartmentId) -> Option<String> {
        self.departments.data()?.into_iter().find(|it| it.id == id).map(|it| it.name)
    }

    /// The name of a colleague, when it is known; tracked.
    pub fn colleague(self, id: UserId) -> Option<String> {
        self.team.data()?.into_iter().find(|it| it.id == id).map(|it| it.full_name)
    }
}

/// All departments; none for those who may not see them.
pub fn use_departments() -> Query<Vec<Department>> {
    let (session, client) = (use_session(), use_client());
    use_query(
        move || session.allows(Module::Departments, Action::View),
        move |may| async move {
            if may { Ok(api::departments::list(client).await?.items) } else { Ok(Vec::new()) }
        },
    )
}

/// Everybody who works or worked at the firm; nobody for those who may not see them.
pub fn use_team() -> Query<Vec<TeamMember>> {
    let (session, client) = (use_session(), use_client());
    use_query(
        move || session.allows(Module::Team, Action::View),
        move |may| async move {
            if may { Ok(api::team::list(client, "").await?.items) } else { Ok(Vec::new()) }
        },
    )
}

/// Departments to choose from: the active ones, and `kept` whatever it is.
pub fn department_choices(all: &[Department], kept: &str) -> Vec<Choice> {
    all.iter()
        .map(|it| (it.is_active, Choice::new(it.id.to_string(), it.name.clone())))
        .filter(|(active, choice)| *active || choice.value == kept)
        .map(|(_, choice)| choice)
        .collect()
}

/// Colleagues to choose from: those who work here, and `kept` whatever it is.
pub fn team_choices(all: &[TeamMember], kept: &str) -> Vec<Choice> {
    all.iter()
        .map(|it| (it.active, Choice::new(it.id.to_string(), it.full_name.clone())))
        .filter(|(active, choice)| *active || choice.value == kept)
        .map(|(_, choice)| choice)
        .collect()
}
