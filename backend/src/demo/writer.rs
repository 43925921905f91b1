//! Writing the demo firms.

use super::cases::{self, Cast};
use super::firms::Firm;
use super::history::{self, Past};
use super::messages;
use super::notes;
use super::papers;
use super::people::{Maker, id_at};
use super::team::Team;
use super::{appointments, tasks, ties};
use crate::crm::contacts::{entity as contact, link, write as contact_write};
use crate::crm::corporations::entity as corporation;
use crate::crm::departments::entity as department;
use crate::crm::tags::{ContactTags, CorporationTags, contact_tag, corporation_tag, entity as tag};
use crate::db::{self, TenantOwned, begin_write, normalize};
use crate::platform::{membership, tenant, user};
use crate::state::AppState;
use crate::team::news;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ebenezer_shared::crm::tag::TagColor;
use ebenezer_shared::permission::Role;
use ebenezer_shared::team::RoleKey;
use rand::rngs::StdRng;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, IntoActiveModel, ModelTrait};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

/// A demo login.
pub struct Login {
    pub kind: &'static str,
    pub firm: &'static str,
    pub role: &'static str,
    pub email: String,
    pub name: &'static str,
}

/// Rows in one statement: 28 columns each stay below `SQLite`'s 32,766 parameters.
const CHUNK: usize = 1000;

/// Writes firms into the main database.
pub struct Writer<'s> {
    pub state: &'s AppState,
    pub now: DateTime<Utc>,
    pub password_hash: String,
}

impl Writer<'_> {
    /// Writes everything in one transaction: all of it or nothing.
    pub async fn write(
        &self,
        firms: &[&Firm],
        logins: &[Login],
        large: Option<usize>,
        mut rng: StdRng,
    ) -> anyhow::Result<()> {
        let tx = begin_write(self.state.planes.platform()).await?;
        for login in logins.iter().filter(|login| login.kind == "platform") {
            let staff = self.user(login, &mut rng, true);
            user::insert(&tx, &staff).await?;
        }
        for firm in firms {
            let people = logins.iter().filter(|login| login.firm == firm.subdomain);
            rng = self.firm(&tx, firm, people, large, rng).await?;
        }
        visit_second_firm(&tx, logins, self.now).await?;
        tx.commit().await?;
        Ok(())
    }

    fn user(&self, login: &Login, rng: &mut StdRng, is_staff: bool) -> user::Model {
        let created = self.now - TimeDelta::days(800);
        user::Model {
            id: id_at(rng, created),
            email: login.email.clone(),
            email_key: user::email_key(&login.email),
            full_name: login.name.to_owned(),
            password_hash: self.password_hash.clone(),
            locale: "es".to_owned(),
            is_staff,
            is_active: true,
            last_login_at: None,
            last_tenant_id: None,
            created_at: created,
            updated_at: created,
        }
    }

    async fn firm(
        &self,
        tx: &DatabaseTransaction,
        firm: &Firm,
        people: impl Iterator<Item = &Login>,
        large: Option<usize>,
        mut rng: StdRng,
    ) -> anyhow::Result<StdRng> {
        let created = self.now - TimeDelta::days(800);
        let tenant = tenant::Model {
            id: id_at(&mut rng, created),
            company: firm.company.to_owned(),
            subdomain: firm.subdomain.to_owned(),
            product_key: firm.product.to_owned(),
            plan_key: "business".to_owned(),
            status: tenant::Status::Active,
            isolation: tenant::Isolation::Shared,
            settings: json!({}),
            time_zone: self.state.config.time_zone.clone(),
            expires_at: None,
            version: 1,
            created_at: created,
            updated_at: created,
        };
        tenant::insert(tx, &tenant).await?;
        let departments = departments(firm, tenant.id, created, &mut rng);
        let department_ids: Vec<Uuid> = departments.iter().map(|row| row.id).collect();
        insert_all::<department::Entity>(tx, departments).await?;
        let mut team = Vec::new();
        for login in people {
            let user = self.user(login, &mut rng, false);
            user::insert(tx, &user).await?;
            team.push((login.role.parse()?, user));
        }
        let author = team.first().map(|(_, user): &(_, user::Model)| user.clone());
        let team = Team { tenant: tenant.id, people: team, departments: &department_ids };
        team.write(tx, self.now, created, &mut rng).await?;
        let owners = team.workers();
        let mut maker = Maker {
            state: self.state,
            tenant: tenant.id,
            owners,
            departments: department_ids.clone(),
            now: self.now,
            rng,
        };
        let tags = tags(&mut maker, created);
        let tag_ids: Vec<Uuid> = tags.iter().map(|row| row.id).collect();
        insert_all::<tag::Entity>(tx, tags).await?;
        let known = write_people(tx, firm, large, &tag_ids, &mut maker).await?;
        let mut cases = Vec::new();
        if ["tax", "erp"].contains(&firm.product) {
            let people: Vec<Uuid> = known.0.iter().map(|row| row.id).chain(known.2).collect();
            let workers = maker.owners.clone();
            let cast = Cast { people: &people, companies: &known.1, team: &workers };
            cases = cases::write(tx, &mut maker, &cast, large).await?;
            let of_cases: Vec<Uuid> = cases.iter().map(|row| row.id).collect();
            let zone = tenant.time_zone.parse().unwrap_or(Tz::UTC);
            tasks::write(tx, &mut maker, &cast, &of_cases, zone).await?;
            appointments::write(tx, &mut maker, &cast, zone).await?;
        }
        if let (Some(author), None) = (author, large) {
            let past = Past { people: &known.0, companies: &known.1, cases: &cases };
            history::write(tx, &mut maker, &author, &past).await?;
            papers::write(tx, &maker, &author, (&known.0, &known.1)).await?;
            let team = maker.owners.clone();
            let people: Vec<Uuid> = known.0.iter().map(|row| row.id).collect();
            let cases: Vec<Uuid> = cases.iter().map(|row| row.id).collect();
            let cast = notes::Cast {
                owner: author.id,
                team: &team,
                people: &people,
                companies: &known.1,
                cases: &cases,
            };
            notes::write(tx, &mut maker, &cast).await?;
            messages::write(tx, &mut maker, &cast).await?;
        }
        Ok(maker.rng)
    }
}

