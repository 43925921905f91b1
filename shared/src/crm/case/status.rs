//! How far a case is, and where it may go from there.

use crate::permission::named_enum;

named_enum! {
    /// How far the work is.
    CaseStatus {
        Intake = "intake",
        WaitingDocuments = "waiting_documents",
        InPreparation = "in_preparation",
        InReview = "in_review",
        ReadyToSign = "ready_to_sign",
        Filed = "filed",
        Accepted = "accepted",
        Rejected = "rejected",
        Closed = "closed",
    }
}

impl CaseStatus {
    /// Whether there is still something to do.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Accepted | Self::Closed)
    }

    /// Whether its day can pass unkept: what was filed has kept it.
    pub const fn can_be_late(self) -> bool {
        self.is_open() && !matches!(self, Self::Filed)
    }

    /// The office's own steps: from the first talk to the filing.
    const fn step(self) -> Option<u8> {
        match self {
            Self::Intake => Some(0),
            Self::WaitingDocuments => Some(1),
            Self::InPreparation => Some(2),
            Self::InReview => Some(3),
            Self::ReadyToSign => Some(4),
            Self::Filed => Some(5),
            Self::Accepted | Self::Rejected | Self::Closed => None,
        }
    }

    /// Whether a case may go there: forward by one or more steps and back by one until it is
    /// filed; then the authority accepts or rejects it, and what was rejected is prepared
    /// again. It is closed from anywhere and reopened to where it was (`closed_from`).
    pub fn may_become(self, next: Self, closed_from: Option<Self>) -> bool {
        match (self, next) {
            (Self::Closed, next) => closed_from == Some(next),
            (_, Self::Closed)
            | (Self::Filed, Self::Accepted | Self::Rejected)
            | (Self::Rejected, Self::InPreparation) => true,
            (Self::Filed, _) => false,
            _ => match (self.step(), next.step()) {
                (Some(here), Some(there)) => there > here || there + 1 == here,
                _ => false,
            },
        }
    }

    /// Where a case may go.
    pub fn next(self, closed_from: Option<Self>) -> impl Iterator<Item = Self> {
        let all = Self::ALL.iter().copied();
        all.filter(move |next| self.may_become(*next, closed_from))
    }
}

#[cfg(test)]
mod tests {
    use super::CaseStatus::{self, *};

    fn next(from: CaseStatus, closed_from: Option<CaseStatus>) -> Vec<CaseStatus> {
        from.next(closed_from).collect()
    }

    #[test]
    fn each_status_leads_where_it_may() {
        let forward = [WaitingDocuments, InPreparation, InReview, ReadyToSign, Filed, Closed];
        assert_eq!(next(Intake, None), forward);
        let either = [Intake, InPreparation, InReview, ReadyToSign, Filed, Closed];
        assert_eq!(next(WaitingDocuments, None), either);
        assert_eq!(next(InReview, None), [InPreparation, ReadyToSign, Filed, Closed]);
        assert_eq!(next(ReadyToSign, None), [InReview, Filed, Closed]);
        assert_eq!(next(Filed, None), [Accepted, Rejected, Closed]);
        assert_eq!(next(Accepted, None), [Closed]);
        assert_eq!(next(Rejected, None), [InPreparation, Closed]);
    }

    #[test]
    fn what_was_closed_is_reopened_where_it_was() {
        for from in CaseStatus::ALL.iter().copied().filter(|it| *it != Closed) {
            assert_eq!(next(Closed, Some(from)), [from]);
        }
        assert!(next(Closed, None).is_empty());
    }

    #[test]
    fn nothing_becomes_what_it_is() {
        for status in CaseStatus::ALL.iter().copied() {
            assert!(!status.may_become(status, None));
        }
    }
}
