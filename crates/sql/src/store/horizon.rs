//! How far back somebody may still look. (`ComputeXidHorizons` in `procarray.c`)

use super::{Store, Tid, Xid};
use crate::catalog::Table;
use crate::store::visibility::death;
use std::rc::Rc;

impl Store {
    /// The oldest transaction that a snapshot in use takes to be running.
    pub fn horizon(&self) -> Xid {
        let now = self.xacts.snapshot().xmin;
        let held = self.sessions.iter().flat_map(|session| {
            let kept = session.transaction.as_ref().and_then(|it| it.snapshot.as_ref());
            let used = session.running.as_ref().and_then(|it| it.snapshot());
            let filling = session.definition.as_ref().and_then(|it| it.snapshot());
            kept.into_iter().chain(used).chain(filling).map(|snapshot| snapshot.xmin)
        });
        held.min().map_or(now, |oldest| oldest.min(now))
    }

    /// Clears a page that is nearly full of versions nobody can see.
    pub(super) fn prune(&mut self, table: &Table, tid: Tid) {
        let keep = 8192 * (100 - u32::from(table.fillfactor)) / 100;
        if self.heap(table).crowded(tid.page, keep) {
            let horizon = self.horizon();
            let xacts = self.xacts.clone();
            let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
            heap.prune(tid.page, keep, horizon, |version| death(version, &xacts, horizon));
        }
    }
}
