//! Messages of the demo firms: of what the owner received, twelve in all, three are unread.

use super::notes::Cast;
use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::crm::threads::{entity as thread, member, message};
use crate::db::normalize;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::thread::ThreadKind;
use sea_orm::DatabaseTransaction;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A thread: what it is about, how many of its last messages the owner has not read, and what
/// was written: by whom (0 is the owner, the others follow), how many days ago.
struct Sketch {
    subject: &'static str,
    kind: ThreadKind,
    person: Option<usize>,
    company: Option<usize>,
    unread: i32,
    messages: &'static [(usize, i64, &'static str)],
}

const BLANK: Sketch = Sketch {
    subject: "",
    kind: ThreadKind::Internal,
    person: None,
    company: None,
    unread: 0,
    messages: &[],
};

const SKETCHES: [Sketch; 4] = [
    Sketch {
        subject: "Prórroga de XYZ Inc",
        company: Some(1),
        messages: &[
            (0, 9, "¿Ya enviamos la prórroga del 1120-S?"),
            (1, 9, "Falta la firma del señor Pérez. Lo llamo hoy."),
            (1, 8, "Firmó. La presento esta tarde."),
            (0, 8, "Perfecto, gracias."),
            (1, 7, "Presentada y aceptada."),
        ],
        ..BLANK
    },
    Sketch {
        subject: "Horario de abril",
        messages: &[
            (2, 6, "¿Abrimos los sábados de abril?"),
            (0, 6, "Sí, de 9 a 1."),
            (3, 5, "Puedo los dos primeros."),
            (2, 5, "Yo los otros dos."),
            (1, 4, "Entonces lo pongo en la página web."),
        ],
        ..BLANK
    },
    Sketch {
        subject: "Su W-2 corregido",
        kind: ThreadKind::Client,
        person: Some(0),
        unread: 1,
        messages: &[
            (1, 3, "Buenos días, María. Para terminar su declaración nos falta el W-2 corregido."),
            (2, 2, "Gracias por traerlo; ya está en su carpeta."),
        ],
        ..BLANK
    },
    Sketch {
        subject: "Carta del IRS a ABC Corp",
        company: Some(0),
        unread: 2,
        messages: &[
            (3, 2, "Llegó un CP2000 por ingresos que no se declararon."),
            (0, 2, "¿Cuánto tiempo tenemos para responder?"),
            (3, 0, "Treinta días desde la fecha de la carta: hasta el 15 de abril."),
            (1, 0, "Ya tengo el borrador de la respuesta. ¿Lo revisas?"),
        ],
        ..BLANK
    },
];

/// Writes the messages of a firm.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
) -> anyhow::Result<()> {
    let (mut threads, mut members, mut messages) = (Vec::new(), Vec::new(), Vec::new());
    for sketch in &SKETCHES {
        let written = messages_of(maker, cast, sketch);
        let (Some(first), Some(last)) = (written.first(), written.last()) else { continue };
        let row = thread_of(maker, cast, sketch, (first, last));
        let people: BTreeSet<Uuid> =
            written.iter().filter_map(|it| it.author_id).chain([cast.owner]).collect();
        members.extend(people.into_iter().map(|user| member::Model {
            tenant_id: row.tenant_id,
            thread_id: row.id,
            user_id: user,
            read_number: row.message_count - if user == cast.owner { sketch.unread } else { 0 },
        }));
        messages.extend(written);
        threads.push(row);
    }
    insert_all::<thread::Entity>(tx, threads).await?;
    insert_all::<member::Entity>(tx, members).await?;
    insert_all::<message::Entity>(tx, messages).await
}

fn messages_of(maker: &mut Maker<'_>, cast: &Cast<'_>, sketch: &Sketch) -> Vec<message::Model> {
    let count = i64::try_from(sketch.messages.len()).unwrap_or_default();
    let opened = moment(maker.now, sketch.messages.first().map_or(0, |(_, days, _)| *days), count);
    let thread = id_at(&mut maker.rng, opened);
    let mut rows = Vec::new();
    for (place, (author, days, text)) in sketch.messages.iter().enumerate() {
        let left = count - i64::try_from(place).unwrap_or_default();
        let at = moment(maker.now, *days, left);
        let colleague = author.checked_sub(1).and_then(|at| cast.team.iter().cycle().nth(at));
        let mut row = message::Model {
            id: id_at(&mut maker.rng, at),
            tenant_id: maker.tenant,
            thread_id: thread,
            number: i32::try_from(place + 1).unwrap_or_default(),
            author_id: Some(colleague.copied().unwrap_or(cast.owner)),
            body: String::new(),
            sort_name: String::new(),
            search_text: String::new(),
            sent_at: at,
        };
        row.set_body((*text).to_owned());
        rows.push(row);
    }
    rows
}

/// So many days ago, those of one day one after the other.
fn moment(now: DateTime<Utc>, days: i64, left: i64) -> DateTime<Utc> {
    now - TimeDelta::days(days) - TimeDelta::minutes(17 * left)
}

fn thread_of(
    maker: &Maker<'_>,
    cast: &Cast<'_>,
    sketch: &Sketch,
    (first, last): (&message::Model, &message::Model),
) -> thread::Model {
    thread::Model {
        id: first.thread_id,
        tenant_id: maker.tenant,
        subject: sketch.subject.to_owned(),
        search_text: normalize(sketch.subject),
        kind: sketch.kind.as_str().to_owned(),
        contact_id: sketch.person.and_then(|at| cast.people.get(at)).copied(),
        corporation_id: sketch.company.and_then(|at| cast.companies.get(at)).copied(),
        case_id: None,
        is_closed: false,
        message_count: last.number,
        last_message_at: last.sent_at,
        version: 1,
        created_by: first.author_id.unwrap_or(cast.owner),
        created_at: first.sent_at,
        updated_at: last.sent_at,
    }
}
