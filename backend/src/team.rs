//! Who works at the firm: members, their roles, and those who are asked to join.

mod access;
pub mod invitations;
pub mod members;
pub mod news;
pub mod rights;
pub mod roles;
pub mod seats;

mod references;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    members::routes(routes);
    access::routes(routes);
    invitations::routes(routes);
    roles::routes(routes);
}
