//! People and companies around a record, and where each stands in the picture.

use crate::crm::link::LinkRole;
use crate::crm::relation::{CompanyRelation, PersonRelation};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// How far a graph goes when nothing is said.
pub const DEFAULT_DEPTH: u8 = 2;
/// How far it goes at most.
pub const MAX_DEPTH: u8 = 4;
/// So many records are shown at most.
pub const MAX_NODES: usize = 60;

/// `GET /api/contacts/{id}/graph`, `GET /api/corporations/{id}/graph`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Graph {
    /// The day for which it holds.
    pub as_of: NaiveDate,
    /// The record itself first, then in the order in which they are reached.
    pub nodes: Vec<GraphNode>,
    pub edges: Vec<GraphEdge>,
    /// There is more than is shown.
    pub cut: bool,
}

/// What a record of the graph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GraphKind {
    Contact,
    Corporation,
}

/// A record of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphNode {
    pub kind: GraphKind,
    pub id: Uuid,
    pub name: String,
    /// Steps from the record in the middle.
    pub depth: u8,
}

/// What two records are to each other. One of `role`, `person` and `company` tells the kind;
/// a link without a known role has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GraphEdge {
    /// Of a person and a company: the person.
    pub from: Uuid,
    pub to: Uuid,
    /// What the person is to the company.
    pub role: Option<LinkRole>,
    /// What the person at `to` is to the one at `from`.
    pub person: Option<PersonRelation>,
    /// What the company at `to` is to the one at `from`.
    pub company: Option<CompanyRelation>,
    /// Hundredths of a percent.
    pub share: Option<u16>,
}

impl GraphEdge {
    /// The same edge as it is seen from `id`: what the other one is to it.
    #[must_use]
    pub fn seen_from(&self, id: Uuid) -> Self {
        if self.from == id || self.is_link() {
            return self.clone();
        }
        Self {
            from: self.to,
            to: self.from,
            person: self.person.map(PersonRelation::inverse),
            company: self.company.map(CompanyRelation::inverse),
            ..self.clone()
        }
    }

    const fn is_link(&self) -> bool {
        self.person.is_none() && self.company.is_none()
    }
}

/// Width of a record's box.
pub const BOX_WIDTH: u32 = 190;
/// Height of a record's box.
pub const BOX_HEIGHT: u32 = 46;
const GAP_X: u32 = 70;
const GAP_Y: u32 = 14;
const MARGIN: u32 = 4;

/// Where the graph's boxes stand: a column for each depth, each column in the middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub width: u32,
    pub height: u32,
    /// The upper left corner of each node, in the order of the nodes.
    pub places: Vec<(u32, u32)>,
}

impl Layout {
    /// The same graph always has the same layout.
    pub fn of(graph: &Graph) -> Self {
        let mut columns: HashMap<u8, u32> = HashMap::new();
        for node in &graph.nodes {
            *columns.entry(node.depth).or_default() += 1;
        }
        let tall = |count: u32| count * BOX_HEIGHT + count.saturating_sub(1) * GAP_Y;
        let height = tall(columns.values().copied().max().unwrap_or_default());
        let mut filled: HashMap<u8, u32> = HashMap::new();
        let mut place = |node: &GraphNode| {
            let index = filled.entry(node.depth).or_default();
            let start = (height - tall(columns.get(&node.depth).copied().unwrap_or(1))) / 2;
            let y = start + *index * (BOX_HEIGHT + GAP_Y);
            *index += 1;
            (MARGIN + u32::from(node.depth) * (BOX_WIDTH + GAP_X), MARGIN + y)
        };
        let places: Vec<(u32, u32)> = graph.nodes.iter().map(&mut place).collect();
        let right = places.iter().map(|(x, _)| x + BOX_WIDTH).max().unwrap_or_default();
        Self { width: right + MARGIN, height: height + 2 * MARGIN, places }
    }

    /// The line between two nodes, as the data of an SVG path.
    pub fn line(&self, from: usize, to: usize) -> Option<String> {
        let ((ax, ay), (bx, by)) = (*self.places.get(from)?, *self.places.get(to)?);
        let ((ax, ay), (bx, by)) =
            if ax <= bx { ((ax, ay), (bx, by)) } else { ((bx, by), (ax, ay)) };
        let (ay, by) = (ay + BOX_HEIGHT / 2, by + BOX_HEIGHT / 2);
        let start = ax + BOX_WIDTH;
        Some(if ax == bx {
            // Beside each other: a bow through the gap.
            let out = start + GAP_X / 3;
            format!("M{start} {ay}C{out} {ay} {out} {by} {start} {by}")
        } else {
            let (near, far) = (start + GAP_X / 2, bx.saturating_sub(GAP_X / 2));
            format!("M{start} {ay}C{near} {ay} {far} {by} {bx} {by}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(depths: &[u8]) -> Graph {
        let node = |(index, depth): (usize, &u8)| GraphNode {
            kind: GraphKind::Contact,
            id: Uuid::from_u128(index as u128),
            name: String::new(),
            depth: *depth,
        };
        Graph {
            as_of: NaiveDate::default(),
            nodes: depths.iter().enumerate().map(node).collect(),
            edges: Vec::new(),
            cut: false,
        }
    }

    #[test]
    fn boxes_never_overlap_and_stay_inside() {
        let layout = Layout::of(&graph(&[0, 1, 1, 1, 2, 2]));
        for (index, a) in layout.places.iter().enumerate() {
            assert!(a.0 + BOX_WIDTH <= layout.width && a.1 + BOX_HEIGHT <= layout.height);
            for b in &layout.places[index + 1..] {
                let apart = a.0.abs_diff(b.0) >= BOX_WIDTH || a.1.abs_diff(b.1) >= BOX_HEIGHT;
                assert!(apart, "{a:?} {b:?}");
            }
        }
        assert_eq!(layout, Layout::of(&graph(&[0, 1, 1, 1, 2, 2])));
        assert!(layout.line(0, 1).unwrap().starts_with('M'));
        assert_eq!(layout.line(0, 9), None);
        assert_eq!(Layout::of(&graph(&[0])).places, [(MARGIN, MARGIN)]);
    }

    #[test]
    fn a_relation_is_turned_round_and_a_link_is_not() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let edge = GraphEdge {
            from: a,
            to: b,
            role: None,
            person: Some(PersonRelation::Parent),
            company: None,
            share: None,
        };
        assert_eq!(edge.seen_from(a), edge);
        assert_eq!(edge.seen_from(b).person, Some(PersonRelation::Child));
        let link = GraphEdge { person: None, role: Some(LinkRole::Owner), ..edge };
        assert_eq!(link.seen_from(b), link);
    }
}
