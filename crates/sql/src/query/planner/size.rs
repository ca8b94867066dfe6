//! How big tables and indexes are thought to be. (PostgreSQL's `estimate_rel_size`, `get_typavgwidth`)

use crate::catalog::{Column, Index, Table};
use crate::query::plan::Oid;
use crate::value::{Type, Typmod, Value};

/// Bytes of a page that hold rows, and what a row costs besides its values.
const PAGE: u32 = 8192 - 24;
const ROW: u32 = 24 + 4;

/// What the planner asks the store.
pub trait Statistics {
    /// Pages the table's heap has now.
    fn table_pages(&self, table: Oid) -> u32;
    /// Pages the index has now, its first one included.
    fn index_pages(&self, index: Oid) -> u32;
    /// The least and the greatest value in the first column of the index, if that is not null everywhere.
    fn index_ends(&self, index: Oid) -> Option<(Value, Value)>;
}

/// A table as the planner sees it.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub pages: f64,
    pub rows: f64,
}

/// How many pages and rows a table is thought to have. One that was never analysed is not believed to be small.
pub fn table_size(table: &Table, statistics: &dyn Statistics) -> Size {
    let mut pages = statistics.table_pages(table.oid);
    if pages < 10 && table.statistics.is_none() {
        pages = 10;
    }
    if pages == 0 {
        return Size { pages: 0.0, rows: 0.0 };
    }
    let density = match table.statistics {
        Some((known, rows)) if known > 0 => rows / f64::from(known),
        _ => f64::from(PAGE / (data_width(table) + ROW)),
    };
    Size { pages: f64::from(pages), rows: (density * f64::from(pages)).round_ties_even() }
}

/// Pages of an index, and how many levels are above its leaves.
pub fn index_size(index: &Index, statistics: &dyn Statistics) -> (f64, f64) {
    let pages = statistics.index_pages(index.oid);
    let height = match pages {
        0..=2 => 0.0,
        3..=300 => 1.0,
        _ => 2.0,
    };
    (f64::from(pages), height)
}

/// Entries of an index: as many as the table has rows, or as would fit a partial one.
pub fn index_rows(index: &Index, pages: f64, table_rows: f64) -> f64 {
    if index.predicate.is_none() {
        return table_rows;
    }
    let width: u32 = index.keys.iter().map(|key| column_width(key.ty, None)).sum();
    (f64::from(PAGE / (width + ROW)) * pages).min(table_rows)
}

fn data_width(table: &Table) -> u32 {
    let width = |column: &Column| match &column.statistics {
        Some(known) => known.width,
        None => column_width(column.ty, column.typmod),
    };
    table.columns.iter().filter(|column| !column.dropped).map(width).sum()
}

/// Bytes a value is thought to take.
pub fn column_width(ty: Type, typmod: Option<Typmod>) -> u32 {
    let fixed = match ty {
        Type::Bool => 1,
        Type::Int2 => 2,
        Type::Int4 | Type::Float4 | Type::Date | Type::Oid | Type::Xid | Type::Regtype => 4,
        Type::Int8 | Type::Float8 | Type::Timestamp | Type::TimestampTz | Type::Xid8 => 8,
        Type::Interval => 16,
        Type::Tid => 6,
        Type::Name => 64,
        _ => 0,
    };
    if fixed > 0 {
        return fixed;
    }
    let longest = match (ty, typmod) {
        // A character may take four bytes, and the length four more.
        (Type::Varchar | Type::Bpchar, Some(Typmod::Length(length))) => length * 4 + 4,
        (Type::Numeric, Some(Typmod::Numeric { precision, .. })) => 8 + (u32::from(precision) + 6) / 4 * 2,
        _ => return 32,
    };
    match longest {
        _ if ty == Type::Bpchar => longest,
        0..=32 => longest,
        33..1000 => 32 + (longest - 32) / 2,
        _ => 32 + (1000 - 32) / 2,
    }
}
