//! `GET /api/downloads/{token}`: the operation behind the link answers.

use super::PATH;
use crate::auth::Public;
use crate::auth::tokens::{Claims, hash_token};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::request::RequestInfo;
use crate::platform::download_link::{self, Model};
use crate::routes::Routes;
use crate::state::AppState;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse, Url};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, web};
use anyhow::Context as _;
use ebenezer_shared::problem::{Problem, ProblemCode};
use std::rc::Rc;

/// Who follows a link, for the operation that it leads to.
#[derive(Clone)]
struct Pass(Claims);

/// Who asked for the link by which the request came, if it came by one. Their firm is fixed.
pub fn pass(req: &HttpRequest) -> Option<Claims> {
    req.extensions().get::<Pass>().map(|Pass(claims)| claims.clone())
}

/// Middleware: takes the link and has the request go on to where it leads, as a request of
/// whoever asked for it. What is no good link goes on to [`follow_download`], which says so.
pub async fn redeem<B: MessageBody>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if let Some(token) = token(&req) {
        match open(&req, &token).await {
            Ok(Some((link, target))) => lead(&mut req, &link, target),
            Ok(None) => {}
            Err(error) => {
                let info = RequestInfo::of(req.request());
                return Ok(req.into_response(error.respond(&info)).map_into_right_body());
            }
        }
    }
    next.call(req).await.map(ServiceResponse::map_into_left_body)
}

fn token(req: &ServiceRequest) -> Option<String> {
    let token = req.path().strip_prefix(PATH)?.strip_prefix('/')?;
    (req.method() == Method::GET && !token.is_empty()).then(|| token.to_owned())
}

async fn open(req: &ServiceRequest, token: &str) -> Result<Option<(Model, Uri)>, ApiError> {
    let Some(state) = req.app_data::<web::Data<AppState>>() else { return Ok(None) };
    let db = state.planes.platform();
    let link = download_link::take(db, &hash_token(token), state.clock.now()).await?;
    let Some(link) = link else { return Ok(None) };
    let target = state.sealer.open(&link.target_sealed)?;
    let target = target.parse().context("a download link leads nowhere")?;
    Ok(Some((link, target)))
}

fn lead(req: &mut ServiceRequest, link: &Model, target: Uri) {
    let claims = Claims::of_link(link);
    let info = RequestInfo { locale: link.locale(), ..(*RequestInfo::of(req.request())).clone() };
    req.match_info_mut().set(Url::new(target.clone()));
    req.head_mut().uri = target;
    let mut extensions = req.extensions_mut();
    extensions.insert(Rc::new(info));
    extensions.insert(Pass(claims));
}

/// The file of a link that `POST /api/downloads` answered. It takes no token: the link is one.
#[utoipa::path(get, path = "/api/downloads/{token}", tag = "downloads",
    params(("token" = String, Path)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = String,
            description = "What the operation behind the link answers, of its own media type"),
        (status = 401, description = "`session_expired`: the session in which the link was asked for", body = Problem),
        (status = 403, description = "Those of the operation behind the link", body = Problem),
        (status = 404, description = "Those of the operation behind the link", body = Problem),
        (status = 410, description = "`link_expired`: used, too old, or not ours", body = Problem),
    ))]
pub async fn follow_download(_public: Public) -> Result<Answer, ApiError> {
    Err(ProblemCode::LinkExpired.into())
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_follow_download, follow_download);
}
