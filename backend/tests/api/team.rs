//! Members, invitations and roles of a firm.

mod accepting;
mod access;
mod delivery;
mod inviting;
mod list;
mod members;
mod owners;
mod planes;
mod rights;
mod roles;
