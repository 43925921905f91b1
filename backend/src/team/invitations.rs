//! Asking people to join the firm.

mod accept;
mod create;
mod get;
mod list;
mod look;
mod offer;
mod resend;
mod revoke;
mod store;

use crate::routes::Routes;

pub fn routes(routes: &mut Routes) {
    routes.add(list::__path_list_invitations, list::list_invitations);
    routes.add(create::__path_create_invitation, create::create_invitation);
    routes.add(get::__path_get_invitation, get::get_invitation);
    routes.add(resend::__path_resend_invitation, resend::resend_invitation);
    routes.add(revoke::__path_revoke_invitation, revoke::revoke_invitation);
    routes.add(look::__path_look_at_invitation, look::look_at_invitation);
    routes.add(accept::__path_accept_invitation, accept::accept_invitation);
}
