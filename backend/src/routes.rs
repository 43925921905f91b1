//! Every operation, mounted and documented from the same registration.
//!
//! `Routes::add` takes a handler and the path that `utoipa::path` made of it. The handler's
//! first argument says who may call it, and that is written into the document; so an
//! operation without a decision about access cannot be registered.

use crate::auth::{AccessRule, Asks, PLATFORM_STAFF};
use crate::downloads::{Counted, Look, Offered};
use crate::http::endpoint::Endpoint;
use crate::http::problems::{method_not_allowed, not_found};
use crate::http::request::RequestInfo;
use crate::{
    audit, auth, crm, dashboard, deletions, downloads, health, http, jobs, live, platform, search,
    team,
};
use actix_web::dev::ResourceDef;
use actix_web::http::Method;
use actix_web::{HttpRequest, Route, web};
use ebenezer_shared::auth::TENANT_HEADER;
use ebenezer_shared::permission::Audience;
use ebenezer_shared::problem::Problem;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::future::ready;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ComponentsBuilder, Schema};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required,
    ResponseBuilder,
};
use utoipa::{PartialSchema as _, Path as DocumentedPath, ToSchema};

/// Whom an operation serves.
const AUDIENCE: &str = "x-audience";
/// What an operation asks for.
const PERMISSION: &str = "x-permission";

/// Operations by path.
#[derive(Default)]
pub struct Routes {
    operations: BTreeMap<String, Vec<(Method, Route)>>,
    documented: Vec<(String, HttpMethod, Operation)>,
    downloads: Vec<Offered>,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Routes {
    /// Mounts a handler at its documented path and method.
    pub fn add<P, H, Arguments>(&mut self, _path: P, handler: H)
    where
        P: DocumentedPath + utoipa::__dev::SchemaReferences + utoipa::__dev::Tags<'static>,
        H: Endpoint<Arguments>,
    {
        let path = P::path();
        let mut operation = P::operation();
        operation.tags = Some(P::tags().into_iter().map(str::to_owned).collect());
        let creates = P::methods().iter().any(|method| matches!(method, HttpMethod::Post));
        describe_headers(&mut operation, H::rule(), creates);
        describe_access(&mut operation, H::rule());
        describe_problems(&mut operation);
        P::schemas(&mut self.schemas);
        for method in P::methods() {
            let actix_method = actix_method(&method);
            let route = web::method(actix_method.clone()).to(
                move |req: HttpRequest, payload: web::Payload| {
                    let outcome = handler.call(req.clone(), payload.into_inner());
                    async move {
                        match outcome.await {
                            Ok(reply) => reply.respond(),
                            Err(error) => error.respond(&RequestInfo::of(&req)),
                        }
                    }
                },
            );
            self.operations.entry(path.clone()).or_default().push((actix_method, route));
            self.documented.push((path.clone(), method, operation.clone()));
        }
    }

    /// Mounts a handler that answers a file, which browsers may also fetch by a link.
    pub fn add_download<P, H, Arguments>(&mut self, path: P, handler: H, counted: Counted)
    where
        P: DocumentedPath + utoipa::__dev::SchemaReferences + utoipa::__dev::Tags<'static>,
        H: Endpoint<Arguments>,
    {
        self.offer::<P, H, Arguments>(counted, None);
        self.add(path, handler);
    }

    /// Mounts a handler that answers many records as a file. `look` says what it would refuse,
    /// so that whoever asks for a link is told.
    pub fn add_export<P, H, Arguments>(&mut self, path: P, handler: H, look: Look)
    where
        P: DocumentedPath + utoipa::__dev::SchemaReferences + utoipa::__dev::Tags<'static>,
        H: Endpoint<Arguments>,
    {
        self.offer::<P, H, Arguments>(Counted::AsExport, Some(look));
        self.add(path, handler);
    }

    fn offer<P: DocumentedPath, H: Endpoint<Arguments>, Arguments>(
        &mut self,
        counted: Counted,
        look: Option<Look>,
    ) {
        let path = ResourceDef::new(P::path());
        self.downloads.push(Offered { path, rule: H::rule(), counted, look });
    }

    /// Those that answer a file.
    pub fn into_downloads(self) -> Vec<Offered> {
        self.downloads
    }

    /// Mounts everything on the app. Paths are sorted so that fixed parts come before
    /// parameters.
    pub fn mount(self, config: &mut web::ServiceConfig) {
        for (path, operations) in self.operations {
            let methods: Vec<&str> = operations.iter().map(|(method, _)| method.as_str()).collect();
            let allowed = methods.join(", ");
            let refuse = move |req: HttpRequest| ready(method_not_allowed(&req, &allowed));
            let resource = operations
                .into_iter()
                .fold(web::resource(path), |resource, (_, route)| resource.route(route));
            config.service(resource.default_service(web::to(refuse)));
        }
    }

    fn document(self) -> OpenApi {
        let mut paths = PathsBuilder::new();
        for (path, method, operation) in self.documented {
            let item = utoipa::openapi::PathItem::new(method, operation);
            paths = paths.path(path, item);
        }
        let mut schemas = self.schemas;
        schemas.push((Problem::name().into_owned(), Problem::schema()));
        Problem::schemas(&mut schemas);
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        OpenApiBuilder::new()
            .info(
                InfoBuilder::new()
                    .title("Ebenezer")
                    .version(env!("CARGO_PKG_VERSION"))
                    .description(Some(include_str!("../../docs/API-INTRO.md")))
                    .build(),
            )
            .paths(paths.build())
            .components(Some(
                ComponentsBuilder::new()
                    .schemas_from_iter(schemas)
                    .security_scheme("bearer", SecurityScheme::Http(bearer))
                    .build(),
            ))
            .build()
    }
}

/// Headers that operations inside a firm understand without saying so each time.
fn describe_headers(operation: &mut Operation, rule: AccessRule, creates: bool) {
    if rule.audience == [Audience::Public] {
        return;
    }
    let mut header = |name: &str, description: &str| {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(description))
            .schema(Some(String::schema()))
            .build();
        operation.parameters.get_or_insert_default().push(parameter.into());
    };
    header(TENANT_HEADER, "Id of another of the user's firms, for this request");
    if creates && matches!(rule.asks, Asks::Permission(_)) {
        header(
            "Idempotency-Key",
            "The same request again within 24 hours answers as the first did",
        );
    }
}

