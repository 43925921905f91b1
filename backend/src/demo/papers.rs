//! The demo's folders and documents.

use super::asked;
use super::files::content;
use super::history::refused;
use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::audit::{Actor, Audit};
use crate::crm::client::Client;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::crm::documents::{entity as document, search_text, version};
use crate::crm::folders::store::of_client;
use crate::crm::folders::{defaults, entity as folder};
use crate::db::{self, normalize};
use crate::http::request::RequestInfo;
use crate::platform::user;
use crate::storage::FileKey;
use crate::storage::ledger::{self, file, usage};
use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use ebenezer_shared::locale::Locale;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use uuid::Uuid;

/// What the demo's people brought: which folder, the file's name, and how many days ago.
const PAPERS: [(usize, &str, i64); 8] = [
    (0, DRAFT, 6),
    (1, "Licencia de conducir.png", 410),
    (TAXES, "W-2 {year}.pdf", 75),
    (TAXES, "Declaración 1040 {year}.pdf", 40),
    (3, "Estado de cuenta diciembre.pdf", 62),
    (4, "Contrato de servicios.pdf", 395),
    (5, "Carta del IRS CP2000.pdf", 12),
    (0, "Recibo de donación.png", 3),
];
/// What its companies brought.
const COMPANY_PAPERS: [(usize, &str, i64); 5] = [
    (4, "Acta de constitución.pdf", 700),
    (TAXES, "Declaración 1120 {year}.pdf", 55),
    (3, "Nómina {year}.csv", 48),
    (3, "Estado de resultados {year}.pdf", 33),
    (5, "Notas de la reunión.txt", 9),
];
/// The place of the folder for taxes, in which each year has one of its own.
const TAXES: usize = 2;
/// What lies in the trash.
const DRAFT: &str = "Borrador sin firmar.pdf";
/// What has a second version.
const RENEWED: &str = "Contrato de servicios.pdf";

/// The folders of every client, documents of the people and companies of the manual's figures,
/// and what some of them are asked for. Chance of its own, so that the people stay who they
/// were.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &Maker<'_>,
    author: &user::Model,
    (people, companies): (&[contact::Model], &[Uuid]),
) -> anyhow::Result<()> {
    let rng = StdRng::seed_from_u64(maker.tenant.as_u64_pair().1);
    let mut papers = Papers { tx, maker, author, rng, entries: Vec::new() };
    papers.folders().await?;
    ledger::open_account(tx, maker.tenant).await?;
    let mut of_first = Vec::new();
    for (place, person) in people.iter().enumerate() {
        let name = format!("{} {}", person.first_name, person.last_name);
        let theirs = PAPERS.get(place * 2..).unwrap_or_default();
        let filed = papers.bring(Client::contact(person.id), &name, theirs).await?;
        if place == 0 {
            of_first = filed;
        }
    }
    let known = db::select::<corporation::Entity>(maker.tenant)
        .filter(corporation::Column::Id.is_in(companies.iter().take(3).copied()))
        .order_by_asc(corporation::Column::Name)
        .all(tx)
        .await?;
    for (place, company) in known.iter().enumerate() {
        let theirs = COMPANY_PAPERS.get(place * 2..).unwrap_or_default();
        papers.bring(Client::corporation(company.id), &company.name, theirs).await?;
    }
    asked::write(&mut papers, people, &known, &of_first).await?;
    papers.remember().await
}

/// Writes for one firm.
pub struct Papers<'w> {
    pub tx: &'w DatabaseTransaction,
    pub maker: &'w Maker<'w>,
    pub author: &'w user::Model,
    pub rng: StdRng,
    entries: Vec<(DateTime<Utc>, Audit)>,
}

/// A file that was brought.
pub struct Filed {
    pub id: Uuid,
    pub name: String,
}

