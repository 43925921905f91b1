//! What entries of the log are about, what was done, and what their fields are called. The
//! server writes nothing that has no name here (a debug build stops at it), so the page has
//! words for all that there is.

mod exports;

use super::AuditEntry;
use crate::locale::Text;
use crate::texts;
use crate::texts::audit::{self as a, account_acts as u, acts, fields as f, kinds as k};
use serde_json::Value;

/// What entries are about.
pub static KINDS: [(&str, Text); 21] = [
    ("contact", k::CONTACT),
    ("corporation", k::CORPORATION),
    ("department", k::DEPARTMENT),
    ("case", k::CASE),
    ("task", k::TASK),
    ("note", k::NOTE),
    ("sticky_note", k::STICKY_NOTE),
    ("thread", k::THREAD),
    ("appointment", k::APPOINTMENT),
    ("calendar_feed", k::CALENDAR_FEED),
    ("folder", k::FOLDER),
    ("document", k::DOCUMENT),
    ("document_request", k::DOCUMENT_REQUEST),
    ("tag", k::TAG),
    ("view", k::VIEW),
    ("member", k::MEMBER),
    ("role", k::ROLE),
    ("invitation", k::INVITATION),
    ("tenant", k::TENANT),
    ("account", k::ACCOUNT),
    ("audit_log", k::AUDIT_LOG),
];

/// What is done to things.
pub static ACTS: [(&str, Text); 21] = [
    ("create", acts::CREATE),
    ("update", acts::UPDATE),
    ("delete", acts::DELETE),
    ("relate", acts::RELATE),
    ("merge", acts::MERGE),
    ("unmerge", acts::UNMERGE),
    ("restore", acts::RESTORE),
    ("reveal", acts::REVEAL),
    ("export", acts::EXPORT),
    ("view", acts::VIEW),
    ("download", acts::DOWNLOAD),
    ("share", acts::SHARE),
    ("unshare", acts::UNSHARE),
    ("move", acts::MOVE),
    ("new_version", acts::NEW_VERSION),
    ("restore_version", acts::RESTORE_VERSION),
    ("trash", acts::TRASH),
    ("remind", acts::REMIND),
    ("document", acts::DOCUMENT),
    ("note", acts::NOTE),
    ("message", acts::MESSAGE),
];

/// What happens to accounts.
pub static ACCOUNT_ACTS: [(&str, Text); 26] = [
    ("login", acts::LOGIN),
    ("login.failed", acts::LOGIN_FAILED),
    ("logout", acts::LOGOUT),
    ("session.switched", u::SESSION_SWITCHED),
    ("session.ended", u::SESSION_ENDED),
    ("sessions.ended_others", u::SESSIONS_ENDED_OTHERS),
    ("session.refresh_token_reused", u::TOKEN_REUSED),
    ("password.changed", u::PASSWORD_CHANGED),
    ("password.forgotten", u::PASSWORD_FORGOTTEN),
    ("password.reset", u::PASSWORD_RESET),
    ("2fa.setup", u::FACTOR_SETUP),
    ("2fa.enabled", u::FACTOR_ENABLED),
    ("2fa.disabled", u::FACTOR_DISABLED),
    ("2fa.recovery_codes_renewed", u::CODES_RENEWED),
    ("2fa.recovery_code_used", u::CODE_USED),
    ("2fa.reset", u::FACTOR_RESET),
    ("profile.changed", u::PROFILE_CHANGED),
    ("email.change_asked", u::EMAIL_CHANGE_ASKED),
    ("email.changed", u::EMAIL_CHANGED),
    ("invitation.accepted", u::INVITATION_ACCEPTED),
    ("tenant.registered", u::REGISTERED),
    ("superuser.created", u::SUPERUSER_CREATED),
    ("superuser.promoted", u::SUPERUSER_PROMOTED),
    ("job.retried", u::JOB_RETRIED),
    ("jobs.retried", u::JOB_RETRIED),
    ("job.cancelled", u::JOB_CANCELLED),
];

