//! The kinds of records that a firm keeps.

use crate::permission::{Action, Module, Permission, named_enum};

named_enum! {
    /// A kind of record whose changes and deletion are told.
    RecordType {
        Contact = "contact",
        Corporation = "corporation",
        Department = "department",
        Tag = "tag",
        Case = "case",
        Folder = "folder",
        Document = "document",
        DocumentRequest = "document_request",
        Task = "task",
        Note = "note",
        Thread = "thread",
        Appointment = "appointment",
    }
}

impl RecordType {
    /// What one needs to see records of the kind, and to be told of them.
    pub const fn needs(self) -> Permission {
        let module = match self {
            // As whoever reads tags.
            Self::Contact | Self::Tag => Module::Contacts,
            Self::Corporation => Module::Corporations,
            Self::Department => Module::Departments,
            Self::Case => Module::Cases,
            Self::Folder | Self::Document | Self::DocumentRequest => Module::Documents,
            Self::Task => Module::Tasks,
            Self::Note => Module::Notes,
            Self::Thread => Module::Messages,
            Self::Appointment => Module::Appointments,
        };
        Permission::Module(module, Action::View)
    }
}
