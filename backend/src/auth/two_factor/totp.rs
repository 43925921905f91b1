//! Codes by time (RFC 6238): six digits, thirty seconds, SHA-1, as every authenticator app
//! understands them.

use chrono::{DateTime, TimeDelta, Utc};
use qrcodegen::{QrCode, QrCodeEcc};
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt::Write as _;
use totp_rs::{Builder, Secret, Totp};

/// How far a phone's clock may be off. RFC 6238 (5.2) advises one step; with clocks alone
/// that would take a code of forty seconds ago or not, as the step's borders fall.
const DRIFT: TimeDelta = TimeDelta::seconds(45);
/// Seconds that a code is shown for.
const STEP: i64 = 30;
/// Under what name apps list the account.
const ISSUER: &str = "Ebenezer";
/// White around the QR code, as ISO/IEC 18004 asks for.
const QUIET_ZONE: i32 = 4;

/// A new secret of 160 bits (RFC 4226, 4) in Base32.
pub fn new_secret() -> SecretString {
    Secret::from(rand::random::<[u8; 20]>()).to_base32().into()
}

fn builder(secret: &SecretString) -> anyhow::Result<Builder> {
    let secret = Secret::try_from_base32(secret.expose_secret())
        .map_err(|_| anyhow::anyhow!("a second factor's secret is no Base32"))?;
    Ok(Builder::new().with_skew(0).with_secret(secret))
}

fn built(builder: Builder) -> anyhow::Result<Totp> {
    // The library's errors tell what they were given.
    builder.build().map_err(|_| anyhow::anyhow!("a second factor cannot be used"))
}

/// The time step whose code it is, among those that a clock shows which is off by so much.
pub fn matching_step(
    secret: &SecretString,
    code: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<i64>> {
    let totp = built(builder(secret)?)?;
    let step_of = |time: DateTime<Utc>| time.timestamp().div_euclid(STEP);
    let mut steps = step_of(now - DRIFT)..=step_of(now + DRIFT);
    Ok(steps.find(|step| {
        let time = u64::try_from(step * STEP).unwrap_or_default();
        totp.check(code, time).is_some()
    }))
}

/// The link that apps read (Key URI format).
pub fn otpauth_url(secret: &SecretString, email: &str) -> anyhow::Result<String> {
    let named = builder(secret)?.with_issuer(Some(ISSUER)).with_account_name(email);
    built(named)?.to_url().map_err(|_| anyhow::anyhow!("a second factor has no address"))
}

/// A text as a QR code. The drawing brings its own white, so that it reads on dark pages,
/// and no style, so that no policy forbids it.
pub fn qr_svg(text: &str) -> anyhow::Result<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)?;
    let side = code.size() + 2 * QUIET_ZONE;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let (left, top, width) = (start + QUIET_ZONE, y + QUIET_ZONE, x - start);
                write!(path, "M{left} {top}h{width}v1h-{width}z")?;
            }
            x += 1;
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\"/></svg>"
    ))
}
