//! Notes of the demo firms: the owner's sticky ones, and some on clients and cases.

use super::people::{Maker, id_at};
use super::writer::insert_all;
use crate::crm::notes::entity::{Entity, Model};
use chrono::TimeDelta;
use ebenezer_shared::crm::note::NoteColor;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

/// What a note is on.
enum On {
    /// The owner's desk.
    Desk,
    /// The person, the company or the case at that place of its list.
    Person(usize),
    Company(usize),
    Case(usize),
}

/// The notes, the oldest first: where, how it looks, whether it is pinned, and what it says.
const SKETCHES: [(On, NoteColor, bool, &str); 11] = [
    (
        On::Person(0),
        NoteColor::Yellow,
        true,
        "Prefiere que la llamen después de las 5 p. m. Habla español e inglés.",
    ),
    (On::Company(0), NoteColor::Yellow, false, "El contador anterior tiene los libros de 2023."),
    (
        On::Person(2),
        NoteColor::Yellow,
        false,
        "Tres empresas: revisar siempre de cuál es la factura.",
    ),
    (On::Desk, NoteColor::Grey, false, "Clave del edificio: pedirla en recepción."),
    (
        On::Case(0),
        NoteColor::Yellow,
        false,
        "Falta el formulario 1098 del banco; lo trae el lunes.",
    ),
    (On::Person(1), NoteColor::Yellow, false, "Su esposa firma también. Pedir su correo."),
    (
        On::Company(1),
        NoteColor::Yellow,
        true,
        "Cierre fiscal en junio: no mezclar con el año natural.",
    ),
    (On::Desk, NoteColor::Green, false, "Felicitar a Andrés por su certificación."),
    (
        On::Desk,
        NoteColor::Blue,
        false,
        "Reunión de equipo: jueves a las 9.\n– prórrogas\n– horario de abril",
    ),
    (On::Person(0), NoteColor::Yellow, false, "Trajo el W-2 corregido."),
    (On::Desk, NoteColor::Yellow, true, "15 de abril: nadie toma vacaciones."),
];

/// What notes can be on, and who writes them.
pub struct Cast<'a> {
    pub owner: Uuid,
    pub team: &'a [Uuid],
    pub people: &'a [Uuid],
    pub companies: &'a [Uuid],
    pub cases: &'a [Uuid],
}

/// Writes the notes of a firm.
pub async fn write(
    tx: &DatabaseTransaction,
    maker: &mut Maker<'_>,
    cast: &Cast<'_>,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (serial, (on, color, pinned, text)) in SKETCHES.iter().enumerate() {
        let days = i64::try_from(SKETCHES.len() - serial).unwrap_or_default();
        let at = maker.now - TimeDelta::days(days) + TimeDelta::minutes(13 * days);
        let [contact_id, corporation_id, case_id] = match on {
            On::Desk => [None; 3],
            On::Person(place) => [cast.people.get(*place).copied(), None, None],
            On::Company(place) => [None, cast.companies.get(*place).copied(), None],
            On::Case(place) => [None, None, cast.cases.get(*place).copied()],
        };
        let is_own = matches!(on, On::Desk);
        // A record that the firm does not have makes no sticky note.
        if !is_own && contact_id.or(corporation_id).or(case_id).is_none() {
            continue;
        }
        let author = cast.team.iter().cycle().nth(serial).copied().filter(|_| !is_own);
        let mut row = Model {
            id: id_at(&mut maker.rng, at),
            tenant_id: maker.tenant,
            body: String::new(),
            sort_name: String::new(),
            search_text: String::new(),
            color: color.as_str().to_owned(),
            pinned: *pinned,
            contact_id,
            corporation_id,
            case_id,
            version: 1,
            created_by: author.unwrap_or(cast.owner),
            created_at: at,
            updated_at: at,
        };
        row.set_text((*text).to_owned());
        rows.push(row);
    }
    insert_all::<Entity>(tx, rows).await
}
