//! What a SIREAD lock covers. (`PREDICATELOCKTARGETTAG`)

use crate::query::plan::Oid;
use crate::store::Tid;

/// A table or index, a page of it, or a row version on that page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    pub relation: Oid,
    pub page: Option<u32>,
    pub slot: Option<u16>,
}

impl Target {
    pub fn relation(relation: Oid) -> Self {
        Self { relation, page: None, slot: None }
    }

    pub fn page(relation: Oid, page: u32) -> Self {
        Self { relation, page: Some(page), slot: None }
    }

    pub fn tuple(relation: Oid, tid: Tid) -> Self {
        Self { relation, page: Some(tid.page), slot: Some(tid.slot) }
    }

    pub fn is_tuple(self) -> bool {
        self.slot.is_some()
    }

    /// What is next in size and contains this.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self { slot: Some(_), .. } => Some(Self { slot: None, ..self }),
            Self { page: Some(_), .. } => Some(Self { page: None, ..self }),
            _ => None,
        }
    }

    /// The page and the relation, or the relation, that contain this.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |target| target.parent())
    }

    /// How many locks inside this a transaction may have before it takes this one instead. (`max_pred_locks_per_page`, 2;
    /// `max_pred_locks_per_relation`, -2: half of `max_pred_locks_per_transaction`, which is 64, less one)
    pub(super) fn most_inside(self) -> u32 {
        match self {
            Self { slot: Some(_), .. } => 0,
            Self { page: Some(_), .. } => 2,
            _ => 31,
        }
    }
}
