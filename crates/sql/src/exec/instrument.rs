//! What the nodes of a plan turn out to do: EXPLAIN ANALYZE shows it. Only nodes with a note are counted. (`instrument.c`)

/// What one node did, over all times it was run. Times are virtual, in nanoseconds, and hold those of its inputs.
#[derive(Clone, Debug, Default)]
pub struct Instrument {
    pub done: Done,
    /// Rows that came and did not meet the conditions on one row, and those of a join.
    pub removed_by_filter: u64,
    pub removed_by_join: u64,
    /// What is a node of its own for PostgreSQL and a part of this one here: the hash table, the rows that are kept, the search of the
    /// index for a bitmap.
    pub part: Done,
    /// How often rows that were remembered were asked for again.
    pub hits: u64,
    /// Bytes of rows that were kept to be sorted, hashed or grouped.
    pub bytes: u64,
    /// Rows or groups that were kept.
    pub kept: u64,
    /// Pages of the table that a bitmap led to, and rows that an index alone could not tell.
    pub heap_pages: u64,
    pub heap_fetches: u64,
    /// Rows that were put in, and those that were there already.
    pub inserted: u64,
    pub conflicting: u64,
}

/// How often, how long, how much.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    pub loops: u64,
    pub rows: u64,
    pub startup: u64,
    pub total: u64,
}

/// The nodes of one statement by the number of their note.
#[derive(Clone, Debug, Default)]
pub struct Instruments {
    nodes: Vec<Instrument>,
    /// The node that runs, innermost.
    current: Option<usize>,
}

impl Instruments {
    /// What a node did. Nothing, if it was never run.
    pub fn of(&self, id: u32) -> Instrument {
        self.nodes.get(id as usize).cloned().unwrap_or_default()
    }

    /// A node begins to run; the one around it is handed back.
    pub(super) fn enter(&mut self, id: u32) -> Option<usize> {
        let id = id as usize;
        if self.nodes.len() <= id {
            self.nodes.resize(id + 1, Instrument::default());
        }
        self.current.replace(id)
    }

    /// It has handed up a row, or was asked for one in vain.
    pub(super) fn leave(&mut self, around: Option<usize>) -> &mut Instrument {
        let id = std::mem::replace(&mut self.current, around).unwrap_or_default();
        &mut self.nodes[id]
    }

    /// The node that runs, if somebody will ask.
    pub(super) fn current(&mut self) -> Option<&mut Instrument> {
        self.current.and_then(|id| self.nodes.get_mut(id))
    }
}

/// Bytes of a row in memory, as PostgreSQL's minimal tuples take them.
pub(super) fn bytes(values: &[crate::value::Value]) -> u64 {
    use crate::value::Value;
    let data: u64 = values
        .iter()
        .map(|value| match value {
            Value::Null => 0,
            Value::Bool(_) => 1,
            Value::Int(_) | Value::Date(_) | Value::Oid(_) => 4,
            Value::Text(text) => text.len() as u64 + 1,
            Value::Numeric(_) => 8,
            _ => 8,
        })
        .sum();
    (16 + data).next_multiple_of(8)
}