impl Papers<'_> {
    /// Gives all clients their folders, as those get them who are added by hand.
    async fn folders(&mut self) -> anyhow::Result<()> {
        let tenant = self.maker.tenant;
        let people = db::select::<contact::Entity>(tenant).order_by_asc(contact::Column::Id);
        let people = people.all(self.tx).await?.into_iter();
        let companies =
            db::select::<corporation::Entity>(tenant).order_by_asc(corporation::Column::Id);
        let companies = companies.all(self.tx).await?.into_iter();
        let clients = people
            .map(|row| (Client::contact(row.id), row.created_at))
            .chain(companies.map(|row| (Client::corporation(row.id), row.created_at)));
        let mut all = Vec::new();
        for (client, at) in clients {
            let mut rows = defaults::rows(tenant, client, Locale::Es, None, at);
            for row in &mut rows {
                row.id = id_at(&mut self.rng, at);
            }
            all.extend(rows);
        }
        insert_all::<folder::Entity>(self.tx, all).await
    }

    /// Files a client's papers where they belong.
    async fn bring(
        &mut self,
        client: Client,
        whom: &str,
        papers: &[(usize, &str, i64)],
    ) -> anyhow::Result<Vec<Filed>> {
        let (tx, maker) = (self.tx, self.maker);
        let year = maker.now.year() - 1;
        let theirs = db::select::<folder::Entity>(maker.tenant).filter(of_client(client));
        let mut theirs = theirs.all(tx).await?;
        theirs.sort_by_key(|row| row.position);
        let mut filed = Vec::new();
        let mut of_year = None;
        for (place, name, days) in papers {
            let Some(top) = theirs.get(*place) else { continue };
            if *place == TAXES && of_year.is_none() {
                of_year = Some(self.inside(top, &year.to_string()).await?);
            }
            let lies_in = of_year.as_ref().filter(|_| *place == TAXES).unwrap_or(top);
            let name = name.replace("{year}", &year.to_string());
            let at = maker.now - TimeDelta::days(*days) + TimeDelta::minutes(7);
            filed.push(self.file_away(whom, lies_in, &name, at).await?);
        }
        Ok(filed)
    }

    /// A folder in another one.
    async fn inside(&mut self, top: &folder::Model, name: &str) -> anyhow::Result<folder::Model> {
        let row = folder::Model {
            id: id_at(&mut self.rng, top.created_at),
            name: name.to_owned(),
            sort_name: normalize(name),
            parent_id: Some(top.id),
            is_default: false,
            position: 0,
            created_by: Some(self.author.id),
            ..top.clone()
        };
        insert_all::<folder::Entity>(self.tx, vec![row.clone()]).await?;
        Ok(row)
    }

    /// Stores the content and answers its key.
    async fn store(&mut self, bytes: &[u8], at: DateTime<Utc>) -> anyhow::Result<FileKey> {
        let (tx, maker) = (self.tx, self.maker);
        let key = FileKey { tenant: maker.tenant, id: id_at(&mut self.rng, at) };
        let mut waiting = maker.state.storage.waiting_file()?;
        waiting.write_all(bytes)?;
        maker.state.storage.put(key, waiting).await?;
        let size = i64::try_from(bytes.len())?;
        insert_all::<file::Entity>(tx, vec![ledger::kept(key, size, at)]).await?;
        db::update_by::<usage::Entity>(maker.tenant)
            .col_expr(usage::Column::Bytes, Expr::col(usage::Column::Bytes).add(size))
            .exec(tx)
            .await?;
        Ok(key)
    }

    async fn file_away(
        &mut self,
        whom: &str,
        lies_in: &folder::Model,
        name: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<Filed> {
        let (kind, bytes) = content(name, whom);
        let mut row = document::Model {
            id: id_at(&mut self.rng, at),
            tenant_id: self.maker.tenant,
            folder_id: lies_in.id,
            name: name.to_owned(),
            sort_name: normalize(name),
            search_text: search_text(name, None),
            kind: kind.kind().as_str().to_owned(),
            note: None,
            shared_with_portal: name.starts_with("Declaración"),
            current_number: 0,
            file_id: Uuid::nil(),
            extension: kind.extension().to_owned(),
            size: i64::try_from(bytes.len())?,
            sha256: hex(&Sha256::digest(&bytes)),
            trashed_at: None,
            version: 0,
            created_by: Some(self.author.id),
            created_at: at,
            updated_at: at,
        };
        let mut versions = Vec::new();
        for number in 1..=if name == RENEWED { 2 } else { 1 } {
            row.updated_at = at + TimeDelta::days(20) * (number - 1);
            row.file_id = self.store(&bytes, row.updated_at).await?.id;
            (row.current_number, row.version) = (number, number);
            let id = id_at(&mut self.rng, row.updated_at);
            versions.push(version::Model { id, ..version::Model::of(&row, row.created_by, None) });
        }
        if name == DRAFT {
            row.trashed_at = Some(at + TimeDelta::days(2));
        }
        self.note(&row)?;
        let filed = Filed { id: row.id, name: row.name.clone() };
        insert_all::<document::Entity>(self.tx, vec![row]).await?;
        insert_all::<version::Entity>(self.tx, versions).await?;
        Ok(filed)
    }

    /// What the access log says of it.
    fn note(&mut self, row: &document::Model) -> anyhow::Result<()> {
        let first = json!({ "name": row.name, "size": row.size, "version": 1 });
        self.entries.push((row.created_at, refused(Audit::created("document", row.id, &first))?));
        if row.current_number > 1 {
            let (before, after) = (json!({ "version": 1 }), json!({ "version": 2 }));
            let entry = refused(Audit::updated("document", row.id, &before, &after))?;
            self.entries.push((row.updated_at, entry.named("new_version")));
        }
        if let Some(at) = row.trashed_at {
            let trashed = |at| json!({ "trashed_at": at });
            let entry = Audit::updated("document", row.id, &trashed(None), &trashed(Some(at)));
            self.entries.push((at, refused(entry)?.named("trash")));
        }
        if row.shared_with_portal {
            let shared = |on: bool| json!({ "shared_with_portal": on });
            let entry = refused(Audit::updated("document", row.id, &shared(false), &shared(true)))?;
            self.entries.push((row.created_at + TimeDelta::minutes(9), entry.named("share")));
        }
        Ok(())
    }

    /// Writes what the access logs say, in the order in which it happened.
    async fn remember(mut self) -> anyhow::Result<()> {
        let info = RequestInfo::of_command_line();
        self.entries.sort_by_key(|(at, _)| *at);
        for (at, audit) in std::mem::take(&mut self.entries) {
            let by =
                Actor { id: Some(self.author.id), name: &self.author.full_name, info: &info, at };
            let entry = audit.entry(&by).with_id(id_at(&mut self.rng, at));
            entry.write(self.tx, self.maker.tenant, &self.maker.state.chain_key).await?;
        }
        Ok(())
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
