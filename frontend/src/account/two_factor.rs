//! The second factor of one's own account: turning it on and off, recovery codes.

mod codes;
mod enrolment;
mod gate;
mod prove;

pub use gate::EnrolmentGate;

use crate::api::{self, use_client};
use crate::format;
use crate::state::{Query, locale, t, use_query, use_session, use_title};
use crate::ui::{Alert, Badge, Button, ButtonKind, Card, Loaded, PageHeader, Tone};
use codes::CodesView;
use ebenezer_shared::texts::two_factor as f;
use ebenezer_shared::two_factor::TwoFactorState;
use enrolment::Enrolment;
use leptos::prelude::*;
use prove::{Act, ProveDialog};

/// So few codes that new ones should be made.
const FEW: u64 = 3;

/// What the page shows besides the state.
#[derive(Clone, PartialEq)]
enum Doing {
    Nothing,
    Enrolling,
    /// New codes to be kept.
    Reading(Vec<String>),
}

/// `/account/security`
#[component]
pub fn SecurityPage() -> impl IntoView {
    use_title(t(f::TITLE));
    let (client, session) = (use_client(), use_session());
    let state = use_query(|| (), move |()| async move { api::two_factor::state(client).await });
    let doing = RwSignal::new(Doing::Nothing);
    let done = Callback::new(move |()| {
        doing.set(Doing::Nothing);
        session.update_user(|user| user.two_factor_enabled = true);
        state.reload();
    });
    let content = move || match doing.get() {
        Doing::Nothing => view! { <Standing state doing/> }.into_any(),
        Doing::Enrolling => view! {
            <Card>
                <Enrolment
                    reading_codes=RwSignal::new(false)
                    on_done=done
                    on_cancel=Callback::new(move |()| doing.set(Doing::Nothing))
                />
            </Card>
        }
        .into_any(),
        Doing::Reading(codes) => view! { <Card><CodesView codes on_done=done/></Card> }.into_any(),
    };
    view! {
        <div class="narrow">
            <PageHeader title=t(f::TITLE) detail=t(f::DETAIL)/>
            {content}
        </div>
    }
}

#[component]
fn Standing(state: Query<TwoFactorState>, doing: RwSignal<Doing>) -> impl IntoView {
    view! {
        <Loaded
            query=state
            view=move |now: TwoFactorState| if now.enabled {
                view! { <TurnedOn now state doing/> }.into_any()
            } else {
                view! { <TurnedOff doing/> }.into_any()
            }
        />
    }
}

#[component]
fn TurnedOff(doing: RwSignal<Doing>) -> impl IntoView {
    view! {
        <Card>
            <div class="standing">
                <Badge tone=Tone::Neutral>{t(f::OFF)}</Badge>
                <Button
                    kind=ButtonKind::Primary
                    on_click=move || doing.set(Doing::Enrolling)
                    attr:data-testid="set-up"
                >
                    {t(f::SET_UP)}
                </Button>
            </div>
        </Card>
    }
}

#[component]
fn TurnedOn(
    now: TwoFactorState,
    state: Query<TwoFactorState>,
    doing: RwSignal<Doing>,
) -> impl IntoView {
    let session = use_session();
    let asked = RwSignal::new(None::<Act>);
    let left = now.recovery_codes_left;
    let since = move || {
        let zone = session.tenant().map(|tenant| tenant.time_zone);
        let at = now.enabled_at.map(|at| format::date_time(locale(), at, zone.as_deref()));
        at.map(|date| f::on_since(locale(), date))
    };
    let on_codes = Callback::new(move |codes| doing.set(Doing::Reading(codes)));
    let on_off = Callback::new(move |()| {
        session.update_user(|user| user.two_factor_enabled = false);
        state.reload();
    });
    view! {
        <Card>
            <div class="standing">
                <div class="standing-text">
                    <Badge tone=Tone::Success>{t(f::ON)}</Badge>
                    <p class="quiet">{since}</p>
                    <p data-testid="codes-left">{move || f::codes_left(locale(), left)}</p>
                </div>
                <div class="standing-actions">
                    <Button on_click=move || asked.set(Some(Act::Renew)) attr:data-testid="renew-codes">
                        {t(f::RENEW)}
                    </Button>
                    <Button
                        kind=ButtonKind::Danger
                        on_click=move || asked.set(Some(Act::Disable))
                        attr:data-testid="disable"
                    >
                        {t(f::DISABLE)}
                    </Button>
                </div>
            </div>
            {(left <= FEW).then(|| view! {
                <Alert tone=Tone::Warning><p>{t(f::FEW_CODES)}</p></Alert>
            })}
        </Card>
        <ProveDialog asked required=now.required on_codes on_off/>
    }
}