/// Writes the access rule into the document, with the answers that follow from it.
fn describe_access(operation: &mut Operation, rule: AccessRule) {
    let audience: Vec<&str> = rule.audience.iter().map(|audience| audience.as_str()).collect();
    let is_public = rule.audience == [Audience::Public];
    let permission = match rule.asks {
        Asks::Nothing => Value::Null,
        Asks::OwnAccount => "own_account".into(),
        Asks::Permission(permission) => permission.to_string().into(),
        Asks::PlatformStaff => PLATFORM_STAFF.into(),
    };
    let extensions =
        ExtensionsBuilder::new().add(AUDIENCE, audience).add(PERMISSION, permission).build();
    operation.extensions.get_or_insert_default().merge(extensions);
    let mut answer = |status: &str, description: &str| {
        let content =
            ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
        let response = ResponseBuilder::new()
            .description(description)
            .content(ebenezer_shared::problem::CONTENT_TYPE, content)
            .build();
        operation.responses.responses.entry(status.to_owned()).or_insert(response.into());
    };
    answer("429", "`rate_limited`");
    if !is_public {
        answer("401", "`authentication_required`, `session_expired`");
        answer(
            "403",
            "`permission_required`, `not_a_member`, `mfa_enrolment_required`, `tenant_paused`, `tenant_suspended`, `tenant_cancelled`",
        );
    }
    if matches!(rule.asks, Asks::Permission(_)) {
        answer("404", "`module_not_enabled`");
    }
    answer("503", "`unavailable`");
    if operation.request_body.is_some() {
        answer("400", "`invalid_json`, `invalid_path`, `invalid_header`");
        answer("413", "`payload_too_large`");
        answer("415", "`unsupported_media_type`");
        answer("422", "`validation_failed`");
    } else {
        answer("400", "`invalid_query`, `invalid_path`, `invalid_header`");
    }
    if !is_public {
        let none: [&str; 0] = [];
        operation.security = Some(vec![SecurityRequirement::new("bearer", none)]);
    }
}

/// Refusals are problems (RFC 9457), which `utoipa::path` would call mere JSON.
fn describe_problems(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if status.starts_with(['4', '5']) {
            let media = || ebenezer_shared::problem::CONTENT_TYPE.to_owned();
            let content = std::mem::take(&mut response.content);
            response.content = content.into_values().map(|content| (media(), content)).collect();
        }
    }
}

fn actix_method(method: &HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Post => Method::POST,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Delete => Method::DELETE,
        HttpMethod::Options => Method::OPTIONS,
        HttpMethod::Head => Method::HEAD,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Trace => Method::TRACE,
    }
}

/// Every operation of the API.
pub fn all() -> Routes {
    let mut routes = Routes::default();
    auth::routes(&mut routes);
    platform::products::routes(&mut routes);
    platform::tenant_settings::routes(&mut routes);
    crm::routes(&mut routes);
    dashboard::routes(&mut routes);
    deletions::routes(&mut routes);
    audit::routes(&mut routes);
    downloads::routes(&mut routes);
    jobs::routes(&mut routes);
    live::routes(&mut routes);
    search::routes(&mut routes);
    team::routes(&mut routes);
    routes
}

/// The `OpenAPI` document as indented JSON, the same text at every call.
pub fn document() -> serde_json::Result<String> {
    let mut document = serde_json::to_value(all().document())?;
    let items = document.get_mut("paths").and_then(Value::as_object_mut);
    let operations = items.into_iter().flat_map(|items| items.values_mut());
    for operation in operations.filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        let Some(fields) = operation.as_object_mut() else { continue };
        // utoipa keeps extensions in a hash map, in another order each time.
        for name in [AUDIENCE, PERMISSION] {
            if let Some(value) = fields.shift_remove(name) {
                fields.insert(name.to_owned(), value);
            }
        }
    }
    serde_json::to_string_pretty(&document)
}

/// Mounts API, documentation, health and the app's pages.
pub fn configure(config: &mut web::ServiceConfig) {
    all().mount(config);
    http::docs::configure(config);
    health::configure(config);
    http::spa::configure(config);
    config.default_service(web::to(not_found));
}
