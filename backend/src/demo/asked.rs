//! What the demo's clients are asked for.

use super::papers::{Filed, Papers};
use super::people::id_at;
use super::writer::insert_all;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
use crate::crm::document_requests::{entity as request, item};
use crate::db::normalize;
use chrono::{Datelike as _, Days, TimeDelta};
use uuid::Uuid;

/// A request: what for, since when and until when, in days from today, and what is there.
struct Wanted<'a> {
    contact_id: Option<Uuid>,
    corporation_id: Option<Uuid>,
    title: String,
    message: Option<&'a str>,
    asked: i64,
    due: i64,
    reminders: i32,
    items: Vec<(&'a str, Came)>,
}

/// Whether a thing is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    NotYet,
    /// On paper.
    ByHand,
    As(Uuid),
}

/// One that waits, one that is late, and one that is complete.
pub async fn write(
    papers: &mut Papers<'_>,
    people: &[contact::Model],
    companies: &[corporation::Model],
    of_first: &[Filed],
) -> anyhow::Result<()> {
    let year = papers.maker.now.year() - 1;
    let form = of_first.iter().find(|paper| paper.name.starts_with("W-2")).map(|paper| paper.id);
    let mut all = Vec::new();
    if let Some(person) = people.first() {
        all.push(Wanted {
            contact_id: Some(person.id),
            corporation_id: None,
            title: format!("Documentos para la declaración {year}"),
            message: Some("Con ellos podemos presentar su declaración a tiempo."),
            asked: -5,
            due: 10,
            reminders: 0,
            items: vec![
                ("Formulario W-2", form.map_or(Came::ByHand, Came::As)),
                ("Intereses hipotecarios (1098)", Came::NotYet),
                ("Gastos médicos", Came::NotYet),
            ],
        });
    }
    if let Some(person) = people.get(1) {
        all.push(Wanted {
            contact_id: Some(person.id),
            corporation_id: None,
            title: "Renovación del ITIN".to_owned(),
            message: None,
            asked: -30,
            due: -6,
            reminders: 3,
            items: vec![("Pasaporte vigente", Came::ByHand), ("Acta de nacimiento", Came::NotYet)],
        });
    }
    if let Some(company) = companies.first() {
        all.push(Wanted {
            contact_id: None,
            corporation_id: Some(company.id),
            title: format!("Cierre contable {year}"),
            message: None,
            asked: -60,
            due: -35,
            reminders: 1,
            items: vec![("Estados de cuenta", Came::ByHand), ("Inventario final", Came::ByHand)],
        });
    }
    for wanted in all {
        ask(papers, wanted).await?;
    }
    Ok(())
}

async fn ask(papers: &mut Papers<'_>, wanted: Wanted<'_>) -> anyhow::Result<()> {
    let now = papers.maker.now;
    let (at, today) = (now + TimeDelta::days(wanted.asked), now.date_naive());
    let is_there = wanted.items.iter().all(|(_, came)| *came != Came::NotYet);
    let reminded = now - TimeDelta::days(2);
    let row = request::Model {
        id: id_at(&mut papers.rng, at),
        tenant_id: papers.maker.tenant,
        contact_id: wanted.contact_id,
        corporation_id: wanted.corporation_id,
        sort_name: normalize(&wanted.title),
        title: wanted.title,
        message: wanted.message.map(str::to_owned),
        status: if is_there { "completed" } else { "open" }.to_owned(),
        due_on: Some(today + TimeDelta::days(wanted.due)),
        remind_every_days: Some(7),
        next_reminder_on: today.checked_add_days(Days::new(2)).filter(|_| !is_there),
        reminder_count: wanted.reminders,
        last_reminded_at: (wanted.reminders > 0).then_some(reminded.max(at)),
        completed_at: is_there.then_some(at + TimeDelta::days(20)),
        version: 1,
        created_by: Some(papers.author.id),
        created_at: at,
        updated_at: at,
    };
    let mut items = Vec::new();
    for (place, (name, came)) in (0..).zip(wanted.items) {
        items.push(item::Model {
            id: id_at(&mut papers.rng, at),
            tenant_id: row.tenant_id,
            request_id: row.id,
            position: place,
            name: name.to_owned(),
            note: None,
            document_id: if let Came::As(id) = came { Some(id) } else { None },
            fulfilled_at: (came != Came::NotYet).then_some(at + TimeDelta::days(1)),
        });
    }
    insert_all::<request::Entity>(papers.tx, vec![row]).await?;
    insert_all::<item::Entity>(papers.tx, items).await
}
