//! Icons, drawn for Ebenezer on a grid of 20 with a stroke of 1.5.

use leptos::prelude::*;

/// Every icon of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Alert,
    ArrowDown,
    ArrowLeft,
    ArrowUp,
    Box,
    Briefcase,
    Building,
    Calendar,
    Camera,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Close,
    Columns,
    Copy,
    Departments,
    Devices,
    Download,
    Edit,
    Eye,
    EyeOff,
    File,
    Files,
    Filter,
    Folder,
    Home,
    Info,
    Key,
    Keyboard,
    Language,
    Lock,
    LogOut,
    Mail,
    Menu,
    Monitor,
    Moon,
    More,
    Note,
    Offline,
    People,
    Person,
    Phone,
    Picture,
    Pin,
    Plus,
    Receipt,
    Refresh,
    Scale,
    Search,
    Sliders,
    Sort,
    Star,
    Success,
    Sun,
    Tag,
    Trash,
    Undo,
    Upload,
    Merge,
    View,
}

impl Icon {
    /// The path that draws it.
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M10 3.2 17.6 16.4H2.4ZM10 8v4M10 14.2v.1",
            Self::ArrowDown => "M10 4v12M5.5 11.5 10 16l4.5-4.5",
            Self::ArrowLeft => "M16 10H4M8.5 5.5 4 10l4.5 4.5",
            Self::ArrowUp => "M10 16V4M5.5 8.5 10 4l4.5 4.5",
            Self::Box => "M10 2.5 17 6v8l-7 3.5L3 14V6ZM3 6l7 3.5L17 6M10 9.5v8",
            Self::Briefcase => "M3 7h14v9.5H3ZM7.5 7V4h5v3M3 11h14",
            Self::Building => "M4.5 17V3.5h7V17M11.5 8h4v9M2.5 17h15M7 6.5h2M7 9.5h2M7 12.5h2",
            Self::Calendar => "M3.5 5h13v11.5h-13ZM3.5 8.5h13M7 3v3.5M13 3v3.5",
            Self::Camera => {
                "M2.5 6.5h4L8 4h4l1.5 2.5h4V16h-15ZM10 8.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6"
            }
            Self::Check => "M4 10.5 8.2 15 16 5.5",
            Self::ChevronDown => "M5.5 8 10 12.5 14.5 8",
            Self::ChevronLeft => "M12 5.5 7.5 10l4.5 4.5",
            Self::ChevronRight => "M8 5.5 12.5 10 8 14.5",
            Self::Clock => "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M10 6v4.2l2.8 1.8",
            Self::Close => "M5 5l10 10M15 5 5 15",
            Self::Columns => "M3 4h14v12H3ZM8 4v12M12.5 4v12",
            Self::Copy => "M7 7h9.5v9.5H7ZM4.5 13H3.5V3.5H13v1",
            Self::Departments => {
                "M7.5 2.5h5v4h-5ZM2.5 13.5h5v4h-5ZM12.5 13.5h5v4h-5ZM10 6.5V10M5 13.5V10h10v3.5"
            }
            Self::Devices => "M16 6V4.5H3.5v9H11M2 16h9M13 8.5h4.5v8H13ZM15 14.3h.5",
            Self::Download => "M10 3v10M5.5 9 10 13.5 14.5 9M3.5 16.5h13",
            Self::Edit => "M3.5 16.5 4.5 12.5 13.5 3.5l3 3-9 9ZM11.5 5.5l3 3",
            Self::Eye => {
                "M2 10c2-3.7 4.7-5.5 8-5.5S16 6.3 18 10c-2 3.7-4.7 5.5-8 5.5S4 13.7 2 10ZM10 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6"
            }
            Self::EyeOff => {
                "M3.5 3.5l13 13M8.3 4.7A9 9 0 0 1 10 4.5c3.3 0 6 1.8 8 5.5a12 12 0 0 1-2.2 3M13 14.7a7.6 7.6 0 0 1-3 .8c-3.3 0-6-1.8-8-5.5a12 12 0 0 1 3.2-3.9M8.4 8.4a2.3 2.3 0 0 0 3.2 3.2"
            }
            Self::File => "M5 2.500h6.500l4 4v11H5ZM11.500 2.500v4h4",
            Self::Files => "M7 2.500h5.500l4 4v8H7ZM12.500 2.500v4h4M4 6v11.500h8.500",
            Self::Filter => "M3 5.5h14M5.5 10h9M8 14.5h4",
            Self::Folder => "M2.500 4.500h5l2 2h8v10h-15Z",
            Self::Home => "M3 9.5 10 3.5l7 6V17h-4.5v-4.5h-5V17H3Z",
            Self::Info => "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M10 9.2v4.3M10 6.5v.1",
            Self::Key => "M6.5 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M9 11l7.5-7.5M13 7l2.5 2.5",
            Self::Keyboard => "M2.5 5h15v10h-15ZM5.5 8h.1M8.5 8h.1M11.5 8h.1M14.5 8h.1M6.5 12h7",
            Self::Language => {
                "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M3 10h14M10 2.8c-2 2-3 4.4-3 7.2s1 5.2 3 7.2c2-2 3-4.4 3-7.2s-1-5.2-3-7.2"
            }
            Self::Lock => "M4.5 9h11v8h-11ZM7 9V6.5a3 3 0 0 1 6 0V9M10 12.2v1.6",
            Self::LogOut => "M8 3.5H3.5v13H8M12.5 6l4 4-4 4M16.5 10H7.5",
            Self::Mail => "M2.5 4.5h15v11h-15ZM2.5 5.5 10 11l7.5-5.5",
            Self::Menu => "M3 5.5h14M3 10h14M3 14.5h14",
            Self::Monitor => "M2.5 4h15v10h-15ZM7 17h6M10 14v3",
            Self::Moon => "M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z",
            Self::More => {
                "M4 10a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M9.5 10a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M15 10a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0"
            }
            Self::Note => "M3.5 3.5h13v9l-4 4h-9ZM16.5 12.5h-4v4M6.5 7h7M6.5 10h4",
            Self::Offline => {
                "M3 3l14 14M2.5 8.2a11 11 0 0 1 4-2.3M10 5a11 11 0 0 1 7.5 3.2M5.3 11.2a7 7 0 0 1 3.2-1.7M13 10.2a7 7 0 0 1 1.7 1M10 15.5v.1"
            }
            Self::People => {
                "M7.5 4a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M2.5 16.5c.3-3 2-4.5 5-4.5s4.7 1.5 5 4.5M13 4.3a2.8 2.8 0 0 1 0 5.2M14.5 12.3c1.9.600 2.9 2 3 4.2"
            }
            Self::Person => {
                "M10 3.5a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M4 17c.4-3.3 2.4-5 6-5s5.6 1.7 6 5"
            }
            Self::Phone => {
                "M4 3.5h3l1.5 4-2 1.5a9 9 0 0 0 4.5 4.5l1.5-2 4 1.5v3c-7.5.500-13-5-12.5-12.5Z"
            }
            Self::Picture => "M3 4h14v12H3ZM3 13l4-4 4 4 2.500-2.500L17 14M12.500 7.500v.1",
            Self::Pin => "M7 3.5h6M8 3.5V8l-2.500 3h9L12 8V3.5M10 11v6",
            Self::Plus => "M10 4v12M4 10h12",
            Self::Receipt => {
                "M4.5 2.5h11v15l-2.2-1.5L11.2 17.5 9 16l-2.2 1.5-2.3-1.5ZM7.5 6.5h5M7.5 9.5h5M7.5 12.5h3"
            }
            Self::Refresh => "M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4",
            Self::Scale => {
                "M10 3v14M6 17h8M3.5 5.5h13M5.5 5.5 3 11.5h5ZM14.5 5.5l-2.5 6h5ZM3 11.5a2.5 2.5 0 0 0 5 0M12 11.5a2.5 2.5 0 0 0 5 0"
            }
            Self::Search => "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M13 13l4 4",
            Self::Sliders => {
                "M3 6h7.2M13.8 6H17M12 4.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6M3 14h3.2M9.8 14H17M8 12.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6"
            }
            Self::Sort => "M6.5 8 10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5",
            Self::Star => {
                "M10 2.8l2.2 4.7 5 .7-3.7 3.5.900 5.1L10 14.3l-4.4 2.5.900-5.1L2.8 8.2l5-.7Z"
            }
            Self::Success => {
                "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M6.8 10.3 9 12.5l4.2-4.7"
            }
            Self::Sun => {
                "M10 6.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1"
            }
            Self::Tag => "M3.5 3.5h6.3l7 7-6.3 6.3-7-7ZM7 7v.1",
            Self::Trash => {
                "M3.5 5.5h13M7.5 5.5V3.5h5v2M5 5.5l.7 11.5h8.6L15 5.5M8.3 8.5v5.5M11.7 8.5v5.5"
            }
            Self::Merge => "M5 3.500v3a4 4 0 0 0 4 4h6M5 16.500v-2a4 4 0 0 1 4-4M12 7.500l3 3-3 3",
            Self::Undo => "M4 8h8.500a4 4 0 1 1 0 8H8M7 4.500 3.500 8 7 11.500",
            Self::Upload => "M10 13.500V3M5.500 7.500 10 3l4.500 4.500M3.500 16.500h13",
            Self::View => "M3 4.5h14M3 8.5h9M3 12.500h14M3 16.500h6",
        }
    }

    /// The icon that a product or a department names; a briefcase for one unknown.
    pub fn named(name: &str) -> Self {
        match name {
            "receipt" => Self::Receipt,
            "scale" => Self::Scale,
            "camera" => Self::Camera,
            "box" => Self::Box,
            "people" => Self::People,
            "building" => Self::Building,
            "calendar" => Self::Calendar,
            "star" => Self::Star,
            "mail" => Self::Mail,
            "phone" => Self::Phone,
            _ => Self::Briefcase,
        }
    }
}

/// An icon beside a text that says the same: screen readers pass it over.
#[component]
pub fn IconView(
    /// Which one.
    #[prop(into)]
    icon: Signal<Icon>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=move || icon.get().path()></path>
        </svg>
    }
}
