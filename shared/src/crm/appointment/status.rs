//! What became of an appointment.

use crate::locale::Text;
use crate::permission::named_enum;
use crate::texts::appointment_statuses as s;

named_enum! {
    /// What became of an appointment.
    AppointmentStatus {
        Requested = "requested",
        Scheduled = "scheduled",
        Confirmed = "confirmed",
        Done = "done",
        Cancelled = "cancelled",
        NoShow = "no_show",
    }
}

impl AppointmentStatus {
    /// Whether it is still to take place.
    pub const fn is_coming(self) -> bool {
        matches!(self, Self::Requested | Self::Scheduled | Self::Confirmed)
    }

    /// Whether it takes its time from whoever has it.
    pub const fn takes_time(self) -> bool {
        matches!(self, Self::Scheduled | Self::Confirmed | Self::Done)
    }

    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Requested => s::REQUESTED,
            Self::Scheduled => s::SCHEDULED,
            Self::Confirmed => s::CONFIRMED,
            Self::Done => s::DONE,
            Self::Cancelled => s::CANCELLED,
            Self::NoShow => s::NO_SHOW,
        }
    }
}
