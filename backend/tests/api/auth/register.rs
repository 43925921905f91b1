//! `POST /api/auth/register`

use crate::support::fixtures::registration;
use crate::support::{PASSWORD, TestApp, json};

db_tests! { a_firm_registers_and_is_logged_in }

async fn a_firm_registers_and_is_logged_in(app: TestApp) {
    let reply = app.client.post("/api/auth/register", registration("tax")).await.expect(201);
    let answer = reply.json();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["tenant"]["role"], "owner");
    let _ = (PASSWORD, json!(1));
}
