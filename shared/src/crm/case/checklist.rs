//! What is to be done or to be had for a case, thing by thing.

use super::kind::CaseType;
use crate::ids::{ChecklistItemId, UserId};
use crate::locale::Text;
use crate::patch::Patch;
use crate::texts::case_checklists as t;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// So many things can a case have.
pub const MAX_ITEMS: usize = 100;

/// `POST /api/cases/{id}/checklist`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateChecklistItem {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub label: String,
}

/// `PATCH /api/cases/{id}/checklist/{item_id}`
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateChecklistItem {
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::required_line_patch"))]
    pub label: Patch<String>,
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = bool, required = false))]
    pub is_done: Option<bool>,
    /// Its place among the others, from 0; those behind it move on.
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = u32, required = false))]
    #[validate(range(max = 100, code = "out_of_range"))]
    pub order: Option<u32>,
}

/// One thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChecklistItem {
    pub id: ChecklistItemId,
    pub label: String,
    pub is_done: bool,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<UserId>,
}

/// What a new case of the type begins with.
pub const fn template(kind: CaseType) -> &'static [Text] {
    match kind {
        CaseType::Form1040 => &[
            t::IDENTIFICATION,
            t::LAST_RETURN,
            t::W2,
            t::FORMS_1099,
            t::DEDUCTIONS,
            t::DEPENDENTS,
            t::BANK_ACCOUNT,
            t::REVIEW,
            t::SIGNATURE_8879,
        ],
        CaseType::Form1040x => {
            &[t::LAST_RETURN, t::REASON_OF_AMENDMENT, t::PROOF, t::REVIEW, t::SIGNATURE]
        }
        CaseType::Form1120 | CaseType::Form1120s => &[
            t::LAST_RETURN,
            t::BALANCE_SHEET,
            t::INCOME_STATEMENT,
            t::OWNERS,
            t::DEPRECIATION,
            t::BANK_STATEMENTS,
            t::REVIEW,
            t::SIGNATURE_8879,
        ],
        CaseType::Form1065 => &[
            t::LAST_RETURN,
            t::PARTNERSHIP_AGREEMENT,
            t::BALANCE_SHEET,
            t::INCOME_STATEMENT,
            t::OWNERS,
            t::REVIEW,
            t::SIGNATURE_8879,
        ],
        CaseType::Form941 => &[t::PAYROLL, t::DEPOSITS, t::REVIEW, t::SIGNATURE],
        CaseType::SalesTax => &[t::SALES, t::EXEMPTIONS, t::REVIEW, t::PAYMENT],
        CaseType::ItinW7 => {
            &[t::PASSPORT, t::FORM_W7, t::RETURN_ATTACHED, t::CERTIFIED_COPIES, t::SIGNATURE]
        }
        CaseType::Bookkeeping => {
            &[t::BANK_STATEMENTS, t::INVOICES, t::RECONCILIATION, t::REPORT_TO_CLIENT]
        }
        CaseType::IrsNotice => &[t::NOTICE, t::POWER_OF_ATTORNEY, t::ANSWER, t::PROOF_OF_MAILING],
        CaseType::Other => &[],
    }
}
