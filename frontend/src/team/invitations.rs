//! Invitations that nobody has taken yet, below the members.

use super::changes::Changes;
use crate::state::{locale, t, use_session};
use crate::ui::{
    Badge, Button, ButtonKind, ButtonSize, Card, Column, DataTable, RelativeTime, Tone,
};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::team::{DeliveryFailure, DeliveryStatus, Invitation, InvitationStatus};
use ebenezer_shared::texts;
use ebenezer_shared::texts::team as m;
use leptos::prelude::*;

/// The card; not there while nobody is asked to join.
#[component]
pub fn Invitations(changes: Changes) -> impl IntoView {
    let list = changes.invitations;
    let any = Memo::new(move |_| list.data().is_some_and(|page| !page.items.is_empty()));
    view! {
        <Show when=move || any.get()>
            <div class="team-invitations" data-testid="invitations">
                <Card title=t(m::INVITATIONS) flush=true>
                    <DataTable
                        label=t(m::INVITATIONS)
                        columns=columns(changes)
                        rows=Signal::derive(move || list.data().map(|page| page.items))
                        row_id=|row: &Invitation| row.id.to_string()
                        row_version=|row: &Invitation| format!("{} {:?}", row.sent_at, row.delivery)
                        row_label=|row: &Invitation| row.email.clone()
                        pending=Signal::derive(move || list.is_pending())
                    />
                </Card>
            </div>
        </Show>
    }
}

fn columns(changes: Changes) -> Vec<Column<Invitation>> {
    vec![
        Column::new(t(m::EMAIL), |row: &Invitation| {
            let why = row.delivery.and_then(|it| it.failure).map(|failure| match failure {
                DeliveryFailure::Refused => m::MAIL_REFUSED,
                DeliveryFailure::Undeliverable => m::MAIL_UNDELIVERABLE,
            });
            view! {
                <span class="person">
                    <span class="person-name">{row.email.clone()}</span>
                    {why.map(|why| view! {
                        <span class="person-note" data-testid="not-delivered">{t(why)}</span>
                    })}
                </span>
            }
        })
        .title(),
        Column::new(t(m::ROLE), |row: &Invitation| {
            let role = row.role.clone();
            move || role.label(locale()).to_owned()
        }),
        Column::new(t(m::INVITED_BY), |row: &Invitation| row.invited_by.clone()).wide_only(),
        Column::new(t(m::SENT), |row: &Invitation| {
            view! { <RelativeTime at=Signal::stored(row.sent_at)/> }
        }),
        Column::new(t(m::EXPIRES), |row: &Invitation| {
            view! { <RelativeTime at=Signal::stored(row.expires_at)/> }
        })
        .wide_only(),
        Column::new(t(m::STATUS), |row: &Invitation| {
            let delivery = row.delivery.map(|it| it.status);
            let (tone, text) = match (row.status, delivery) {
                (InvitationStatus::Pending, Some(DeliveryStatus::Failed)) => {
                    (Tone::Danger, m::MAIL_FAILED)
                }
                (InvitationStatus::Pending, Some(DeliveryStatus::Retrying)) => {
                    (Tone::Warning, m::MAIL_RETRYING)
                }
                (InvitationStatus::Pending, _) => (Tone::Info, m::INVITATION_PENDING),
                (InvitationStatus::Expired, _) => (Tone::Warning, m::INVITATION_EXPIRED),
            };
            view! { <Badge tone>{t(text)}</Badge> }
        }),
        Column::new(t(texts::common::ACTIONS), move |row: &Invitation| {
            view! { <Acts invitation=row.clone() changes/> }
        })
        .actions(),
    ]
}

#[component]
fn Acts(invitation: Invitation, changes: Changes) -> impl IntoView {
    let session = use_session();
    let invitation = StoredValue::new(invitation);
    view! {
        <Show when=move || session.allows(Module::Team, Action::Add)>
            <span class="row-buttons">
                <Button
                    size=ButtonSize::Small
                    kind=ButtonKind::Ghost
                    on_click=move || changes.resend(invitation.with_value(|it| it.id))
                    attr:data-testid="resend"
                >
                    {t(m::RESEND)}
                </Button>
                <Button
                    size=ButtonSize::Small
                    kind=ButtonKind::Ghost
                    on_click=move || changes.revoke(invitation.get_value())
                    attr:data-testid="revoke"
                >
                    {t(m::REVOKE)}
                </Button>
            </span>
        </Show>
    }
}
