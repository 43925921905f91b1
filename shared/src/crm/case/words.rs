//! What cases are called.

use super::kind::{CaseType, TaxPeriod};
use super::status::CaseStatus;
use crate::locale::{Locale, Text};
use crate::texts::{case_periods, case_statuses as s, case_types as t};

impl CaseType {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Form1040 => t::FORM_1040,
            Self::Form1040x => t::FORM_1040X,
            Self::Form1120 => t::FORM_1120,
            Self::Form1120s => t::FORM_1120S,
            Self::Form1065 => t::FORM_1065,
            Self::Form941 => t::FORM_941,
            Self::SalesTax => t::SALES_TAX,
            Self::ItinW7 => t::ITIN_W7,
            Self::Bookkeeping => t::BOOKKEEPING,
            Self::IrsNotice => t::IRS_NOTICE,
            Self::Other => t::OTHER,
        }
    }
}

impl CaseStatus {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Intake => s::INTAKE,
            Self::WaitingDocuments => s::WAITING_DOCUMENTS,
            Self::InPreparation => s::IN_PREPARATION,
            Self::InReview => s::IN_REVIEW,
            Self::ReadyToSign => s::READY_TO_SIGN,
            Self::Filed => s::FILED,
            Self::Accepted => s::ACCEPTED,
            Self::Rejected => s::REJECTED,
            Self::Closed => s::CLOSED,
        }
    }
}

impl TaxPeriod {
    /// Its name: `trimestre 2`, `March`.
    pub fn label(self, locale: Locale) -> String {
        if let Some(quarter) = self.quarter() {
            return case_periods::quarter(locale, quarter);
        }
        let month = self.month().and_then(|month| {
            let names = case_periods::MONTHS.get(locale);
            names.split(' ').nth(usize::try_from(month).ok()?.checked_sub(1)?)
        });
        month.unwrap_or_else(|| case_periods::YEAR.get(locale)).to_owned()
    }
}

/// “1040 · 2024”, “941 · 2024, trimestre 2”.
pub fn title(locale: Locale, kind: CaseType, year: i32, period: TaxPeriod) -> String {
    let kind = kind.text().get(locale);
    if period == TaxPeriod::Year {
        format!("{kind} · {year}")
    } else {
        format!("{kind} · {year}, {}", period.label(locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_names() {
        let names =
            [TaxPeriod::Year, TaxPeriod::Q3, TaxPeriod::M12].map(|period| period.label(Locale::Es));
        assert_eq!(names, ["año completo", "trimestre 3", "diciembre"]);
        assert_eq!(TaxPeriod::M01.label(Locale::En), "January");
    }
}
