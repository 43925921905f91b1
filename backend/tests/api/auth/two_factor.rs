//! The second factor: setting it up, logging in with it, and being without the phone.

use crate::merge::races::meanwhile;
use crate::support::totp::Authenticator;
use crate::support::{Member, PASSWORD, Reply, Setup, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    a_second_factor_is_set_up_and_asked_for,
    nothing_of_it_is_stored_readable,
    turning_it_on_ends_the_other_sessions,
    a_login_that_it_overtakes_is_asked_for_a_code,
    a_code_is_taken_once,
    one_of_two_logins_at_once_takes_a_code,
    clocks_may_be_forty_seconds_off,
    a_recovery_code_opens_once,
    one_of_two_logins_at_once_takes_a_recovery_code,
    new_recovery_codes_replace_the_old_ones,
    it_is_turned_off_with_password_and_code,
    a_recovery_code_turns_it_off,
    the_password_is_needed_for_each_change,
    a_setup_is_replaced_until_a_code_proves_it,
    what_is_not_set_up_is_not_changed,
    a_wrong_password_tells_nothing_of_it,
    a_new_password_by_mail_does_not_turn_it_off,
    codes_are_guessed_no_faster_from_many_addresses,
    notices_speak_the_users_language,
}

async fn log_in(app: &TestApp, member: &Member, code: impl Into<Value>) -> Reply {
    let body = json!({
        "email": member.email, "password": PASSWORD, "totp_code": code.into(), "cookie": false,
    });
    app.client.post("/api/auth/login", body).await
}

fn proof(code: &str) -> Value {
    json!({ "password": PASSWORD, "code": code })
}

async fn set_up(member: &Member) -> Reply {
    member.post("/api/auth/2fa/setup", json!({ "password": PASSWORD })).await
}

async fn a_second_factor_is_set_up_and_asked_for(app: TestApp) {
    let owner = app.owner().await;
    let state = json!({ "enabled": false, "required": false, "recovery_codes_left": 0 });
    assert_eq!(owner.get("/api/auth/2fa").await.ok(), state);
    let setup = set_up(&owner).await.ok();
    let authenticator = Authenticator::scan(&setup);
    assert_eq!(authenticator.name, owner.email);
    assert_eq!(authenticator.secret.len(), 32, "160 bits");
    let svg = setup["qr_svg"].as_str().unwrap();
    assert!(svg.starts_with("<svg ") && !svg.contains("style"), "{svg}");
    log_in(&app, &owner, Value::Null).await.ok();

    let wrong = authenticator.code(app.clock.now() - TimeDelta::minutes(2));
    let refused = owner.post("/api/auth/2fa/enable", json!({ "code": wrong })).await;
    refused.invalid("code", "code_wrong");
    let code = authenticator.code(app.clock.now());
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let answer = owner.post("/api/auth/2fa/enable", json!({ "code": spaced })).await.ok();
    assert_eq!(answer["codes"].as_array().unwrap().len(), 10);
    assert_eq!(app.mail_to(&owner.email).await.subject, "Activó la verificación en dos pasos");
    assert_eq!(app.activities("2fa.enabled").await[0].user_id, Some(owner.user));
    app.advance(TimeDelta::minutes(1));

    for missing in [Value::Null, json!(""), json!("  ")] {
        let reply = log_in(&app, &owner, missing).await;
        assert!(!reply.headers.contains_key("set-cookie"));
        reply.problem(401, "mfa_required");
    }
    assert!(app.activities("login.failed").await.is_empty());
    for bad in ["000", "12345678", "no", "0000-0000-0000-0000", wrong.as_str()] {
        log_in(&app, &owner, bad).await.problem(401, "mfa_code_wrong");
    }
    let failed = app.activities("login.failed").await;
    assert_eq!(failed.len(), 5);
    assert_eq!(
        (failed[0].user_id, &failed[0].details["factor"]),
        (Some(owner.user), &json!("second"))
    );
    let answer = log_in(&app, &owner, authenticator.code(app.clock.now())).await.ok();
    assert_eq!(answer["user"]["two_factor_enabled"], true);
    assert_eq!(answer.get("recovery_codes_left"), None);
    let again = app.member_of(&answer);
    assert_eq!(again.get("/api/auth/me").await.ok()["user"]["two_factor_enabled"], true);
    let state = again.get("/api/auth/2fa").await.ok();
    assert_eq!((&state["enabled"], &state["recovery_codes_left"]), (&json!(true), &json!(10)));
    assert!(state["enabled_at"].is_string() && state.get("secret").is_none(), "{state}");
}

