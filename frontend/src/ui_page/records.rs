//! Records, and what stands in for them.

use super::Specimen;
use crate::api::ApiError;
use crate::state::{locale_now, t};
use crate::ui::{
    Alert, Button, ButtonKind, Card, DescriptionItem, DescriptionList, EmptyState, ErrorState,
    ForbiddenState, Icon, NotFoundState, Skeleton, SkeletonKind, Tone,
};
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::texts;
use leptos::prelude::*;

#[component]
pub fn Records() -> impl IntoView {
    let failure = || {
        let mut problem = Problem::new(ProblemCode::Internal, locale_now());
        "01990000-0000-7000-8000-000000000000".clone_into(&mut problem.request_id);
        ApiError::Problem { problem: Box::new(problem), retry_after: Some(12) }
    };
    view! {
        <Card title="DescriptionList">
            <DescriptionList>
                <DescriptionItem label=t(texts::auth::EMAIL)>"maria.garcia@email.com"</DescriptionItem>
                <DescriptionItem label=t(texts::auth::FULL_NAME)>"María García"</DescriptionItem>
                <DescriptionItem label=t(texts::auth::SUBDOMAIN)/>
                <DescriptionItem label=t(texts::gallery::SAMPLE) wide=true>{t(texts::gallery::LONG_SAMPLE)}</DescriptionItem>
            </DescriptionList>
        </Card>
        <Specimen name="Alert">
            {[Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning, Tone::Danger]
                .map(|tone| view! {
                    <Alert tone title=t(texts::gallery::SAMPLE)><p>{t(texts::gallery::HELP)}</p></Alert>
                })
                .collect_view()}
        </Specimen>
        <Card title="EmptyState">
            <EmptyState icon=Icon::People title=t(texts::search_select::NO_MATCHES) detail=t(texts::gallery::HELP)>
                <Button kind=ButtonKind::Primary icon=Icon::Plus>{t(texts::common::ADD)}</Button>
            </EmptyState>
        </Card>
        <Card title="ErrorState"><ErrorState error=failure() on_retry=|| ()/></Card>
        <Card title="ErrorState: offline"><ErrorState error=ApiError::Offline on_retry=|| ()/></Card>
        <Card title="ForbiddenState"><ForbiddenState permission="contacts.view"/></Card>
        <Card title="NotFoundState"><NotFoundState/></Card>
        <Card title="Skeleton">
            <Skeleton/>
            <Skeleton kind=SkeletonKind::Form/>
            <Skeleton kind=SkeletonKind::Record count=6/>
        </Card>
    }
}
