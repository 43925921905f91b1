//! The walk outwards, one step at a time.

use super::ties::{CompanyRelations, Links, PersonRelations, Ties};
use crate::auth::TenantScope;
use crate::crm::contacts::entity as contact;
use crate::crm::corporations::entity as corporation;
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

/// Which ties are wanted.
enum Which {
    /// Those of these records.
    At(Vec<Key>),
    /// Those of which both ends are among these.
    Among(Vec<Key>),
}

impl Which {
    fn ids(&self, kind: GraphKind) -> Vec<Uuid> {
        let (Self::At(keys) | Self::Among(keys)) = self;
        keys.iter().filter(|key| key.0 == kind).map(|key| key.1).collect()
    }
}

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
            let here = self.nodes.iter().filter(|(_, depth)| *depth == step);
            let at = Which::At(here.map(|(key, _)| *key).collect());
            // What is rare and says most comes first: of people there may be more than fit.
            self.spread::<CompanyRelations>(&at, step + 1).await?;
            self.spread::<PersonRelations>(&at, step + 1).await?;
            self.spread::<Links>(&at, step + 1).await?;
        }
        // Those of the outermost step may be tied to each other, too.
        let among = Which::Among(self.nodes.iter().map(|(key, _)| *key).collect());
        self.spread::<CompanyRelations>(&among, depth).await?;
        self.spread::<PersonRelations>(&among, depth).await?;
        self.spread::<Links>(&among, depth).await?;
        self.named().await
    }

    /// Adds ties of one table with the records that they lead to.
    async fn spread<T: Ties>(&mut self, which: &Which, depth: u8) -> Result<(), DbErr> {
        let (one, other) = T::KINDS;
        for edge in self.ties::<T>(which).await? {
            self.add((one, edge.from), (other, edge.to), edge, depth);
        }
        Ok(())
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

    /// The ties of a table that hold on the day.
    async fn ties<T: Ties>(&mut self, which: &Which) -> Result<Vec<GraphEdge>, DbErr> {
        let (one_kind, other_kind) = T::KINDS;
        if !self.sees(one_kind) || !self.sees(other_kind) {
            return Ok(Vec::new());
        }
        let (one, other) = T::ends();
        let (starts, ends) = T::period();
        let is_one = one.is_in(which.ids(one_kind));
        let is_other = other.is_in(which.ids(other_kind));
        let of = match which {
            Which::At(_) => Condition::any().add(is_one).add(is_other),
            Which::Among(_) => Condition::all().add(is_one).add(is_other),
        };
        let rows = self
            .scope
            .select::<T::Entity>()
            .filter(of)
            .filter(Condition::any().add(starts.is_null()).add(starts.lte(self.as_of)))
            .filter(Condition::any().add(ends.is_null()).add(ends.gte(self.as_of)))
            .order_by_asc(T::first())
            .order_by_asc(one)
            .order_by_asc(other)
            .limit(TIES)
            .all(self.scope.db())
            .await?;
        self.cut |= rows.len() as u64 == TIES;
        Ok(rows.iter().map(T::edge).collect())
    }

    const fn sees(&self, kind: GraphKind) -> bool {
        match kind {
            GraphKind::Contact => self.people,
            GraphKind::Corporation => self.companies,
        }
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
