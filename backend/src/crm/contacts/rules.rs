//! The multi-corporation rule: which companies a person has, and which is the primary one.
//!
//! A company whose link has ended is a former one: history, not one of the person's companies.
//! The primary one goes on: its link has no last day.
//!
//! The primary is always among the person's companies; whoever has any has a primary; and
//! losing the primary never promotes another one silently.

use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::ProblemCode;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A person's companies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corporations {
    primary: Option<Uuid>,
    all: BTreeSet<Uuid>,
}

impl Corporations {
    /// As they are stored.
    pub fn known(primary: Option<Uuid>, all: impl IntoIterator<Item = Uuid>) -> Self {
        Self { primary, all: all.into_iter().collect() }
    }

    /// Those of a new person. The primary belongs to them whether it is listed or not.
    pub fn new(
        primary: Option<Uuid>,
        listed: impl IntoIterator<Item = Uuid>,
        required: bool,
    ) -> Result<Self, ProblemCode> {
        let mut all: BTreeSet<Uuid> = listed.into_iter().collect();
        all.extend(primary);
        Self { primary, all }.checked(required)
    }

    /// What a `PATCH` makes of them: `listed` replaces the whole set, a named primary joins
    /// it. Dropping the primary while others stay needs the next one named.
    pub fn patched(
        &self,
        primary: Patch<Uuid>,
        listed: Option<Vec<Uuid>>,
        required: bool,
    ) -> Result<Self, ProblemCode> {
        let mut all = match listed {
            Some(listed) => listed.into_iter().collect(),
            None => self.all.clone(),
        };
        let primary = match primary {
            Patch::Value(primary) => {
                all.insert(primary);
                Some(primary)
            }
            Patch::Null => None,
            Patch::Absent => self.primary.filter(|primary| all.contains(primary)),
        };
        Self { primary, all }.checked(required)
    }

    /// What a changed link makes of them. `is_current`: its last day, if any, is still to
    /// come; `goes_on`: it has none. `named` is the primary from then on, which must be one
    /// of those that are current.
    pub fn relinked(
        &self,
        company: Uuid,
        is_current: bool,
        goes_on: bool,
        named: Option<Uuid>,
        required: bool,
    ) -> Result<Self, ProblemCode> {
        let mut all = self.all.clone();
        if is_current {
            all.insert(company);
        } else {
            all.remove(&company);
        }
        let kept = self.primary.filter(|primary| *primary != company || goes_on);
        Self { primary: named.or(kept), all }.checked(required)
    }

    /// Whether the company is one of them.
    pub fn contains(&self, company: Uuid) -> bool {
        self.all.contains(&company)
    }

    fn checked(self, required: bool) -> Result<Self, ProblemCode> {
        let lacks = self.primary.is_none() && (required || !self.all.is_empty());
        if lacks { Err(ProblemCode::PrimaryRequired) } else { Ok(self) }
    }

    pub fn primary(&self) -> Option<Uuid> {
        self.primary
    }

    pub fn all(&self) -> impl Iterator<Item = Uuid> {
        self.all.iter().copied()
    }

    /// Companies of `self` that `other` lacks.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Uuid> + 'a {
        self.all.difference(&other.all).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Uuid = Uuid::from_u128(1);
    const B: Uuid = Uuid::from_u128(2);
    const C: Uuid = Uuid::from_u128(3);

    fn known() -> Corporations {
        Corporations::known(Some(A), [A, B, C])
    }

    #[test]
    fn a_new_person_needs_a_primary_as_soon_as_there_is_a_company() {
        assert_eq!(Corporations::new(None, [], false), Ok(Corporations::default()));
        assert_eq!(Corporations::new(None, [A], false), Err(ProblemCode::PrimaryRequired));
        assert_eq!(Corporations::new(None, [], true), Err(ProblemCode::PrimaryRequired));
        assert_eq!(Corporations::new(Some(A), [B, C], false), Ok(known()));
        assert_eq!(Corporations::new(Some(A), [A, A, B, C], false), Ok(known()));
    }

    #[test]
    fn the_primary_is_never_replaced_silently() {
        let patched = |primary, listed| known().patched(primary, listed, false);
        assert_eq!(patched(Patch::Absent, Some(vec![B, C])), Err(ProblemCode::PrimaryRequired));
        assert_eq!(patched(Patch::Null, None), Err(ProblemCode::PrimaryRequired));
        let named = Corporations::known(Some(B), [B, C]);
        assert_eq!(patched(Patch::Value(B), Some(vec![B, C])), Ok(named));
    }

    #[test]
    fn a_patch_keeps_what_it_does_not_name() {
        let patched = |primary, listed| known().patched(primary, listed, false);
        assert_eq!(patched(Patch::Absent, None), Ok(known()));
        assert_eq!(patched(Patch::Value(C), None), Ok(Corporations::known(Some(C), [A, B, C])));
        assert_eq!(patched(Patch::Absent, Some(vec![A])), Ok(Corporations::known(Some(A), [A])));
        assert_eq!(patched(Patch::Absent, Some(vec![])), Ok(Corporations::default()));
        assert_eq!(patched(Patch::Null, Some(vec![])), Ok(Corporations::default()));
    }

    #[test]
    fn the_primary_goes_on_or_another_is_named() {
        let ended = |named| known().relinked(A, false, false, named, false);
        assert_eq!(ended(None), Err(ProblemCode::PrimaryRequired));
        assert_eq!(ended(Some(B)), Ok(Corporations::known(Some(B), [B, C])));
        // A last day that is still to come: it stays, but not as the primary one.
        let leaving = |named| known().relinked(A, true, false, named, false);
        assert_eq!(leaving(None), Err(ProblemCode::PrimaryRequired));
        assert_eq!(leaving(Some(B)), Ok(Corporations::known(Some(B), [A, B, C])));
        // The only one ends: nobody is left to be primary, unless the firm asks for one.
        let only = Corporations::known(Some(A), [A]);
        assert_eq!(only.relinked(A, false, false, None, false), Ok(Corporations::default()));
        let refused = only.relinked(A, false, false, None, true);
        assert_eq!(refused, Err(ProblemCode::PrimaryRequired));
        // A former one comes back to somebody without any.
        let none = Corporations::default();
        assert_eq!(none.relinked(A, true, true, None, false), Err(ProblemCode::PrimaryRequired));
        assert_eq!(none.relinked(A, true, true, Some(A), false), Ok(only));
    }

    #[test]
    fn a_firm_can_ask_for_a_primary_of_everybody() {
        let cleared = known().patched(Patch::Null, Some(vec![]), true);
        assert_eq!(cleared, Err(ProblemCode::PrimaryRequired));
    }
}
