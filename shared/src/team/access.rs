//! Why somebody may, or may not, do something with a record.

use super::RoleRef;
use crate::crm::staff::StaffRef;
use crate::locale::Text;
use crate::permission::{Permission, named_enum};
use crate::texts::access as t;
use serde::{Deserialize, Serialize};

named_enum! {
    /// What one does with a record.
    RecordAct {
        View = "view",
        Change = "change",
        Delete = "delete",
        /// See a whole tax number or date of birth.
        Reveal = "reveal",
    }
}

named_enum! {
    /// What decides it.
    AccessWhy {
        /// The person is deactivated.
        Inactive = "inactive",
        /// The person has to set up a second factor first.
        SecondFactor = "second_factor",
        /// The firm's product has no such module.
        ModuleOff = "module_off",
        /// The role gives the permission.
        Role = "role",
        /// The permission was given to the person, beside the role.
        Extra = "extra",
        /// Neither gives the permission.
        Missing = "missing",
        /// The folder belongs to no department.
        NoDepartment = "no_department",
        /// The folder belongs to the person's department.
        OwnDepartment = "own_department",
        /// The folder belongs to another department.
        OtherDepartment = "other_department",
        /// The person sees the folders of all departments.
        AllDepartments = "all_departments",
        /// The person takes part in the thread.
        TakesPart = "takes_part",
        /// The person takes no part in the thread between colleagues.
        NoPart = "no_part",
        /// The thread is with a client whom the person sees.
        OfClient = "of_client",
        /// The person wrote the note.
        Author = "author",
        /// It is somebody else's sticky note.
        Sticky = "sticky",
        /// What it is about is of a kind that the person does not see.
        HiddenSubject = "hidden_subject",
    }
}

/// `GET /api/team/{id}/access`: what somebody may do with a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordAccess {
    pub member: StaffRef,
    pub role: RoleRef,
    pub acts: Vec<ActAccess>,
}

/// Whether one act is allowed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActAccess {
    pub act: RecordAct,
    pub allowed: bool,
    /// All that allow it together, or all that stand in the way.
    pub reasons: Vec<AccessReason>,
}

/// One thing that decides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccessReason {
    pub why: AccessWhy,
    /// The permission that is there, or is not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub permission: Option<Permission>,
    /// Of the department.
    pub department: Option<String>,
}

impl AccessReason {
    /// Without more to say.
    pub const fn new(why: AccessWhy) -> Self {
        Self { why, permission: None, department: None }
    }
}

impl RecordAct {
    /// What people call it.
    pub const fn text(self) -> Text {
        match self {
            Self::View => t::VIEW,
            Self::Change => t::CHANGE,
            Self::Delete => t::DELETE,
            Self::Reveal => t::REVEAL,
        }
    }
}

impl AccessWhy {
    /// What it says in a sentence.
    pub const fn text(self) -> Text {
        match self {
            Self::Inactive => t::INACTIVE,
            Self::SecondFactor => t::SECOND_FACTOR,
            Self::ModuleOff => t::MODULE_OFF,
            Self::Role => t::ROLE,
            Self::Extra => t::EXTRA,
            Self::Missing => t::MISSING,
            Self::NoDepartment => t::NO_DEPARTMENT,
            Self::OwnDepartment => t::OWN_DEPARTMENT,
            Self::OtherDepartment => t::OTHER_DEPARTMENT,
            Self::AllDepartments => t::ALL_DEPARTMENTS,
            Self::TakesPart => t::TAKES_PART,
            Self::NoPart => t::NO_PART,
            Self::OfClient => t::OF_CLIENT,
            Self::Author => t::AUTHOR,
            Self::Sticky => t::STICKY,
            Self::HiddenSubject => t::HIDDEN_SUBJECT,
        }
    }
}
