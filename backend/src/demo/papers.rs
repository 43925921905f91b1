//! The demo's folders and documents.

use super::files::{pdf, png};
use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::crm::client::Client;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::crm::document_requests::{entity as request, item};
use crate::crm::documents::{entity as document, search_text, version};
use crate::crm::folders::store::of_client;
use crate::crm::folders::{defaults, entity as folder};
use crate::db::{self, normalize};
use crate::storage::ledger::{self, file, usage};
use crate::storage::{FileKey, FileType};
use chrono::{DateTime, Datelike as _, Days, TimeDelta, Utc};
use ebenezer_shared::crm::folder::default_names;
use ebenezer_shared::locale::Locale;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{DatabaseTransaction, QueryFilter as _, QueryOrder as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use uuid::Uuid;

/// What the demo's clients brought: which folder, the file's name, and how many days ago.
const PAPERS: [(usize, &str, i64); 7] = [
    (1, "Licencia de conducir.png", 410),
    (2, "W-2 {year}.pdf", 75),
    (2, "Declaración 1040 {year}.pdf", 40),
    (3, "Estado de cuenta diciembre.pdf", 62),
    (4, "Contrato de servicios.pdf", 395),
    (5, "Carta del IRS CP2000.pdf", 12),
    (0, "Recibo de donación.png", 3),
];

/// The folders of every client, documents of the people of the manual's figures, and what one
/// of them is asked for. Chance of its own, so that the people stay who they were.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &Maker<'_>,
    author: Uuid,
    known: &[contact::Model],
) -> anyhow::Result<()> {
    let rng = StdRng::seed_from_u64(maker.tenant.as_u64_pair().1);
    let mut papers = Papers { tx, maker, author, rng };
    papers.folders().await?;
    ledger::open_account(tx, maker.tenant).await?;
    let year = maker.now.year() - 1;
    for (place, person) in known.iter().enumerate() {
        let theirs = of_client(Client::contact(person.id));
        let theirs = db::select::<folder::Entity>(maker.tenant).filter(theirs).all(tx).await?;
        for (folder, name, days) in PAPERS.iter().skip(place * 2) {
            let name = name.replace("{year}", &year.to_string());
            let at = maker.now - TimeDelta::days(*days) + TimeDelta::minutes(7);
            let wanted = default_names(Locale::Es).nth(*folder).map(normalize);
            let lies_in = theirs.iter().find(|row| Some(&row.sort_name) == wanted.as_ref());
            if let Some(lies_in) = lies_in {
                papers.file_away(person, lies_in, &name, at).await?;
            }
        }
    }
    papers.ask(known).await
}

/// Writes for one firm.
struct Papers<'w> {
    tx: &'w DatabaseTransaction,
    maker: &'w Maker<'w>,
    author: Uuid,
    rng: StdRng,
}

/// What stands in a file of that name.
fn content(name: &str, person: &contact::Model) -> (FileType, Vec<u8>) {
    let whom = format!("{} {}", person.first_name, person.last_name);
    if name.rsplit('.').next() == Some("png") {
        // A sheet of paper with lines of writing on a table.
        let picture = png(120, 160, |x, y| match (x, y) {
            (12..108, 12..148) if y % 12 < 3 && (22..98).contains(&x) => 90,
            (12..108, 12..148) => 245,
            _ => 150,
        });
        return (FileType::Png, picture);
    }
    let title = name.trim_end_matches(".pdf");
    let lines = [
        format!("Cliente: {whom}"),
        "Documento de demostración, sin valor legal.".to_owned(),
        "Los datos que contiene son inventados.".to_owned(),
    ];
    (FileType::Pdf, pdf(title, &lines))
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

    async fn file_away(
        &mut self,
        person: &contact::Model,
        lies_in: &folder::Model,
        name: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let (tx, maker, author) = (self.tx, self.maker, self.author);
        let (kind, bytes) = content(name, person);
        let key = FileKey { tenant: maker.tenant, id: id_at(&mut self.rng, at) };
        let mut waiting = maker.state.storage.waiting_file()?;
        waiting.write_all(&bytes)?;
        maker.state.storage.put(key, waiting).await?;
        let size = i64::try_from(bytes.len())?;
        let stored = ledger::kept(key, size, at);
        insert_all::<file::Entity>(tx, vec![stored]).await?;
        db::update_by::<usage::Entity>(maker.tenant)
            .col_expr(usage::Column::Bytes, Expr::col(usage::Column::Bytes).add(size))
            .exec(tx)
            .await?;
        let mut sha256 = String::new();
        for byte in Sha256::digest(&bytes) {
            write!(sha256, "{byte:02x}")?;
        }
        let row = document::Model {
            id: id_at(&mut self.rng, at),
            tenant_id: maker.tenant,
            folder_id: lies_in.id,
            name: name.to_owned(),
            sort_name: normalize(name),
            search_text: search_text(name, None),
            kind: kind.kind().as_str().to_owned(),
            note: None,
            shared_with_portal: name.starts_with("Declaración"),
            current_number: 1,
            file_id: key.id,
            extension: kind.extension().to_owned(),
            size,
            sha256,
            trashed_at: None,
            version: 1,
            created_by: Some(author),
            created_at: at,
            updated_at: at,
        };
        let first = version::Model {
            id: id_at(&mut self.rng, at),
            ..version::Model::of(&row, Some(author), None)
        };
        insert_all::<document::Entity>(tx, vec![row]).await?;
        insert_all::<version::Entity>(tx, vec![first]).await
    }

    /// What the first of them still has to bring.
    async fn ask(&mut self, known: &[contact::Model]) -> anyhow::Result<()> {
        let (tx, maker, author) = (self.tx, self.maker, self.author);
        let Some(person) = known.first() else { return Ok(()) };
        let at = maker.now - TimeDelta::days(5);
        let title = format!("Documentos para la declaración {}", maker.now.year() - 1);
        let today = maker.now.date_naive();
        let row = request::Model {
            id: id_at(&mut self.rng, at),
            tenant_id: maker.tenant,
            contact_id: Some(person.id),
            corporation_id: None,
            sort_name: normalize(&title),
            title,
            message: Some("Con ellos podemos presentar su declaración a tiempo.".to_owned()),
            status: "open".to_owned(),
            due_on: today.checked_add_days(Days::new(10)),
            remind_every_days: Some(7),
            next_reminder_on: today.checked_add_days(Days::new(2)),
            reminder_count: 0,
            last_reminded_at: None,
            completed_at: None,
            version: 1,
            created_by: Some(author),
            created_at: at,
            updated_at: at,
        };
        let mut items = Vec::new();
        for (place, name) in
            (0..).zip(["Formulario W-2", "Intereses hipotecarios (1098)", "Gastos médicos"])
        {
            items.push(item::Model {
                id: id_at(&mut self.rng, at),
                tenant_id: maker.tenant,
                request_id: row.id,
                position: place,
                name: name.to_owned(),
                note: None,
                document_id: None,
                fulfilled_at: (place == 0).then_some(at + TimeDelta::days(1)),
            });
        }
        insert_all::<request::Entity>(tx, vec![row]).await?;
        insert_all::<item::Entity>(tx, items).await
    }
}
