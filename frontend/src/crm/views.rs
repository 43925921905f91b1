//! Saved views of a list, and which columns it shows.

mod columns;
mod dialogs;
mod menu;
mod state;

pub use columns::ColumnsButton;
pub use menu::ViewMenu;
pub use state::{ListViews, Shape, use_list_views};
