//! What is done to members and invitations from their lists.

use crate::api::{self, ApiError, Client, use_client};
use crate::state::{Query, Toasts, locale, locale_now, t, use_toasts};
use crate::ui::Confirm;
use ebenezer_shared::ids::{InvitationId, UserId};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::{Invitation, TeamMember};
use ebenezer_shared::texts::team as m;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What takes somebody out, which is asked before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Deactivate(UserId, String),
    Remove(UserId, String),
}

/// The lists and what changes them.
#[derive(Clone, Copy)]
pub struct Changes {
    pub members: Query<Page<TeamMember>>,
    pub invitations: Query<Page<Invitation>>,
    /// Whose drawer is open.
    pub editing: RwSignal<Option<UserId>>,
    pub asked: RwSignal<Option<Asked>>,
    tools: StoredValue<(Client, Toasts)>,
}

impl Changes {
    pub fn new(
        members: Query<Page<TeamMember>>,
        invitations: Query<Page<Invitation>>,
        editing: RwSignal<Option<UserId>>,
    ) -> Self {
        Self {
            members,
            invitations,
            editing,
            asked: RwSignal::new(None),
            tools: StoredValue::new((use_client(), use_toasts())),
        }
    }

    fn client(self) -> Client {
        self.tools.with_value(|(client, _)| *client)
    }

    fn toasts(self) -> Toasts {
        self.tools.with_value(|(_, toasts)| *toasts)
    }

    fn failed(self, error: &ApiError) {
        let text = failure(error);
        self.toasts().error(text);
        self.members.reload();
        self.invitations.reload();
    }

    /// Lets somebody in again.
    pub fn reactivate(self, id: UserId, name: String) {
        spawn_local(async move {
            match api::team::set_active(self.client(), id, true).await {
                Ok(_) => {
                    self.toasts().success(move || m::reactivated(locale(), &name));
                    self.members.reload();
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    /// Does what was asked.
    fn confirm(self, pending: RwSignal<bool>) {
        let Some(asked) = self.asked.get_untracked() else { return };
        pending.set(true);
        spawn_local(async move {
            let done = match &asked {
                Asked::Deactivate(id, _) => {
                    api::team::set_active(self.client(), *id, false).await.map(drop)
                }
                Asked::Remove(id, _) => api::team::remove(self.client(), *id).await,
            };
            pending.try_set(false);
            self.asked.try_set(None);
            match (done, asked) {
                (Err(error), _) => self.failed(&error),
                (Ok(()), asked) => {
                    self.toasts().success(move || match &asked {
                        Asked::Deactivate(_, name) => m::deactivated(locale(), name),
                        Asked::Remove(_, name) => m::removed(locale(), name),
                    });
                    self.members.reload();
                    self.invitations.reload();
                }
            }
        });
    }

    /// Sends an invitation again.
    pub fn resend(self, id: InvitationId) {
        spawn_local(async move {
            match api::team::resend(self.client(), id).await {
                Ok(sent) => {
                    self.toasts().success(move || m::resent(locale(), &sent.email));
                    self.invitations.reload();
                }
                Err(error) => self.failed(&error),
            }
        });
    }

    /// Takes an invitation back.
    pub fn revoke(self, invitation: Invitation) {
        spawn_local(async move {
            match api::team::revoke(self.client(), invitation.id).await {
                // Gone is gone.
                Err(error) if error.status() != Some(404) => self.failed(&error),
                _ => {
                    self.toasts().success(move || m::revoked(locale(), &invitation.email));
                    self.invitations.reload();
                }
            }
        });
    }
}

/// What did not work and why; of a full plan, how full.
pub fn failure(error: &ApiError) -> String {
    let locale = locale_now();
    match error.problem() {
        Some(problem) if problem.code == ProblemCode::PlanLimit => m::plan_full(
            locale,
            problem.limit.unwrap_or_default(),
            problem.used.unwrap_or_default(),
        ),
        Some(problem) => format!("{}. {}", problem.title, problem.detail),
        None => error.title(locale),
    }
}

/// Asks before somebody is taken out.
#[component]
pub fn AskFirst(changes: Changes) -> impl IntoView {
    let (asked, pending) = (changes.asked, RwSignal::new(false));
    let title = move || {
        asked.with(|asked| match asked {
            Some(Asked::Deactivate(_, name)) => m::deactivate_title(locale(), name),
            Some(Asked::Remove(_, name)) => m::remove_title(locale(), name),
            None => String::new(),
        })
    };
    let removes = move || asked.with(|asked| matches!(asked, Some(Asked::Remove(..))));
    view! {
        <Confirm
            open=Signal::derive(move || asked.with(Option::is_some))
            title
            detail=move || if removes() { m::REMOVE_DETAIL.get(locale()) } else { m::DEACTIVATE_DETAIL.get(locale()) }
            confirm_label=move || if removes() { m::REMOVE.get(locale()) } else { m::DEACTIVATE.get(locale()) }
            cancel_label=t(ebenezer_shared::texts::common::CANCEL)
            danger=true
            pending
            on_confirm=move || changes.confirm(pending)
            on_cancel=move || asked.set(None)
            attr:data-testid="confirm-member"
        />
    }
}
