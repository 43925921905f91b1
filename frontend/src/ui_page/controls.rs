//! Buttons, chips, badges, avatars, tabs, icons.

use super::Specimen;
use crate::state::t;
use crate::ui::{
    Avatar, AvatarSize, Badge, Button, ButtonKind, ButtonLink, ButtonSize, Chip, Chips, Icon,
    IconButton, IconView, Tab, TabPanel, Tabs, Tone,
};
use ebenezer_shared::texts;
use leptos::prelude::*;

#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <Specimen name="Button"><Buttons/></Specimen>
        <Specimen name="Badge">
            {[Tone::Neutral, Tone::Success, Tone::Info, Tone::Warning, Tone::Danger]
                .map(|tone| view! {
                    <Badge tone>{t(texts::gallery::SAMPLE)}</Badge>
                    <Badge tone plain=true>{t(texts::gallery::SAMPLE)}</Badge>
                })
                .collect_view()}
        </Specimen>
        <Specimen name="Chip">
            <Chips>
                <Chip label="ABC Corp" icon=Icon::Star/>
                <Chip label="XYZ Inc" on_remove=|| ()/>
                <Chip label="Tech Solutions LLC" href="#" on_remove=|| ()/>
            </Chips>
        </Specimen>
        <Specimen name="Avatar">
            {["María García", "Juan Pérez", "Carlos Rodríguez", "Ana Ñústez", "Luis Ortiz", "Sofía Vélez", "Pedro", "Élite"]
                .map(|name| view! { <Avatar name=name/> })
                .collect_view()}
            <Avatar name="María García" size=AvatarSize::Small/>
            <Avatar name="María García" size=AvatarSize::Large/>
            <Avatar name="ABC Corp" company=true/>
        </Specimen>
        <Specimen name="Tabs"><TabSpecimen/></Specimen>
        <Specimen name="Icon">
            {ICONS.map(|icon| view! { <IconView icon/> }).collect_view()}
        </Specimen>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let kinds = [ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Ghost, ButtonKind::Danger];
    let sizes = [ButtonSize::Small, ButtonSize::Medium, ButtonSize::Large];
    view! {
        {kinds
            .map(|kind| view! {
                <Button kind>{t(texts::common::SAVE)}</Button>
                <Button kind icon=Icon::Plus>{t(texts::common::ADD)}</Button>
                <Button kind loading=true>{t(texts::common::SAVE)}</Button>
                <Button kind disabled=true>{t(texts::common::SAVE)}</Button>
            })
            .collect_view()}
        {sizes
            .map(|size| view! {
                <Button size>{t(texts::common::EDIT)}</Button>
                <IconButton icon=Icon::Edit size label=t(texts::common::EDIT)/>
            })
            .collect_view()}
        <IconButton icon=Icon::Edit disabled=true label=t(texts::common::EDIT)/>
        <ButtonLink href="#">{t(texts::common::BACK)}</ButtonLink>
    }
}

#[component]
fn TabSpecimen() -> impl IntoView {
    let value = RwSignal::new("one".to_owned());
    let mut second = Tab::new("two", t(texts::nav::CORPORATIONS));
    second.count = Some(Signal::stored(3));
    let tabs = vec![Tab::new("one", t(texts::nav::CONTACTS)), second];
    view! {
        <div class="gallery-wide">
            <Tabs label=t(texts::nav::CLIENTS) tabs value/>
            <TabPanel key="one" value><p>{t(texts::gallery::LONG_SAMPLE)}</p></TabPanel>
            <TabPanel key="two" value><p>{t(texts::gallery::SAMPLE)}</p></TabPanel>
        </div>
    }
}

const ICONS: [Icon; 48] = [
    Icon::Alert,
    Icon::ArrowDown,
    Icon::ArrowLeft,
    Icon::ArrowUp,
    Icon::Box,
    Icon::Briefcase,
    Icon::Building,
    Icon::Calendar,
    Icon::Camera,
    Icon::Check,
    Icon::ChevronDown,
    Icon::ChevronLeft,
    Icon::ChevronRight,
    Icon::Close,
    Icon::Copy,
    Icon::Departments,
    Icon::Devices,
    Icon::Edit,
    Icon::Eye,
    Icon::EyeOff,
    Icon::Filter,
    Icon::Info,
    Icon::Key,
    Icon::Keyboard,
    Icon::Language,
    Icon::Lock,
    Icon::LogOut,
    Icon::Mail,
    Icon::Menu,
    Icon::Monitor,
    Icon::Moon,
    Icon::More,
    Icon::Note,
    Icon::Offline,
    Icon::People,
    Icon::Person,
    Icon::Phone,
    Icon::Pin,
    Icon::Plus,
    Icon::Receipt,
    Icon::Refresh,
    Icon::Scale,
    Icon::Search,
    Icon::Sort,
    Icon::Star,
    Icon::Success,
    Icon::Sun,
    Icon::Trash,
];
