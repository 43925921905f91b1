//! The walk outwards, one step at a time.

use crate::auth::TenantScope;
use crate::crm::contacts::related::entity as relation;
use crate::crm::contacts::{entity as contact, link};
use crate::crm::corporations::entity as corporation;
use crate::crm::corporations::related::entity as company_relation;
use crate::db::TenantOwned;
use chrono::NaiveDate;
use ebenezer_shared::crm::graph::{Graph, GraphEdge, GraphKind, GraphNode, MAX_NODES};
use sea_orm::{ColumnTrait, Condition, DbErr, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A record of the graph.
pub type Key = (GraphKind, Uuid);

/// So many ties of one kind are read at each step.
const TIES: u64 = 500;

/// Who looks, and at which day.
pub struct Around<'s> {
    scope: &'s TenantScope,
    as_of: NaiveDate,
    people: bool,
    companies: bool,
    nodes: Vec<(Key, u8)>,
    known: HashSet<Uuid>,
    edges: Vec<GraphEdge>,
    cut: bool,
}

impl<'s> Around<'s> {
    pub fn new(scope: &'s TenantScope, as_of: NaiveDate, people: bool, companies: bool) -> Self {
        Self {
            scope,
            as_of,
            people,
            companies,
            nodes: Vec::new(),
            known: HashSet::new(),
            edges: Vec::new(),
            cut: false,
        }
    }

    /// Everything within `depth` steps of `start`.
    pub async fn walk(mut self, start: Key, depth: u8) -> Result<Graph, DbErr> {
        self.reach(start, 0);
        for step in 0..depth {
            let at = |kind: GraphKind| -> Vec<Uuid> {
                let here = self.nodes.iter().filter(|(key, depth)| *depth == step && key.0 == kind);
                here.map(|(key, _)| key.1).collect()
            };
            let (people, companies) = (at(GraphKind::Contact), at(GraphKind::Corporation));
            let mut ties = Vec::new();
            if self.people && self.companies {
                ties.extend(self.links(&people, &companies).await?);
            }
            if self.people {
                ties.extend(self.relations(&people).await?);
            }
            if self.companies {
                ties.extend(self.company_relations(&companies).await?);
            }
            for (one, other, edge) in ties {
                self.add(one, other, edge, step + 1);
            }
        }
        self.named().await
    }

    /// Adds a tie with the record that it leads to, unless there is no more room.
    fn add(&mut self, one: Key, other: Key, edge: GraphEdge, depth: u8) {
        for key in [one, other] {
            if !self.known.contains(&key.1) {
                self.reach(key, depth);
            }
        }
        let is_known = self.edges.iter().any(|it| it.from == edge.from && it.to == edge.to);
        if !is_known && self.known.contains(&edge.from) && self.known.contains(&edge.to) {
            self.edges.push(edge);
        }
    }

    fn reach(&mut self, key: Key, depth: u8) {
        if self.nodes.len() >= MAX_NODES {
            self.cut = true;
        } else if self.known.insert(key.1) {
            self.nodes.push((key, depth));
        }
    }

    /// What holds on the day.
    fn holds<C: ColumnTrait>(&self, starts: C, ends: C) -> Condition {
        Condition::all()
            .add(Condition::any().add(starts.is_null()).add(starts.lte(self.as_of)))
            .add(Condition::any().add(ends.is_null()).add(ends.gte(self.as_of)))
    }

    async fn links(
        &mut self,
        people: &[Uuid],
        companies: &[Uuid],
    ) -> Result<Vec<(Key, Key, GraphEdge)>, DbErr> {
        use link::Column as C;
        let of = Condition::any()
            .add(C::ContactId.is_in(people.iter().copied()))
            .add(C::CorporationId.is_in(companies.iter().copied()));
        let rows = self
            .scope
            .select::<link::Entity>()
            .filter(of)
            .filter(self.holds(C::StartsOn, C::EndsOn))
            .order_by_asc(C::CorporationId)
            .order_by_asc(C::ContactId)
            .limit(TIES)
            .all(self.scope.db())
            .await?;
        self.cut |= rows.len() as u64 == TIES;
        let tie = |row: link::Model| {
            let edge = GraphEdge {
                from: row.contact_id,
                to: row.corporation_id,
                role: row.role(),
                person: None,
                company: None,
                share: row.share(),
            };
            let person = (GraphKind::Contact, row.contact_id);
            (person, (GraphKind::Corporation, row.corporation_id), edge)
        };
        Ok(rows.into_iter().map(tie).collect())
    }