async fn nothing_of_it_is_stored_readable(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, codes) = app.enrol(&owner).await;
    let stored: String = app.value("SELECT secret_sealed FROM second_factors").await;
    assert!(!stored.contains(&authenticator.secret), "{stored}");
    assert_eq!(app.state.sealer.open(&stored).unwrap(), authenticator.secret);
    let hash: String = app.value("SELECT hash FROM recovery_codes LIMIT 1").await;
    let bare = codes.iter().map(|code| code.replace('-', ""));
    assert!(bare.chain(codes.clone()).all(|code| !hash.contains(&code)));
    let log = format!("{:?}", app.activities("2fa.enabled").await);
    assert!(!log.contains(&authenticator.secret) && !log.contains(&codes[0]));
}

async fn turning_it_on_ends_the_other_sessions(app: TestApp) {
    let owner = app.owner().await;
    let elsewhere = app.member_of(&log_in(&app, &owner, Value::Null).await.ok());
    app.enrol(&owner).await;
    elsewhere.get("/api/auth/me").await.problem(401, "session_expired");
    owner.get("/api/auth/me").await.ok();
}

async fn a_login_that_it_overtakes_is_asked_for_a_code(app: TestApp) {
    let owner = app.owner().await;
    set_up(&owner).await.ok();
    let turned_on = "UPDATE users SET full_name = full_name;
        UPDATE second_factors SET enabled_at = created_at";
    let reply = meanwhile(&app, turned_on, log_in(&app, &owner, Value::Null)).await;
    reply.problem(401, "mfa_required");
}

async fn a_code_is_taken_once(app: TestApp) {
    let owner = app.owner().await;
    let setup = set_up(&owner).await.ok();
    let authenticator = Authenticator::scan(&setup);
    let first = authenticator.code(app.clock.now());
    owner.post("/api/auth/2fa/enable", json!({ "code": first })).await.ok();
    log_in(&app, &owner, first).await.problem(401, "mfa_code_wrong");
    app.advance(TimeDelta::seconds(60));
    let (older, newer) = (
        authenticator.code(app.clock.now() - TimeDelta::seconds(30)),
        authenticator.code(app.clock.now()),
    );
    log_in(&app, &owner, newer.clone()).await.ok();
    log_in(&app, &owner, newer).await.problem(401, "mfa_code_wrong");
    log_in(&app, &owner, older).await.problem(401, "mfa_code_wrong");
}

async fn one_of_two_logins_at_once_takes_a_code(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, _) = app.enrol(&owner).await;
    let another = app.another().await;
    let code = authenticator.code(app.clock.now());
    let (a, b) =
        tokio::join!(log_in(&app, &owner, code.clone()), log_in(&another, &owner, code.clone()));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{} {}", a.text, b.text);
}

async fn clocks_may_be_forty_seconds_off(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, _) = app.enrol(&owner).await;
    // Wherever the borders of the time steps lie.
    for _ in 0..3 {
        for off in [-40, 40] {
            app.advance(TimeDelta::seconds(100));
            let code = authenticator.code(app.clock.now() + TimeDelta::seconds(off));
            log_in(&app, &owner, code).await.ok();
        }
        app.advance(TimeDelta::seconds(10));
    }
    for off in [-120, 120] {
        app.advance(TimeDelta::minutes(10));
        let code = authenticator.code(app.clock.now() + TimeDelta::seconds(off));
        log_in(&app, &owner, code).await.problem(401, "mfa_code_wrong");
    }
}

