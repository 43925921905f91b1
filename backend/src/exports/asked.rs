//! What is asked of an export.

use super::list::{Column, List};
use crate::error::ApiError;
use crate::http::input::{Input, parse_query};
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use ebenezer_shared::export::{ExportFormat, MAX_COLUMNS, MAX_PICKED};
use ebenezer_shared::validation::kept_search;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use uuid::Uuid;

/// What an export takes beside what its list takes.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// `csv`, as without it, or `xlsx`.
    #[serde(default)]
    #[param(inline)]
    format: ExportFormat,
    /// Names of columns with commas, in their order; without it those that the list shows.
    columns: Option<String>,
    /// Ids with commas, 200 at most: of all that the query means only these.
    ids: Option<String>,
}

const OWN: [&str; 3] = ["format", "columns", "ids"];

/// The query as it came: a part of it is the list's.
pub struct RawQuery(pub String);

impl Input for RawQuery {
    async fn read(req: &HttpRequest, _: &mut Payload) -> Result<Self, ApiError> {
        Ok(Self(req.query_string().to_owned()))
    }
}

/// What is asked for, as far as it can be told without the firm's rows.
pub(super) struct Asked<L: List> {
    pub format: ExportFormat,
    pub columns: Vec<&'static Column<L::Item>>,
    pub ids: Option<Vec<Uuid>>,
    /// What the list itself reads.
    pub query: String,
}

impl<L: List> Asked<L> {
    /// 422 naming `columns` or `ids`; 400 for what is no query of an export.
    pub fn read(query: &str) -> Result<Self, ApiError> {
        let is_own = |part: &&str| OWN.contains(&part.split('=').next().unwrap_or_default());
        let parts = query.split('&').filter(|part| !part.is_empty());
        let (own, rest): (Vec<&str>, Vec<&str>) = parts.partition(is_own);
        let own: ExportQuery = parse_query(&own.join("&"))?;
        Ok(Self {
            format: own.format,
            columns: columns::<L>(own.columns.as_deref().unwrap_or_default())?,
            ids: own.ids.as_deref().map(ids).transpose()?,
            query: rest.join("&"),
        })
    }

    /// What the audit log keeps of it. A search for a personal number is not repeated there.
    pub fn told(&self, rows: usize) -> Value {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        let mut told = json!({
            "format": self.format.as_str(), "count": rows, "columns": columns.join(","),
        });
        let Value::Object(fields) = &mut told else { return told };
        if let Some(ids) = &self.ids {
            fields.insert("picked".to_owned(), ids.len().into());
        }
        let pages = ["page", "page_size", "cursor"];
        for (name, value) in url::form_urlencoded::parse(self.query.as_bytes()) {
            if pages.contains(&name.as_ref()) {
                continue;
            }
            let hides = name == "search" && kept_search(&value.clone().into_owned()).is_err();
            let value = if hides { "***".to_owned() } else { value.into_owned() };
            fields.insert(name.into_owned(), value.into());
        }
        told
    }
}

fn columns<L: List>(text: &str) -> Result<Vec<&'static Column<L::Item>>, ApiError> {
    let named: Vec<&str> = text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    if named.len() > MAX_COLUMNS {
        return Err(ApiError::invalid("columns", "out_of_range"));
    }
    let named = if named.is_empty() { L::SHOWN.to_vec() } else { named };
    let known = |name: &str| L::COLUMNS.iter().find(|column| column.name == name);
    let found: Option<Vec<_>> = named.into_iter().map(known).collect();
    found.ok_or_else(|| ApiError::invalid("columns", "unknown_value"))
}

fn ids(text: &str) -> Result<Vec<Uuid>, ApiError> {
    let ids: Result<Vec<Uuid>, _> = text.split(',').map(|id| id.trim().parse()).collect();
    let ids = ids.map_err(|_| ApiError::query("ids", "wrong_type"))?;
    if ids.len() > MAX_PICKED {
        return Err(ApiError::invalid("ids", "out_of_range"));
    }
    Ok(ids)
}
