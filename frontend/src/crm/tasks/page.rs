//! The pages of tasks.

pub use super::form::{EditTaskPage, NewTaskPage};
pub use super::list::TasksPage;