async fn a_recovery_code_opens_once(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, codes) = app.enrol(&owner).await;
    let answer = log_in(&app, &owner, codes[0].clone()).await.ok();
    assert_eq!(answer["recovery_codes_left"], 9);
    log_in(&app, &owner, codes[0].clone()).await.problem(401, "mfa_code_wrong");
    let typed = codes[1].to_uppercase().replace('-', " ");
    assert_eq!(log_in(&app, &owner, typed).await.ok()["recovery_codes_left"], 8);
    log_in(&app, &owner, authenticator.code(app.clock.now())).await.ok();
    let mails = app.mails_to(&owner.email).await;
    assert_eq!(mails.len(), 3, "{mails:?}");
    assert_eq!(mails[2].subject, "Alguien entró con un código de recuperación");
    assert!(mails[2].text.contains("Le quedan 8."), "{}", mails[2].text);
    let entries = app.activities("2fa.recovery_code_used").await;
    assert_eq!(entries.len(), 2);
    assert_eq!((entries[0].user_id, &entries[0].details["left"]), (Some(owner.user), &json!(9)));
    let other = app.owner().await;
    app.enrol(&other).await;
    log_in(&app, &other, codes[2].clone()).await.problem(401, "mfa_code_wrong");
}

async fn one_of_two_logins_at_once_takes_a_recovery_code(app: TestApp) {
    let owner = app.owner().await;
    let (_, codes) = app.enrol(&owner).await;
    let (a, b) = tokio::join!(
        log_in(&app, &owner, codes[0].clone()),
        log_in(&app, &owner, codes[0].clone()),
    );
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{} {}", a.text, b.text);
    assert_eq!(owner.get("/api/auth/2fa").await.ok()["recovery_codes_left"], 9);
}

async fn new_recovery_codes_replace_the_old_ones(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, old) = app.enrol(&owner).await;
    let path = "/api/auth/2fa/recovery-codes";
    owner.post(path, proof("000000")).await.invalid("code", "code_wrong");
    let body = proof(&authenticator.code(app.clock.now()));
    let new = owner.post(path, body.clone()).await.ok();
    owner.post(path, body).await.invalid("code", "code_wrong");
    log_in(&app, &owner, old[0].clone()).await.problem(401, "mfa_code_wrong");
    let answer = log_in(&app, &owner, new["codes"][0].clone()).await.ok();
    assert_eq!(answer["recovery_codes_left"], 9);
    assert_eq!(app.activities("2fa.recovery_codes_renewed").await.len(), 1);
}

async fn it_is_turned_off_with_password_and_code(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, _) = app.enrol(&owner).await;
    let path = "/api/auth/2fa/disable";
    owner.post(path, proof("000000")).await.invalid("code", "code_wrong");
    log_in(&app, &owner, Value::Null).await.problem(401, "mfa_required");
    owner.post(path, proof(&authenticator.code(app.clock.now()))).await.no_content();
    log_in(&app, &owner, Value::Null).await.ok();
    assert_eq!(owner.get("/api/auth/me").await.ok()["user"]["two_factor_enabled"], false);
    let mails = app.mails_to(&owner.email).await;
    assert_eq!(mails.last().unwrap().subject, "Se desactivó la verificación en dos pasos");
    assert_eq!(app.activities("2fa.disabled").await[0].user_id, Some(owner.user));
    assert_eq!((app.count("second_factors").await, app.count("recovery_codes").await), (0, 0));
    app.enrol(&owner).await;
    log_in(&app, &owner, Value::Null).await.problem(401, "mfa_required");
}

async fn a_recovery_code_turns_it_off(app: TestApp) {
    let owner = app.owner().await;
    let (_, codes) = app.enrol(&owner).await;
    owner.post("/api/auth/2fa/disable", proof(&codes[3])).await.no_content();
    log_in(&app, &owner, Value::Null).await.ok();
}

async fn the_password_is_needed_for_each_change(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "password": "no-es-la-clave" });
    let refused = owner.post("/api/auth/2fa/setup", body).await;
    refused.invalid("password", "password_wrong");
    assert_eq!(app.count("second_factors").await, 0);
    let (authenticator, _) = app.enrol(&owner).await;
    let code = authenticator.code(app.clock.now());
    for path in ["/api/auth/2fa/disable", "/api/auth/2fa/recovery-codes"] {
        let body = json!({ "password": "no-es-la-clave", "code": code });
        owner.post(path, body).await.invalid("password", "password_wrong");
    }
    log_in(&app, &owner, code).await.ok();
}

