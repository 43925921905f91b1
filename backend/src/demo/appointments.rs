//! Appointments of the demo firms: five today, the next one at 2:30 PM.

use super::cases::Cast;
use super::clock;
use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::crm::appointments::entity::{Entity, Model};
use crate::db::normalize;
use chrono::TimeDelta;
use chrono_tz::Tz;
use ebenezer_shared::crm::appointment::AppointmentStatus as Status;
use sea_orm::DatabaseTransaction;

/// An appointment: what, in how many days, when, for how many minutes.
struct Sketch {
    title: &'static str,
    days: i64,
    time: (u32, u32),
    minutes: i64,
    status: Status,
    /// In the office, or else by video.
    is_here: bool,
}

const fn sketch(title: &'static str, days: i64, time: (u32, u32), minutes: i64) -> Sketch {
    Sketch { title, days, time, minutes, status: Status::Scheduled, is_here: true }
}

const SKETCHES: [Sketch; 15] = [
    Sketch { status: Status::Done, ..sketch("Entrega de documentos 2025", -6, (9, 0), 30) },
    Sketch { status: Status::NoShow, ..sketch("Consulta por ITIN", -5, (11, 0), 45) },
    Sketch { status: Status::Done, ..sketch("Firma de la declaración", -4, (16, 0), 30) },
    Sketch { status: Status::Done, ..sketch("Revisión trimestral", -1, (10, 0), 60) },
    Sketch { status: Status::Cancelled, ..sketch("Apertura de expediente", -1, (15, 0), 60) },
    Sketch { status: Status::Confirmed, ..sketch("Revisión del borrador 1040", 0, (14, 30), 45) },
    sketch("Entrevista inicial", 0, (15, 0), 60),
    Sketch { is_here: false, ..sketch("Dudas sobre la carta del IRS", 0, (15, 45), 30) },
    sketch("Firma del formulario 8879", 0, (16, 30), 30),
    Sketch { is_here: false, ..sketch("Planeación de impuestos", 0, (17, 15), 45) },
    Sketch { status: Status::Confirmed, ..sketch("Cierre de nómina", 1, (9, 0), 60) },
    sketch("Recoger W-2 y 1099", 1, (11, 30), 30),
    Sketch { status: Status::Requested, ..sketch("Consulta: abrir una LLC", 2, (10, 0), 45) },
    Sketch { is_here: false, ..sketch("Revisión de estados de cuenta", 3, (14, 0), 60) },
    sketch("Reunión anual con socios", 8, (9, 30), 120),
];

/// Writes the appointments of a firm.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
    zone: Tz,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (serial, sketch) in SKETCHES.iter().enumerate() {
        rows.extend(row(maker, cast, zone, (serial, sketch)));
    }
    insert_all::<Entity>(tx, rows).await
}

fn row(
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
    zone: Tz,
    (serial, sketch): (usize, &Sketch),
) -> Option<Model> {
    let written = maker.now - TimeDelta::days(14) + TimeDelta::minutes(23 * clock::number(serial));
    let starts_at = clock::at(maker.now, zone, sketch.days, sketch.time);
    let company = cast.companies.get(serial / 4).copied().filter(|_| serial % 4 == 3);
    let person = cast.people.get(serial).copied().filter(|_| company.is_none());
    let video = "https://video.example/sala-2";
    Some(Model {
        id: id_at(&mut maker.rng, written),
        tenant_id: maker.tenant,
        title: sketch.title.to_owned(),
        sort_name: normalize(sketch.title),
        search_text: normalize(sketch.title),
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(sketch.minutes),
        staff_id: cast.team.get(serial % cast.team.len().max(1)).copied()?,
        contact_id: person,
        corporation_id: company,
        place: sketch.is_here.then(|| "Oficina".to_owned()),
        video_url: (!sketch.is_here).then(|| video.to_owned()),
        status: sketch.status.as_str().to_owned(),
        notes: None,
        remind_minutes: None,
        remind_at: None,
        reminded_at: None,
        external_id: None,
        version: 1,
        created_by: cast.team.first().copied(),
        created_at: written,
        updated_at: written,
    })
}
