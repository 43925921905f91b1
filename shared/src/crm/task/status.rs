//! How far a task is.

use crate::permission::named_enum;

named_enum! {
    /// How far a task is.
    TaskStatus {
        Open = "open",
        InProgress = "in_progress",
        Done = "done",
        Cancelled = "cancelled",
    }
}

impl TaskStatus {
    /// Whether there is still something to do.
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }

    /// Its place in a list: what is being done first, what is done last.
    pub const fn rank(self) -> i32 {
        self as i32
    }
}
