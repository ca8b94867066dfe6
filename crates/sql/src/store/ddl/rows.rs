//! The rows a definition looks at: those that are there now, whatever the transaction's snapshot says. (`GetLatestSnapshot`)

use crate::catalog::Table;
use crate::store::access::complete;
use crate::store::visibility::visible;
use crate::store::{SessionId, Store};
use crate::value::Value;
use std::rc::Rc;

impl Store {
    /// A table's rows in the order of the heap, with what this very statement did to them.
    pub(super) fn rows_now(&self, me: SessionId, table: &Table) -> Vec<Rc<[Value]>> {
        let snapshot = self.xacts.snapshot();
        let seen = self.heap(table).versions();
        let seen = seen.filter(|(_, version)| visible(version, &self.xacts, &snapshot, me.into(), u32::MAX));
        seen.map(|(_, version)| complete(table, &version.values)).collect()
    }
}
