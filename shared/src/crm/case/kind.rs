//! What a case is about.

use crate::permission::named_enum;

named_enum! {
    /// The tax form or the service.
    CaseType {
        Form1040 = "form_1040",
        Form1040x = "form_1040x",
        Form1120 = "form_1120",
        Form1120s = "form_1120s",
        Form1065 = "form_1065",
        Form941 = "form_941",
        SalesTax = "sales_tax",
        ItinW7 = "itin_w7",
        Bookkeeping = "bookkeeping",
        IrsNotice = "irs_notice",
        Other = "other",
    }
}

named_enum! {
    /// The part of the tax year.
    TaxPeriod {
        Year = "year",
        Q1 = "q1",
        Q2 = "q2",
        Q3 = "q3",
        Q4 = "q4",
        M01 = "m01",
        M02 = "m02",
        M03 = "m03",
        M04 = "m04",
        M05 = "m05",
        M06 = "m06",
        M07 = "m07",
        M08 = "m08",
        M09 = "m09",
        M10 = "m10",
        M11 = "m11",
        M12 = "m12",
    }
}

impl CaseType {
    /// Whether the law asks for it for the whole year, for quarters, for months.
    pub fn takes(self, period: TaxPeriod) -> bool {
        match self {
            Self::Form1040
            | Self::Form1040x
            | Self::Form1120
            | Self::Form1120s
            | Self::Form1065
            | Self::ItinW7 => period == TaxPeriod::Year,
            Self::Form941 => period.quarter().is_some(),
            Self::SalesTax | Self::Bookkeeping | Self::IrsNotice | Self::Other => true,
        }
    }

    /// The period that a new case of the type begins with.
    pub const fn usual_period(self) -> TaxPeriod {
        match self {
            Self::Form941 => TaxPeriod::Q1,
            _ => TaxPeriod::Year,
        }
    }
}

impl TaxPeriod {
    /// 1 to 4.
    pub fn quarter(self) -> Option<u32> {
        self.numbered('q')
    }

    /// 1 to 12.
    pub fn month(self) -> Option<u32> {
        self.numbered('m')
    }

    /// The last month of it in a calendar year.
    pub fn last_month(self) -> u32 {
        self.month().or(self.quarter().map(|quarter| quarter * 3)).unwrap_or(12)
    }

    fn numbered(self, letter: char) -> Option<u32> {
        self.as_str().strip_prefix(letter)?.parse().ok()
    }
}
