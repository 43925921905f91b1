//! The page of departments, as the router knows it.

pub use super::list::DepartmentsPage;
