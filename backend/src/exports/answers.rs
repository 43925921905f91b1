//! What exports answer, for the document.

use super::XLSX;
use ebenezer_shared::problem::Problem;
use std::collections::BTreeMap;
use utoipa::openapi::{Content, ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, PartialSchema as _, ToSchema as _};

/// A file, or what cannot be one.
pub struct ExportAnswers;

impl IntoResponses for ExportAnswers {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let file = || ContentBuilder::new().schema(Some(String::schema())).build();
        let whole = ResponseBuilder::new()
            .description("The file; its first row are the headings")
            .content("text/csv", file())
            .content(XLSX, file());
        let problem = Content::new(Some(Ref::from_schema_name(Problem::name())));
        let refused = ResponseBuilder::new()
            .description(
                "`validation_failed`: a column that there is not, too many ids, or \
                 `too_many_rows` for such a file",
            )
            .content(ebenezer_shared::problem::CONTENT_TYPE, problem);
        [("200", whole), ("422", refused)]
            .map(|(status, response)| (status.to_owned(), response.build().into()))
            .into()
    }
}
