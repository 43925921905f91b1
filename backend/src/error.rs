//! Errors as the API answers them.

use crate::http::answer::Answer;
use crate::http::request::RequestInfo;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use ebenezer_shared::crm::appointment::AppointmentRef;
use ebenezer_shared::crm::contact::{ContactRef, DuplicateMatch};
use ebenezer_shared::crm::document::DocumentRef;
use ebenezer_shared::problem::{CONTENT_TYPE, FieldError, Problem, ProblemCode};
use ebenezer_shared::validation::field_errors;
use sea_orm::{DbErr, RuntimeErr};
use uuid::Uuid;
use validator::ValidationErrors;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum ApiError {
    /// A known problem, told to the caller.
    Refused(Box<Refusal>),
    /// The request was carried out before under the same `Idempotency-Key`: its answer.
    Replayed(Box<Answer>),
    /// Something is away for the moment; the cause goes to the log.
    Unavailable(anyhow::Error),
    /// Our fault; the cause goes to the log.
    Internal(anyhow::Error),
}

/// A known problem and what belongs to it.
#[derive(Debug)]
pub struct Refusal {
    pub code: ProblemCode,
    pub fields: Vec<(String, &'static str)>,
    pub rules: Option<ValidationErrors>,
    pub required_permission: Option<String>,
    pub matches: Vec<DuplicateMatch>,
    pub contacts: Vec<ContactRef>,
    pub documents: Vec<DocumentRef>,
    pub appointments: Vec<AppointmentRef>,
    pub merged_into: Option<Uuid>,
    pub limit: Option<u64>,
    pub used: Option<u64>,
    pub upgrade_url: Option<String>,
    /// Seconds after which it may work.
    pub retry_after: Option<u64>,
}

impl ApiError {
    /// Whether it is that problem.
    pub fn is(&self, code: ProblemCode) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.code == code)
    }
}

impl From<ProblemCode> for ApiError {
    fn from(code: ProblemCode) -> Self {
        Refusal::new(code).into()
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<ValidationErrors> for ApiError {
    fn from(errors: ValidationErrors) -> Self {
        Refusal { rules: Some(errors), ..Refusal::new(ProblemCode::ValidationFailed) }.into()
    }
}

impl From<anyhow::Error> for ApiError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<crate::crypto::SealError> for ApiError {
    fn from(error: crate::crypto::SealError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        if is_outage(&error) {
            Self::Unavailable(error.into())
        } else {
            Self::Internal(error.into())
        }
    }
}

/// Whether the database is away or overloaded, rather than wrongly asked.
fn is_outage(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error as Sqlx;
    let (DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner)) = error else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    let RuntimeErr::SqlxError(error) = inner else { return false };
    match error.as_ref() {
        Sqlx::Io(_)
        | Sqlx::PoolTimedOut
        | Sqlx::PoolClosed
        | Sqlx::WorkerCrashed
        | Sqlx::Protocol(_) => true,
        // PostgreSQL: class 57 operator intervention, 53 out of resources, 08 connection,
        // 40 serialization and deadlock; SQLite: 5 busy, 6 locked.
        Sqlx::Database(error) => error.code().is_some_and(|code| {
            ["57", "53", "08", "40"].iter().any(|class| code.len() == 5 && code.starts_with(class))
                || matches!(code.as_ref(), "5" | "6" | "517")
        }),
        _ => false,
    }
}

impl Refusal {
    pub fn new(code: ProblemCode) -> Self {
        Self {
            code,
            fields: Vec::new(),
            rules: None,
            required_permission: None,
            matches: Vec::new(),
            contacts: Vec::new(),
            documents: Vec::new(),
            appointments: Vec::new(),
            merged_into: None,
            limit: None,
            used: None,
            upgrade_url: None,
            retry_after: None,
        }
    }
}

impl ApiError {
    /// A problem with one field.
    pub fn field(code: ProblemCode, field: impl Into<String>, why: &'static str) -> Self {
        Refusal { fields: vec![(field.into(), why)], ..Refusal::new(code) }.into()
    }

    /// 422 for one field.
    pub fn invalid(field: impl Into<String>, why: &'static str) -> Self {
        Self::field(ProblemCode::ValidationFailed, field, why)
    }

    /// 400 for a query parameter.
    pub fn query(field: impl Into<String>, why: &'static str) -> Self {
        Self::field(ProblemCode::InvalidQuery, field, why)
    }

    /// 403 that names the missing permission.
    pub fn missing(permission: &impl ToString) -> Self {
        Refusal {
            required_permission: Some(permission.to_string()),
            ..Refusal::new(ProblemCode::PermissionRequired)
        }
        .into()
    }

    pub fn unavailable(cause: anyhow::Error) -> Self {
        Self::Unavailable(cause)
    }

    /// The answer, in the caller's language. Causes are logged here and nowhere else.
    pub fn respond(self, info: &RequestInfo) -> HttpResponse {
        let refusal = match self {
            Self::Replayed(answer) => return answer.replayed(),
            Self::Refused(refusal) => *refusal,
            Self::Unavailable(cause) => {
                tracing::warn!(cause = format!("{cause:#}"), "a part of the system is away");
                Refusal { retry_after: Some(2), ..Refusal::new(ProblemCode::Unavailable) }
            }
            Self::Internal(cause) => {
                tracing::error!(cause = format!("{cause:#}"), "a request failed");
                Refusal::new(ProblemCode::Internal)
            }
        };
        let mut problem = Problem::new(refusal.code, info.locale);
        problem.request_id.clone_from(&info.request_id);
        problem.errors = refusal
            .fields
            .iter()
            .map(|(field, code)| FieldError::new(field, code, None, info.locale))
            .collect();
        if let Some(rules) = &refusal.rules {
            problem.errors.extend(field_errors(rules, info.locale));
        }
        problem.required_permission = refusal.required_permission;
        problem.matches = refusal.matches;
        problem.contacts = refusal.contacts;
        problem.documents = refusal.documents;
        problem.appointments = refusal.appointments;
        problem.merged_into = refusal.merged_into;
        problem.limit = refusal.limit;
        problem.used = refusal.used;
        problem.upgrade_url = refusal.upgrade_url;
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(status);
        response.content_type(CONTENT_TYPE).insert_header(("Cache-Control", "no-store"));
        if let Some(seconds) = refusal.retry_after {
            response.insert_header(("Retry-After", seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        response.json(problem)
    }
}