/// The first firm's owner also helps out at the last one, so that there is a firm to
/// switch to.
async fn visit_second_firm(
    tx: &DatabaseTransaction,
    logins: &[Login],
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    let Some(owner) = logins.iter().find(|login| login.role == Role::Owner.as_str()) else {
        return Ok(());
    };
    let last = logins.last().map(|login| login.firm).filter(|firm| *firm != owner.firm);
    let Some(last) = last else { return Ok(()) };
    let user = user::by_email(tx, &owner.email).await?;
    let firm = tenant::by_subdomain(tx, last).await?;
    if let (Some(user), Some(firm)) = (user, firm) {
        let admin = RoleKey::BuiltIn(Role::Admin);
        news::join(tx, &membership::Model::new(user.id, firm.id, admin, at), &user).await?;
        // Without a last visit the first login would land in the firm that sorts first.
        let home = tenant::by_subdomain(tx, owner.firm).await?.map(|home| home.id);
        user::visited(tx, user.id, home).await?;
    }
    Ok(())
}

fn departments(
    firm: &Firm,
    tenant: Uuid,
    at: DateTime<Utc>,
    rng: &mut StdRng,
) -> Vec<department::Model> {
    let row = |(position, (name, code, color)): (usize, &(&str, &str, &str))| department::Model {
        id: id_at(rng, at),
        tenant_id: tenant,
        name: (*name).to_owned(),
        name_key: normalize(name),
        code: (*code).to_owned(),
        code_key: code.to_lowercase(),
        color: (*color).to_owned(),
        icon: None,
        is_active: true,
        position: i32::try_from(position).unwrap_or_default(),
        version: 1,
        created_at: at,
        updated_at: at,
    };
    firm.departments.iter().enumerate().map(row).collect()
}

/// What firms of every kind mark people with: name, colour, and how far apart in the list
/// of people those stand who carry it.
const TAGS: [(&str, TagColor, usize); 5] = [
    ("VIP", TagColor::Violet, 9),
    ("Debe documentos", TagColor::Orange, 7),
    ("Referido", TagColor::Green, 4),
    ("Llamar por la tarde", TagColor::Blue, 13),
    ("Revisar en enero", TagColor::Yellow, 31),
];

fn tags(maker: &mut Maker<'_>, at: DateTime<Utc>) -> Vec<tag::Model> {
    let row = |(name, color, _): &(&str, TagColor, usize)| tag::Model {
        id: id_at(&mut maker.rng, at),
        tenant_id: maker.tenant,
        name: (*name).to_owned(),
        name_key: normalize(name),
        color: color.as_str().to_owned(),
        version: 1,
        created_at: at,
        updated_at: at,
    };
    TAGS.iter().map(row).collect()
}

/// The tags of the one who stands there in the list.
fn tags_at(place: usize, ids: &[Uuid]) -> impl Iterator<Item = Uuid> {
    let carried = TAGS.iter().zip(ids).filter(move |((_, _, apart), _)| place % apart == 1);
    carried.map(|(_, id)| *id)
}

