//! The design system. Pages are made of these and bring no markup of their own style.
//!
//! - Text goes in as [`leptos::prelude::TextProp`], mostly `label=t(texts::…)`, so it
//!   follows the language.
//! - Two-way values are [`Model`]s: an `RwSignal`, or a signal and a callback.
//! - Inputs take their id, description and error from the [`Field`] around them.
//! - Nothing sets a `style` attribute (CSP); variants are `data-` attributes.

pub mod avatar;
pub mod badge;
pub mod button;
pub mod checkbox;
pub mod chips;
pub mod choice;
pub mod date_input;
pub mod description_list;
pub mod dialog;
pub mod drawer;
pub mod field;
pub mod filter;
pub mod filter_bar;
pub mod finder;
pub mod float;
pub mod form;
pub mod icon;
pub mod id;
pub mod list_keys;
pub mod loaded;
pub mod menu;
pub mod model;
pub mod page;
pub mod pagination;
pub mod password_input;
pub mod search_input;
pub mod search_select;
pub mod select;
pub mod skeleton;
pub mod state_view;
pub mod table;
pub mod table_head;
pub mod table_row;
pub mod tabs;
pub mod text_input;
pub mod time;
pub mod toast;
pub mod tooltip;

pub use avatar::{Avatar, AvatarSize};
pub use badge::{Badge, Tone};
pub use button::{Button, ButtonKind, ButtonLink, ButtonSize, IconButton};
pub use checkbox::{Checkbox, Switch};
pub use chips::{Chip, ChipPicker, Chips};
pub use choice::{Choice, Search};
pub use date_input::DateInput;
pub use description_list::{DescriptionItem, DescriptionList};
pub use dialog::{Confirm, Dialog, DialogSize};
pub use drawer::{Drawer, DrawerSide};
pub use field::{Field, FieldGroup, FieldRow};
pub use filter::{FilterMany, FilterSearch, FilterSelect};
pub use filter_bar::FilterBar;
pub use form::{Form, FormActions, FormProblem};
pub use icon::{Icon, IconView};
pub use loaded::Loaded;
pub use menu::{
    Menu, MenuChoice, MenuGroup, MenuHeading, MenuItem, MenuLink, MenuSeparator, MenuToggle,
};
pub use model::Model;
pub use page::{Alert, Card, PageHeader, Section, Toolbar};
pub use pagination::Pagination;
pub use password_input::PasswordInput;
pub use search_input::SearchInput;
pub use search_select::SearchSelect;
pub use select::Select;
pub use skeleton::{Skeleton, SkeletonKind};
pub use state_view::{EmptyState, ErrorState, ForbiddenState, NotFoundState};
pub use table::{Align, Column, DataTable, arranged};
pub use tabs::{Tab, TabPanel, Tabs};
pub use text_input::{InputKind, TextArea, TextInput};
pub use time::{DateView, RelativeTime};
pub use toast::ToastRegion;
pub use tooltip::Tooltip;
