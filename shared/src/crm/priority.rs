//! How urgent a thing is.

use crate::locale::Text;
use crate::permission::named_enum;
use crate::texts::priorities as p;

named_enum! {
    /// How soon it is to be done, beside what its due day says.
    Priority {
        Low = "low",
        Normal = "normal",
        High = "high",
        Urgent = "urgent",
    }
}

impl Priority {
    /// What a thing has that nobody gave one.
    pub const fn usual() -> Self {
        Self::Normal
    }

    /// Its place among the others, the least urgent first.
    pub const fn rank(self) -> i32 {
        self as i32
    }

    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Low => p::LOW,
            Self::Normal => p::NORMAL,
            Self::High => p::HIGH,
            Self::Urgent => p::URGENT,
        }
    }
}