async fn write_people(
    tx: &DatabaseTransaction,
    firm: &Firm,
    large: Option<usize>,
    tags: &[Uuid],
    maker: &mut Maker<'_>,
) -> anyhow::Result<(Vec<contact::Model>, Vec<Uuid>, Vec<Uuid>)> {
    let mut corporations: Vec<corporation::Model> =
        [("ABC Corp", "s_corp"), ("XYZ Inc", "c_corp"), ("Tech Solutions LLC", "llc")]
            .into_iter()
            .map(|known| maker.corporation(Some(known)))
            .collect();
    let wanted = large.map_or(firm.corporations, |contacts| contacts / 5).max(3);
    let (mut names, mut numbers) = (HashSet::new(), HashSet::new());
    while corporations.len() < wanted {
        let next = maker.corporation(None);
        // A small firm's companies have names of their own; numbers are unique in any.
        let fresh = large.is_some() || names.insert(next.name.clone());
        if fresh && numbers.insert(next.ein_hash.clone()) {
            corporations.push(next);
        }
    }
    let ids: Vec<Uuid> = corporations.iter().map(|row| row.id).collect();
    insert_all::<corporation::Entity>(tx, corporations).await?;
    let tenant_id = maker.tenant;
    let tagged = ids.iter().enumerate().flat_map(|(place, id)| {
        let link = |tag_id| corporation_tag::Model { tenant_id, corporation_id: *id, tag_id };
        tags_at(place, tags).map(link)
    });
    insert_all::<CorporationTags>(tx, tagged.collect()).await?;
    let known = known_people(maker, &ids);
    let known_rows: Vec<contact::Model> = known.iter().map(|(row, _)| row.clone()).collect();
    let known_ids: Vec<Uuid> = known_rows.iter().map(|row| row.id).collect();
    write_contacts(tx, maker, known, (0, tags)).await?;
    let twins: Vec<_> = match large {
        None => vec![(twin(maker), ids.get(1).copied().into_iter().collect())],
        Some(_) => Vec::new(),
    };
    let twin_count = twins.len();
    write_contacts(tx, maker, twins, (0, &[])).await?;
    let mut people = Vec::new();
    let total = large.unwrap_or(firm.contacts).saturating_sub(3 + twin_count);
    let mut written = 0;
    while written < total {
        let upto = total.min(written + CHUNK);
        let chunk = (written..upto)
            .map(|serial| {
                let row = maker.contact(serial);
                people.push(row.id);
                let links = maker.links(&ids);
                (row, links)
            })
            .collect();
        write_contacts(tx, maker, chunk, (written + 3, tags)).await?;
        written = upto;
    }
    ties::write(tx, maker, (&known_ids, &people), &ids).await?;
    Ok((known_rows, ids, people))
}

/// The people of the manual's Figure 4, with their companies.
fn known_people(maker: &mut Maker<'_>, corporations: &[Uuid]) -> Vec<(contact::Model, Vec<Uuid>)> {
    let company = |index: usize| corporations.get(index).copied();
    let rows = [
        (("María", "García"), "maria.garcia@email.com", 1_234_567, 2022, vec![company(0)]),
        (("Juan", "Pérez"), "juan.perez@email.com", 2_345_678, 2023, vec![company(1)]),
        (
            ("Carlos", "Rodríguez"),
            "carlos.r@email.com",
            3_456_789,
            2021,
            vec![company(0), company(1), company(2)],
        ),
    ];
    rows.into_iter()
        .map(|(name, email, line, since, links)| {
            (maker.known(name, email, line, since), links.into_iter().flatten().collect())
        })
        .collect()
}

/// Somebody whom the firm has twice: Juan Pérez, entered again without accents.
fn twin(maker: &mut Maker<'_>) -> contact::Model {
    let mut row = maker.known(("Juan", "Perez"), "jperez@correo.example", 2_345_678, 2024);
    contact_write::set_ssn(maker.state, &mut row, None);
    contact_write::set_date_of_birth(maker.state, &mut row, None);
    "prospect".clone_into(&mut row.status);
    row.notes = Some("Llamó por la declaración de XYZ Inc.".to_owned());
    row
}

async fn write_contacts(
    tx: &DatabaseTransaction,
    maker: &Maker<'_>,
    people: Vec<(contact::Model, Vec<Uuid>)>,
    (first, tags): (usize, &[Uuid]),
) -> anyhow::Result<()> {
    let mut rows = Vec::with_capacity(people.len());
    let (mut links, mut tagged) = (Vec::new(), Vec::new());
    for (place, (mut row, corporations)) in people.into_iter().enumerate() {
        tagged.extend(tags_at(first + place, tags).map(|tag_id| contact_tag::Model {
            tenant_id: maker.tenant,
            contact_id: row.id,
            tag_id,
        }));
        row.primary_corporation_id = corporations.first().copied();
        links.extend(corporations.into_iter().map(|corporation| {
            link::Model::bare(maker.tenant, row.id, corporation, row.created_at)
        }));
        rows.push(row);
    }
    insert_all::<contact::Entity>(tx, rows).await?;
    insert_all::<link::Entity>(tx, links).await?;
    insert_all::<ContactTags>(tx, tagged).await
}

pub async fn insert_all<E>(tx: &DatabaseTransaction, rows: Vec<E::Model>) -> anyhow::Result<()>
where
    E: TenantOwned,
    E::Model: IntoActiveModel<E::ActiveModel> + ModelTrait<Entity = E>,
    E::ActiveModel: Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<E::ActiveModel> =
            rows.by_ref().take(CHUNK).map(|row| row.into_active_model().reset_all()).collect();
        db::insert::<E, _, _>(tx, chunk).await?;
    }
    Ok(())
}
