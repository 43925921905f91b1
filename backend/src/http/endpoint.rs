//! Handlers as functions whose first argument decides who may call them.
//!
//! Access is granted before anything else is read, so a caller without credential learns
//! nothing about the body's form. The same type tells the `OpenAPI` document which
//! permission and which credentials the operation asks for.

use crate::auth::{Access, AccessRule};
use crate::error::ApiError;
use crate::http::answer::Reply;
use crate::http::input::Input;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use std::future::Future;
use std::pin::Pin;

/// What an endpoint comes to.
pub type Outcome = Pin<Box<dyn Future<Output = Result<Reply, ApiError>>>>;

/// A handler: `async fn(access, inputs...) -> Result<Answer, ApiError>`, or with a `Stream`.
pub trait Endpoint<Arguments>: Copy + 'static {
    /// Who may call it.
    fn rule() -> AccessRule;

    /// Grants access, reads the inputs in order, runs.
    fn call(self, req: HttpRequest, payload: Payload) -> Outcome;
}

macro_rules! endpoint {
    ($($input:ident $name:ident),*) => {
        impl<F, Fut, R, A, $($input),*> Endpoint<(R, A, $($input,)*)> for F
        where
            F: Fn(A, $($input),*) -> Fut + Copy + 'static,
            Fut: Future<Output = Result<R, ApiError>>,
            R: Into<Reply>,
            A: Access,
            $($input: Input,)*
        {
            fn rule() -> AccessRule {
                A::rule()
            }

            fn call(self, req: HttpRequest, payload: Payload) -> Outcome {
                Box::pin(async move {
                    let access = A::grant(&req).await?;
                    let mut payload = payload;
                    // Not each arity reads.
                    let _ = &mut payload;
                    $(let $name = $input::read(&req, &mut payload).await?;)*
                    self(access, $($name),*).await.map(Into::into)
                })
            }
        }
    };
}

endpoint!();
endpoint!(B b);
endpoint!(B b, C c);
endpoint!(B b, C c, D d);
