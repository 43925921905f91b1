//! Tasks of the demo firms: eight that are pending, two of them late.

use super::cases::Cast;
use super::clock;
use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::crm::tasks::entity::{Entity, Model};
use crate::db::normalize;
use chrono::TimeDelta;
use chrono_tz::Tz;
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::crm::task::TaskStatus;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

/// A task: what, in how many days, at which hour (none: in the day), how urgent.
struct Sketch {
    title: &'static str,
    days: i64,
    hour: Option<u32>,
    priority: Priority,
    status: TaskStatus,
    /// Comes again every so many of these.
    again: Option<(&'static str, i32)>,
}

const fn sketch(title: &'static str, days: i64, hour: Option<u32>) -> Sketch {
    let (priority, status) = (Priority::Normal, TaskStatus::Open);
    Sketch { title, days, hour, priority, status, again: None }
}

const SKETCHES: [Sketch; 11] = [
    Sketch {
        priority: Priority::High,
        ..sketch("Responder la carta del IRS sobre el ingreso no declarado", -3, None)
    },
    sketch("Pedir los estados de cuenta de diciembre", -1, Some(17)),
    Sketch { status: TaskStatus::InProgress, ..sketch("Llamar por el W-2 que falta", 0, Some(16)) },
    sketch("Enviar el borrador de la declaración para la firma", 0, None),
    Sketch {
        priority: Priority::Urgent,
        ..sketch("Presentar la prórroga del 1120-S", 1, Some(10))
    },
    Sketch { again: Some(("week", 1)), ..sketch("Revisar la nómina de la semana", 2, Some(9)) },
    Sketch { again: Some(("month", 1)), ..sketch("Conciliar las cuentas del banco", 8, None) },
    sketch("Actualizar la dirección en el expediente", 12, None),
    Sketch { status: TaskStatus::Done, ..sketch("Escanear los documentos recibidos", -2, None) },
    Sketch { status: TaskStatus::Done, ..sketch("Confirmar la cita de apertura", -5, Some(11)) },
    Sketch { status: TaskStatus::Cancelled, ..sketch("Pedir copia del pasaporte", -9, None) },
];

/// Writes the tasks of a firm.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
    cases: &[Uuid],
    zone: Tz,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (serial, sketch) in SKETCHES.iter().enumerate() {
        rows.push(row(maker, cast, cases, zone, (serial, sketch)));
    }
    insert_all::<Entity>(tx, rows).await
}

fn row(
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
    cases: &[Uuid],
    zone: Tz,
    (serial, sketch): (usize, &Sketch),
) -> Model {
    let written = maker.now - TimeDelta::days(12) + TimeDelta::minutes(17 * clock::number(serial));
    // The last minute of a day stands for any time of it.
    let time = sketch.hour.map_or((23, 59), |hour| (hour, 0));
    let due = clock::at(maker.now, zone, sketch.days, time);
    let done = (!sketch.status.is_pending()).then(|| maker.now - TimeDelta::days(1));
    let matter = cases.get(serial * 5).copied().filter(|_| serial % 3 == 0);
    let person = cast.people.get(serial).copied().filter(|_| matter.is_none() && serial % 3 == 1);
    let company = cast.companies.get(serial / 3).copied();
    let day = due.with_timezone(&zone).date_naive();
    Model {
        id: id_at(&mut maker.rng, written),
        tenant_id: maker.tenant,
        title: sketch.title.to_owned(),
        sort_name: normalize(sketch.title),
        search_text: normalize(sketch.title),
        notes: None,
        due_at: Some(due),
        due_sort: due,
        assignee_id: cast.team.get(serial % cast.team.len().max(1)).copied(),
        priority: sketch.priority.as_str().to_owned(),
        priority_rank: sketch.priority.rank(),
        status: sketch.status.as_str().to_owned(),
        status_rank: sketch.status.rank(),
        done_at: done,
        contact_id: person,
        corporation_id: company.filter(|_| matter.is_none() && person.is_none()),
        case_id: matter,
        recurs_unit: sketch.again.map(|(unit, _)| unit.to_owned()),
        recurs_every: sketch.again.map(|(_, every)| every),
        recurs_until: None,
        recurs_from: sketch.again.map(|_| day),
        next_id: None,
        external_id: None,
        version: 1,
        created_by: cast.team.first().copied(),
        created_at: written,
        updated_at: done.unwrap_or(written),
    }
}