/// What stands in a table under that name.
pub fn named(table: &[(&str, Text)], name: &str) -> Option<Text> {
    table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// What a field is called.
pub fn field(name: &str) -> Option<Text> {
    use texts::{address as d, contacts as c, corporations as o, firm, tags, team as m, ties};
    Some(match name {
        "first_name" => c::FIRST_NAME,
        "last_name" => c::LAST_NAME,
        "name" | "full_name" => c::NAME,
        "email" => c::EMAIL_SHORT,
        "phone" | "phone_display" => c::PHONE,
        "status" => c::STATUS,
        "client_since" => c::CLIENT_SINCE,
        "primary_corporation_id" => c::PRIMARY_CORPORATION,
        "corporations" | "corporation_ids" | "corporation_count" => c::CORPORATIONS,
        "corporation" | "corporation_id" => k::CORPORATION,
        "former_corporations" => ties::FORMER,
        "department" | "department_id" => c::DEPARTMENT,
        "owner" | "owner_id" => c::OWNER,
        "address" => d::TITLE,
        "line1" => d::LINE1,
        "line2" => d::LINE2,
        "city" => d::CITY,
        "region" => d::REGION,
        "postal_code" => d::POSTAL_CODE,
        "country" => d::COUNTRY,
        "date_of_birth" => c::DATE_OF_BIRTH,
        "ssn" => c::SSN,
        "ein" => o::EIN,
        "legal_name" => o::LEGAL_NAME,
        "type" => o::TYPE,
        "industry" => o::INDUSTRY,
        "fiscal_year_end" => o::FISCAL_YEAR_END,
        "preferred_language" => c::PREFERRED_LANGUAGE,
        "tags" | "tag" => tags::TITLE,
        "notes" => c::NOTES,
        "external_id" => c::EXTERNAL_ID,
        "color" => tags::COLOR,
        "role" => m::ROLE,
        "extra_permissions" => m::EXTRA,
        "invited_by" => m::INVITED_BY,
        "sent_at" => m::SENT,
        "last_login_at" => m::LAST_LOGIN,
        "related" => ties::RELATION,
        "from" => ties::FROM,
        "to" => ties::TO,
        "note" => ties::NOTE,
        "share" => ties::SHARE,
        "is_primary" => c::PRIMARY,
        "contact" => k::CONTACT,
        "contact_count" => c::TITLE,
        "require_2fa" => firm::REQUIRE_2FA,
        "require_primary_corporation" => firm::REQUIRE_PRIMARY,
        "company" => firm::COMPANY,
        "locale" => firm::LANGUAGE,
        "time_zone" => firm::TIME_ZONE,
        "default_country" => firm::COUNTRY,
        "plan" => firm::PLAN,
        "max_users" | "users" => firm::PEOPLE,
        "max_api_queries" => firm::QUERIES,
        "max_storage_bytes" => firm::STORAGE,
        "merged" => acts::MERGE,
        "action" => a::ACT,
        "actor_id" | "maker" => a::WHO,
        "resource_type" => a::KIND,
        _ => return of_cases(name).or_else(|| of_the_log(name)),
    })
}

/// Fields of cases.
fn of_cases(name: &str) -> Option<Text> {
    use texts::cases as c;
    Some(match name {
        "joint_contact" => c::JOINT,
        "tax_year" => c::TAX_YEAR,
        "period" => c::PERIOD,
        "closed_from" => c::CLOSED_FROM,
        "status_since" => c::STATUS_SINCE,
        "due_is_set" => c::DUE_IS_SET,
        "is_extended" => c::EXTENDED,
        "assignee" => c::ASSIGNEE,
        "priority" => c::PRIORITY,
        "fee" | "amount" => c::FEE,
        "currency" => c::CURRENCY,
        "checklist" => c::CHECKLIST,
        "label" => c::ITEM,
        "is_done" | "done_at" => c::ITEM_DONE,
        "done_by" => c::ITEM_DONE_BY,
        _ => return None,
    })
}

/// Fields that other pages have no words for.
fn of_the_log(name: &str) -> Option<Text> {
    Some(match name {
        "active" | "is_active" => f::IS_ACTIVE,
        "by" => f::BY,
        "bulk_id" => f::BULK,
        "code" => f::CODE,
        "columns" => f::COLUMNS,
        "count" => f::COUNT,
        "description" => f::DESCRIPTION,
        "expires_at" => f::EXPIRES_AT,
        "factor" => f::FACTOR,
        "field" => f::FIELD,
        "filters" => f::FILTERS,
        "former_contact_count" => f::FORMER_CONTACTS,
        "icon" => f::ICON,
        "invitation_count" | "pending_invitations" => f::INVITATIONS,
        "is_builtin" => f::IS_BUILTIN,
        "job" => f::JOB,
        "kind" => f::KIND,
        "left" => f::LEFT,
        "may_change" => f::MAY_CHANGE,
        "member_count" => f::MEMBERS,
        "merged_into" => f::MERGED_INTO,
        "message" => f::MESSAGE,
        "order" | "ordering" | "sort_order" => f::SORT_ORDER,
        "owned" => f::OWNED,
        "page_size" => f::PAGE_SIZE,
        "permissions" => f::PERMISSIONS,
        "primary_contact_count" => f::PRIMARY_CONTACTS,
        "product" => f::PRODUCT,
        "reason" => f::REASON,
        "relations" => f::RELATIONS,
        "resource" => f::RESOURCE,
        "resource_id" => f::RECORD,
        "search" => f::SEARCH,
        "set_aside" => f::SET_ASIDE,
        "about" => f::ABOUT,
        "said" => f::SAID,
        "session" => f::SESSION,
        "sessions_ended" => f::SESSIONS_ENDED,
        "shared" => f::SHARED,
        "subdomain" => f::SUBDOMAIN,
        "usage" => f::USAGE,
        _ => {
            return of_tasks(name)
                .or_else(|| of_appointments(name))
                .or_else(|| of_notes(name))
                .or_else(|| of_threads(name))
                .or_else(|| of_documents(name))
                .or_else(|| exports::field(name));
        }
    })
}

/// Fields of tasks.
fn of_tasks(name: &str) -> Option<Text> {
    use texts::tasks as t;
    Some(match name {
        "due_at" => t::DUE_AT,
        "case" => t::CASE,
        "recurrence" => t::RECURRENCE,
        "unit" => t::UNIT,
        "every" => t::EVERY,
        "until" => t::UNTIL,
        "next_id" => t::NEXT,
        _ => return None,
    })
}

/// Fields of notes.
fn of_notes(name: &str) -> Option<Text> {
    use texts::notes as n;
    Some(match name {
        "text" => n::TEXT,
        "pinned" => n::PINNED,
        "author" => n::AUTHOR,
        _ => return None,
    })
}

/// Fields of threads.
fn of_threads(name: &str) -> Option<Text> {
    use texts::messages as m;
    Some(match name {
        "subject" => m::SUBJECT,
        "members" => m::MEMBERS,
        "is_closed" => m::CLOSED,
        "number" => m::NUMBER,
        _ => return None,
    })
}

/// Fields of appointments.
fn of_appointments(name: &str) -> Option<Text> {
    use texts::appointments as t;
    Some(match name {
        "starts_at" => t::STARTS_AT,
        "ends_at" => t::ENDS_AT,
        "staff" => t::STAFF,
        "place" => t::PLACE,
        "video_url" => t::VIDEO_URL,
        "remind_minutes" => t::REMINDER,
        "reminded_at" => t::REMINDED_AT,
        _ => return None,
    })
}

/// Fields of folders, documents and requests for them.
fn of_documents(name: &str) -> Option<Text> {
    Some(match name {
        "client" => f::CLIENT,
        "parent_id" => f::PARENT,
        "is_default" => f::IS_DEFAULT,
        "document_count" => f::DOCUMENTS,
        "content_type" => f::CONTENT_TYPE,
        "size" => f::SIZE,
        "sha256" => f::CHECKSUM,
        "version" => f::VERSION,
        "folder" => f::FOLDER,
        "shared_with_portal" => f::SHARED_WITH_PORTAL,
        "previewable" => f::PREVIEWABLE,
        "trashed_at" => f::TRASHED_AT,
        "purged_on" => f::PURGED_ON,
        "created_by" => f::CREATED_BY,
        "document" => f::DOCUMENT,
        "title" => f::TITLE,
        "due_on" => f::DUE_ON,
        "is_overdue" => f::IS_OVERDUE,
        "items" => f::ITEMS,
        "fulfilled_count" => f::FULFILLED_COUNT,
        "remind_every_days" => f::REMIND_EVERY_DAYS,
        "next_reminder_on" => f::NEXT_REMINDER_ON,
        "reminder_count" => f::REMINDER_COUNT,
        "last_reminded_at" => f::LAST_REMINDED_AT,
        "completed_at" => f::COMPLETED_AT,
        "is_fulfilled" => f::IS_FULFILLED,
        "fulfilled_at" => f::FULFILLED_AT,
        "storage_bytes" => f::STORAGE_BYTES,
        _ => return None,
    })
}

/// Whether a reader never sees the field: what identifies a thing whose name stands beside it.
pub fn is_hidden(name: &str) -> bool {
    ["id", "key", "created_at", "updated_at"].contains(&name)
}

/// The fields in what an entry holds, however deep, that have no name.
pub fn unnamed(changes: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, change) in changes.as_object().into_iter().flatten() {
        note(name, &mut found);
        match AuditEntry::before_and_after(change) {
            Some((before, after)) => {
                collect(before, &mut found);
                collect(after, &mut found);
            }
            None => collect(change, &mut found),
        }
    }
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                note(name, found);
                collect(inner, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

fn note(name: &str, found: &mut Vec<String>) {
    if field(name).is_none() && !is_hidden(name) {
        found.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_without_a_name_is_found_however_deep() {
        let known = json!({ "name": { "before": "a", "after": "b" }, "left": 3 });
        assert_eq!(unnamed(&known), Vec::<String>::new());
        let deep = json!({
            "new_one": 1,
            "related": { "before": null, "after": [{ "id": 1, "name": "x", "deep_one": 2 }] },
        });
        assert_eq!(unnamed(&deep), ["new_one", "deep_one"]);
    }
}
