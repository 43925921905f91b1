//! Typed identifiers. Each is a `UUIDv7` (RFC 9562), so that ids sort by time of creation.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// A firm.
    TenantId,
    /// A person who works at one or more firms.
    UserId,
    /// A role that a firm made for itself.
    RoleId,
    /// An offer to join a firm.
    InvitationId,
    /// A login of a user on one device.
    SessionId,
    /// Work that goes on after its request was answered.
    JobId,
    /// A person whom the firm serves or talks to.
    ContactId,
    /// A company.
    CorporationId,
    /// A unit of the firm.
    DepartmentId,
    /// A word that marks contacts and corporations.
    TagId,
    /// A list as it was saved under a name.
    ViewId,
    /// A change of many records at once.
    BulkId,
    /// What is done for a client about a tax year.
    CaseId,
    /// One thing that a case needs.
    ChecklistItemId,
    /// What somebody is to do.
    TaskId,
    /// What somebody wrote down.
    NoteId,
    /// What people write to one another about something.
    ThreadId,
    /// What somebody wrote in a thread.
    MessageId,
    /// A file of a message.
    AttachmentId,
    /// When somebody of the firm meets somebody.
    AppointmentId,
    /// A folder of a client.
    FolderId,
    /// A document of a client.
    DocumentId,
    /// A state of a document's content.
    DocumentVersionId,
    /// What a client is asked for.
    DocumentRequestId,
    /// One thing of what a client is asked for.
    RequestItemId,
}