async fn a_setup_is_replaced_until_a_code_proves_it(app: TestApp) {
    let owner = app.owner().await;
    let (first, second) = tokio::join!(set_up(&owner), set_up(&owner));
    let (first, second) = (first.ok(), second.ok());
    assert_ne!(first["secret"], second["secret"]);
    let third = Authenticator::scan(&set_up(&owner).await.ok());
    let stale = Authenticator::scan(&first).code(app.clock.now());
    let refused = owner.post("/api/auth/2fa/enable", json!({ "code": stale })).await;
    refused.invalid("code", "code_wrong");
    let body = json!({ "code": third.code(app.clock.now()) });
    let (a, b) = tokio::join!(
        owner.post("/api/auth/2fa/enable", body.clone()),
        owner.post("/api/auth/2fa/enable", body.clone()),
    );
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", a.text, b.text);
    assert_eq!(app.count("recovery_codes").await, 10);
    set_up(&owner).await.problem(409, "mfa_enabled");
    owner.post("/api/auth/2fa/enable", body).await.problem(409, "mfa_enabled");
}

async fn what_is_not_set_up_is_not_changed(app: TestApp) {
    let owner = app.owner().await;
    let code = json!({ "code": "123456" });
    owner.post("/api/auth/2fa/enable", code.clone()).await.problem(409, "mfa_not_enabled");
    for path in ["/api/auth/2fa/disable", "/api/auth/2fa/recovery-codes"] {
        owner.post(path, proof("123456")).await.problem(409, "mfa_not_enabled");
    }
    set_up(&owner).await.ok();
    owner.post("/api/auth/2fa/disable", proof("123456")).await.problem(409, "mfa_not_enabled");
}

async fn a_wrong_password_tells_nothing_of_it(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, _) = app.enrol(&owner).await;
    let code = authenticator.code(app.clock.now());
    for code in [Value::Null, code.into()] {
        let body = json!({ "email": owner.email, "password": "no-es-la-clave", "totp_code": code });
        let reply = app.client.post("/api/auth/login", body).await;
        reply.problem(401, "invalid_credentials");
    }
}

async fn a_new_password_by_mail_does_not_turn_it_off(app: TestApp) {
    let owner = app.owner().await;
    let (authenticator, _) = app.enrol(&owner).await;
    let body = json!({ "email": owner.email });
    app.client.post("/api/auth/password/forgot", body).await.no_content();
    let mail = app.mails_to(&owner.email).await.pop().unwrap();
    let rest = mail.text.split_once("/reset-password#").unwrap().1;
    let token = rest.split_whitespace().next().unwrap();
    let new = "ventana-nube-sendero-38";
    let body = json!({ "token": token, "password": new });
    app.client.post("/api/auth/password/reset", body).await.no_content();
    let mut body = json!({ "email": owner.email, "password": new });
    app.client.post("/api/auth/login", body.clone()).await.problem(401, "mfa_required");
    body["totp_code"] = authenticator.code(app.clock.now()).into();
    app.client.post("/api/auth/login", body).await.ok();
}

async fn codes_are_guessed_no_faster_from_many_addresses(setup: Setup) {
    let app = setup
        .set("TRUSTED_PROXIES", "127.0.0.1")
        .set("RATE_LIMIT_LOGIN", "5")
        .set("RATE_LIMIT_LOGIN_ADDRESS", "30")
        .start()
        .await;
    let owner = app.owner().await;
    app.enrol(&owner).await;
    let guess = async |n: u8| {
        let client = app.client.with("X-Forwarded-For", format!("203.0.113.{n}"));
        let code = format!("{n:06}");
        let body = json!({ "email": owner.email, "password": PASSWORD, "totp_code": code });
        client.post("/api/auth/login", body).await
    };
    // Turning it on took the first of five.
    for n in 1..=4 {
        guess(n).await.problem(401, "mfa_code_wrong");
    }
    let reply = guess(5).await;
    let wait: u32 = reply.header("retry-after").parse().unwrap();
    assert!(wait > 60, "{wait}");
    reply.problem(429, "rate_limited");
}

async fn notices_speak_the_users_language(app: TestApp) {
    let owner = app.owner().await;
    app.change_user(owner.user, |user| user.locale = "en".to_owned()).await;
    let (_, codes) = app.enrol(&owner).await;
    let german = app.client.with("Accept-Language", "de");
    let body = json!({ "email": owner.email, "password": PASSWORD, "totp_code": codes[0] });
    german.post("/api/auth/login", body).await.ok();
    let subjects: Vec<_> =
        app.mails_to(&owner.email).await.into_iter().map(|mail| mail.subject).collect();
    assert_eq!(
        subjects,
        ["You turned on two-step verification", "Somebody logged in with a recovery code"]
    );
}
