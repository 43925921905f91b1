//! `ebenezer audit verify`: whether the logs are what was written.

#![expect(clippy::disallowed_methods, reason = "reads every firm's log")]

use super::{Chained, Column, Entity, Head, PLATFORM, anchor, head};
use crate::platform::{activity, tenant};
use crate::state::AppState;
use anyhow::Context as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// So many entries are read at a time.
const BATCH: u64 = 2000;

/// What to verify.
#[derive(clap::Args)]
pub struct Options {
    /// Only this firm, by its subdomain
    #[arg(long)]
    tenant: Option<String>,
    /// What an earlier run printed: the chains must have grown from there
    #[arg(long)]
    since: Option<PathBuf>,
}

/// Verifies the chains and prints, for each, how far it reaches and the hash of its end: lines
/// to be kept elsewhere, for `--since`. Fails when anything is not as it was written.
pub async fn run(state: &AppState, options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let earlier = match &options.since {
        Some(file) => read_heads(file)?,
        None => HashMap::new(),
    };
    let mut findings = 0;
    for (chain, name) in chains(state, options.tenant.as_deref()).await? {
        let report = examine(state, chain, earlier.get(&chain)).await?;
        let Report { head, waiting, found } = &report;
        writeln!(out, "{chain}\t{}\t{}\t{name}", head.seq, head.hash)?;
        if *waiting > 0 {
            writeln!(out, "  {waiting} entries are not bound yet")?;
        }
        for finding in found {
            writeln!(out, "  WRONG: {finding}")?;
        }
        findings += found.len();
    }
    anyhow::ensure!(findings == 0, "the audit log was tampered with: {findings} findings");
    Ok(())
}

/// The chains to examine, with the names of the firms.
async fn chains(state: &AppState, only: Option<&str>) -> anyhow::Result<Vec<(Uuid, String)>> {
    let db = state.planes.platform();
    if let Some(subdomain) = only {
        let firm = tenant::by_subdomain(db, subdomain).await?;
        let firm = firm.with_context(|| format!("there is no firm {subdomain}"))?;
        return Ok(vec![(firm.id, firm.company)]);
    }
    let firms = tenant::Entity::find().order_by_asc(tenant::Column::Subdomain).all(db).await?;
    let platform = (PLATFORM, "(platform)".to_owned());
    Ok([platform]
        .into_iter()
        .chain(firms.into_iter().map(|firm| (firm.id, firm.company)))
        .collect())
}

fn read_heads(file: &Path) -> anyhow::Result<HashMap<Uuid, Head>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let head = |line: &str| {
        let mut parts = line.split('\t');
        let chain = parts.next()?.parse().ok()?;
        let (seq, hash) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        Some((chain, Head { seq, hash }))
    };
    Ok(text.lines().filter_map(head).collect())
}

/// What was found in a chain.
pub struct Report {
    /// Where it ends.
    pub head: Head,
    /// Entries that wait to be bound.
    pub waiting: u64,
    pub found: Vec<String>,
}

