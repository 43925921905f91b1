//! Demo firms.

use crate::state::AppState;
use clap::Args;
use std::io::Write;

#[derive(Args, Default)]
pub struct Options {}

pub async fn seed(_state: &AppState, _options: &Options, _out: &mut impl Write) -> anyhow::Result<()> {
    Ok(())
}