    async fn relations(&mut self, people: &[Uuid]) -> Result<Vec<(Key, Key, GraphEdge)>, DbErr> {
        use relation::Column as C;
        let of = Condition::any()
            .add(C::LowId.is_in(people.iter().copied()))
            .add(C::HighId.is_in(people.iter().copied()));
        let rows = self
            .scope
            .select::<relation::Entity>()
            .filter(of)
            .filter(self.holds(C::StartsOn, C::EndsOn))
            .order_by_asc(C::LowId)
            .order_by_asc(C::HighId)
            .limit(TIES)
            .all(self.scope.db())
            .await?;
        self.cut |= rows.len() as u64 == TIES;
        let tie = |row: relation::Model| {
            let edge = GraphEdge {
                from: row.low_id,
                to: row.high_id,
                role: None,
                person: Some(row.kind_for(row.low_id)),
                company: None,
                share: None,
            };
            ((GraphKind::Contact, row.low_id), (GraphKind::Contact, row.high_id), edge)
        };
        Ok(rows.into_iter().map(tie).collect())
    }

    async fn company_relations(
        &mut self,
        companies: &[Uuid],
    ) -> Result<Vec<(Key, Key, GraphEdge)>, DbErr> {
        use company_relation::Column as C;
        let of = Condition::any()
            .add(C::LowId.is_in(companies.iter().copied()))
            .add(C::HighId.is_in(companies.iter().copied()));
        let rows = self
            .scope
            .select::<company_relation::Entity>()
            .filter(of)
            .filter(self.holds(C::StartsOn, C::EndsOn))
            .order_by_asc(C::LowId)
            .order_by_asc(C::HighId)
            .limit(TIES)
            .all(self.scope.db())
            .await?;
        self.cut |= rows.len() as u64 == TIES;
        let tie = |row: company_relation::Model| {
            let edge = GraphEdge {
                from: row.low_id,
                to: row.high_id,
                role: None,
                person: None,
                company: Some(row.kind_for(row.low_id)),
                share: row.share(),
            };
            ((GraphKind::Corporation, row.low_id), (GraphKind::Corporation, row.high_id), edge)
        };
        Ok(rows.into_iter().map(tie).collect())
    }

    async fn named(self) -> Result<Graph, DbErr> {
        let ids = |kind: GraphKind| {
            let all = self.nodes.iter().filter(move |(key, _)| key.0 == kind);
            all.map(|(key, _)| key.1).collect::<Vec<_>>()
        };
        let mut names = HashMap::new();
        for row in rows::<contact::Entity>(self.scope, ids(GraphKind::Contact)).await? {
            names.insert(row.id, format!("{} {}", row.first_name, row.last_name));
        }
        for row in rows::<corporation::Entity>(self.scope, ids(GraphKind::Corporation)).await? {
            names.insert(row.id, row.name);
        }
        let nodes = self.nodes.iter().filter_map(|((kind, id), depth)| {
            let name = names.remove(id)?;
            Some(GraphNode { kind: *kind, id: *id, name, depth: *depth })
        });
        let nodes = nodes.collect();
        Ok(Graph { as_of: self.as_of, nodes, edges: self.edges, cut: self.cut })
    }
}

async fn rows<E: TenantOwned>(scope: &TenantScope, ids: Vec<Uuid>) -> Result<Vec<E::Model>, DbErr> {
    scope.select::<E>().filter(E::id_column().is_in(ids)).all(scope.db()).await
}