/// Examines one chain.
pub async fn examine(
    state: &AppState,
    chain: Uuid,
    earlier: Option<&Head>,
) -> anyhow::Result<Report> {
    let platform = state.planes.platform();
    // Ends are read first: what is bound meanwhile makes the chain longer, never shorter.
    let mut ends: Vec<(&str, Head)> = Vec::new();
    let anchor = anchor::of(platform, [chain]).await?.remove(&chain);
    let is_anchored = anchor.is_some();
    ends.extend(anchor.map(|head| ("the anchor", head)));
    ends.extend(earlier.map(|head| ("the earlier run", head.clone())));
    let mut walk = Walk::new(state, chain);
    if chain == PLATFORM {
        loop {
            let next = activity_after(platform, walk.head.seq).await?;
            if next.is_empty() {
                break;
            }
            for entry in &next {
                walk.step(entry, &ends);
            }
        }
        let waiting = activity::Entity::find().filter(activity::Column::Seq.is_null());
        waiting.all(platform).await?.iter().for_each(|entry| walk.waits(entry));
    } else {
        let firm = tenant::Entity::find_by_id(chain).one(platform).await?;
        let firm = firm.context("the firm is gone")?;
        let plane =
            state.planes.tenant(&firm).map_err(|_| anyhow::anyhow!("its database is away"))?;
        ends.extend(head::of(&plane, chain).await?.map(|head| ("the head", head)));
        loop {
            let next = entries_after(&plane, chain, walk.head.seq).await?;
            if next.is_empty() {
                break;
            }
            for entry in &next {
                walk.step(entry, &ends);
            }
        }
        let waiting =
            Entity::find().filter(Column::TenantId.eq(chain)).filter(Column::Seq.is_null());
        waiting.all(&plane).await?.iter().for_each(|entry| walk.waits(entry));
        // The first entries may have been bound meanwhile, and a head with them.
        if walk.head.seq > 0 && head::of(&plane, chain).await?.is_none() {
            walk.found.push("the head, which is kept beside the log, is missing".to_owned());
        }
    }
    if !is_anchored {
        walk.found.push("the anchor, which came to be before any entry, is missing".to_owned());
    }
    Ok(walk.report(&ends))
}

async fn entries_after(
    db: &impl ConnectionTrait,
    firm: Uuid,
    seq: i64,
) -> Result<Vec<super::Model>, DbErr> {
    let rows = Entity::find().filter(Column::TenantId.eq(firm)).filter(Column::Seq.gt(seq));
    rows.order_by_asc(Column::Seq).limit(BATCH).all(db).await
}

async fn activity_after(
    db: &impl ConnectionTrait,
    seq: i64,
) -> Result<Vec<activity::Model>, DbErr> {
    use activity::Column;
    let rows = activity::Entity::find().filter(Column::Seq.gt(seq));
    rows.order_by_asc(Column::Seq).limit(BATCH).all(db).await
}

/// The way along a chain.
struct Walk<'s> {
    state: &'s AppState,
    chain: Uuid,
    head: Head,
    waiting: u64,
    found: Vec<String>,
}

impl<'s> Walk<'s> {
    fn new(state: &'s AppState, chain: Uuid) -> Self {
        Self { state, chain, head: Head::default(), waiting: 0, found: Vec::new() }
    }

    fn step(&mut self, entry: &impl Chained, ends: &[(&str, Head)]) {
        let Some(place) = entry.place() else { return };
        let (id, seq) = (entry.id(), place.seq);
        let next = self.head.seq + 1;
        if seq != next {
            let last = seq - 1;
            self.found.push(format!("entries {next} to {last} are missing"));
        }
        if self.state.chain_key.of_entry(entry.fields()) != entry.mac() {
            self.found.push(format!("entry {seq} ({id}) is not what was written"));
        }
        let linked = self.state.chain_key.link(self.chain, &self.head, entry.mac());
        if seq == next && linked.hash != place.hash {
            self.found.push(format!("entry {seq} ({id}) is not the one that stood there"));
        }
        for (name, end) in ends.iter().filter(|(_, end)| end.seq == seq) {
            if end.hash != place.hash {
                self.found.push(format!("entry {seq} ({id}) is another than {name} knows"));
            }
        }
        self.head = place;
    }

    fn waits(&mut self, entry: &impl Chained) {
        self.waiting += 1;
        if self.state.chain_key.of_entry(entry.fields()) != entry.mac() {
            self.found.push(format!("an entry ({}) that this program did not write", entry.id()));
        }
    }

    fn report(mut self, ends: &[(&str, Head)]) -> Report {
        let longest = ends.iter().filter(|(_, end)| end.seq > self.head.seq);
        if let Some((name, end)) = longest.max_by_key(|(_, end)| end.seq) {
            let from = self.head.seq + 1;
            self.found
                .push(format!("entries {from} to {} are cut off: {name} knows them", end.seq));
        }
        Report { head: self.head, waiting: self.waiting, found: self.found }
    }
}
