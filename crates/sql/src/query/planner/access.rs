//! How one table is read: from end to end, by an index in its order, or by an index in the order of the table. (PostgreSQL's `indxpath.c`)

use super::conditions::{all_imply, parts};
use super::cost::{Cost, IndexUse, clamp_rows};
use super::selectivity::{Estimate, calls};
use super::size::{index_size, table_size};
use super::{is_volatile, same_family};
use crate::catalog::{Index, IndexKey, Table};
use crate::expr::Expr;
use crate::query::analyse::Environment;
use crate::query::plan::{Access, IndexRange, Oid, SortKey};
use crate::query::rewrite::{any, columns, same, substitute};
use crate::value::Type;

/// One way to read a table.
#[derive(Clone, Debug)]
pub struct Path {
    pub access: Access,
    pub cost: Cost,
    /// Rows it hands up.
    pub rows: f64,
    /// The order they come in, over the flat row.
    pub order: Vec<SortKey>,
    /// The index is read from end to end.
    pub whole: bool,
    /// Places of the conditions that the index takes care of.
    pub used: Vec<usize>,
    /// What searching the index alone costs, and how many rows it finds, if that is a step of its own.
    pub search: Option<(f64, f64)>,
}

/// A comparison of something with a value.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'e> {
    pub operand: &'e Expr,
    /// As it is with the operand on the left.
    pub operator: &'static str,
    pub value: &'e Expr,
}

/// An expression without casts that keep the order of its values.
pub fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Cast { expr, from, to, typmod: None, .. } if same_family(*from, *to) && !loses(*from, *to) => bare(expr),
        other => other,
    }
}

/// Whether a cast within a family may make different values equal.
fn loses(from: Type, to: Type) -> bool {
    let width = |ty: Type| match ty {
        Type::Int2 | Type::Float4 | Type::Date => 0,
        Type::Int4 | Type::Timestamp => 1,
        _ => 2,
    };
    !matches!((from, to), (Type::Text | Type::Varchar, Type::Text | Type::Varchar)) && width(from) > width(to)
}

/// Whether a cast is a call, and not only another name for the same bytes.
pub fn converts(from: Type, to: Type) -> bool {
    !matches!((from, to), (Type::Text | Type::Varchar, Type::Text | Type::Varchar)) && from != to
}

/// A condition as a comparison of what `is_operand` says with something else.
pub fn comparison_of<'e>(condition: &'e Expr, is_operand: &mut dyn FnMut(&Expr) -> bool) -> Option<Comparison<'e>> {
    let Expr::Call { function, args, .. } = condition else { return None };
    let [left, right] = args.as_slice() else { return None };
    let (operator, commuted) = match function.name {
        "=" => ("=", "="),
        "<>" => ("<>", "<>"),
        "<" => ("<", ">"),
        "<=" => ("<=", ">="),
        ">" => (">", "<"),
        ">=" => (">=", "<="),
        _ => return None,
    };
    if is_operand(bare(left)) {
        Some(Comparison { operand: bare(left), operator, value: right })
    } else if is_operand(bare(right)) {
        Some(Comparison { operand: bare(right), operator: commuted, value: left })
    } else {
        None
    }
}

/// A comparison of something of a relation, whose columns begin at `base`, with something that is not.
pub fn comparison(condition: &Expr, base: usize, width: usize) -> Option<Comparison<'_>> {
    let own = |expr: &Expr| columns(expr, 0).iter().any(|column| (base..base + width).contains(column));
    let found = comparison_of(condition, &mut |operand| own(operand))?;
    if own(found.value) { None } else { Some(found) }
}

/// A table that is to be read, with the conditions on it alone.
pub struct Reading<'r, 'e> {
    pub environment: &'r Environment<'e>,
    pub table: Oid,
    /// The table's first column in the flat row.
    pub base: usize,
    /// Over the flat row. Columns of other relations in them are known when the table is read.
    pub conditions: &'r [Expr],
    /// How many rows are left of the table, if something else tells.
    pub loops: f64,
    /// Columns of the flat row that the query reads, if not all of them.
    pub read: Option<&'r [usize]>,
}

impl Reading<'_, '_> {
    fn estimate(&self) -> Estimate<'_> {
        let Environment { catalog, statistics, .. } = *self.environment;
        let table = catalog.table(self.table);
        let rows = table_size(table, statistics).rows;
        Estimate { catalog, statistics, table, base: self.base, rows }
    }

    /// Rows that are left of the table.
    pub fn rows(&self) -> f64 {
        let estimate = self.estimate();
        clamp_rows(estimate.rows * estimate.all(self.conditions))
    }

    /// Every way to read it that might be the best.
    pub fn paths(&self) -> Vec<Path> {
        let Environment { catalog, statistics, settings, .. } = *self.environment;
        let estimate = self.estimate();
        let size = table_size(estimate.table, statistics);
        let rows = self.rows();
        let cost_of = |conditions: &mut dyn Iterator<Item = &Expr>| {
            conditions.map(calls).sum::<f64>() * settings.cpu_operator_cost
        };
        let quals = cost_of(&mut self.conditions.iter());
        let mut paths = vec![Path {
            access: Access::Seq,
            cost: settings.seq_scan(size.pages, size.rows, quals),
            rows,
            order: Vec::new(),
            whole: false,
            used: Vec::new(),
            search: None,
        }];
        // They are thought of when all indexes have been looked at.
        let mut bitmaps = Vec::new();
        // The youngest index comes first, and stays where another one is as good. (`get_relation_info`)
        for oid in estimate.table.indexes.iter().rev() {
            let index = catalog.index(*oid);
            let Some(mut matched) = self.matched(index) else { continue };
            let (index_pages, height) = index_size(index, statistics);
            let index_rows = super::size::index_rows(index, index_pages, size.rows);
            let used: Vec<Expr> = matched.used.iter().map(|place| self.conditions[*place].clone()).collect();
            let predicate =
                matched.predicate.as_ref().map_or(1.0, |predicate| estimate.all(std::slice::from_ref(predicate)));
            let selectivity = estimate.all(&used) * predicate;
            let found_by_key = index.unique && matched.exact;
            let bounding: Vec<Expr> = matched.bounding.iter().map(|place| self.conditions[*place].clone()).collect();
            let visited = estimate.all(&bounding) * predicate;
            let entries = if found_by_key { 1.0 } else { (visited * size.rows / matched.searches).round_ties_even() };
            let usage = IndexUse {
                table_pages: size.pages,
                table_rows: size.rows,
                index_rows,
                index_pages,
                height,
                selectivity,
                entries,
                conditions: used.len() as f64,
                searches: matched.searches,
                correlation: correlation(index, estimate.table),
                loops: self.loops,
            };
            let others = (0..self.conditions.len()).filter(|place| !matched.used.contains(place));
            let others = cost_of(&mut others.map(|place| &self.conditions[place]));
            // Several values are searched for in ascending order.
            let turned = matched.range.any.is_some() && index.keys.first().is_some_and(|key| key.descending);
            let ordered = !matched.bitmap_only && !turned;
            let order = if ordered { self.order(index, false) } else { Vec::new() };
            let whole = used.is_empty() && matched.predicate.is_none();
            let only = self.holds_all(index);
            matched.range.only = only;
            let seen = f64::from(estimate.table.all_visible) / size.pages.max(1.0);
            let cost = settings.index_scan(&usage, others, if only { 1.0 - seen.min(1.0) } else { 1.0 });
            let backward = IndexRange { backward: true, ..matched.range.clone() };
            if !matched.bitmap_only {
                let (access, used) = (Access::Index(matched.range.clone()), matched.used.clone());
                paths.push(Path { access, cost, rows, order, whole, used, search: None });
            }
            if ordered {
                let (access, used) = (Access::Index(backward), matched.used.clone());
                paths.push(Path { access, cost, rows, order: self.order(index, true), whole, used, search: None });
            }
            if !used.is_empty() {
                let cost = settings.bitmap_scan(&usage, quals, rows);
                bitmaps.push(Path {
                    access: Access::Bitmap(IndexRange { only: false, ..matched.range }),
                    cost,
                    rows,
                    order: Vec::new(),
                    whole: false,
                    used: matched.used,
                    search: Some((settings.index_search(&usage).total, clamp_rows(selectivity * size.rows))),
                });
            }
        }
        paths.extend(bitmaps);
        paths
    }

    /// Whether an index holds every column that is read. (`check_index_only`)
    fn holds_all(&self, index: &Index) -> bool {
        let width = self.environment.catalog.table(self.table).columns.len();
        let flat = self.base..self.base + width + crate::query::logical::SYSTEM_COLUMNS.len();
        let held = |column: usize| {
            index.keys.iter().any(|key| matches!(key.expr, Expr::Column(of) if of + self.base == column))
        };
        let conditions = self.conditions.iter().flat_map(|condition| columns(condition, 0));
        self.read
            .is_some_and(|read| read.iter().copied().chain(conditions).filter(|column| flat.contains(column)).all(held))
    }

    fn order(&self, index: &Index, backward: bool) -> Vec<SortKey> {
        let key = |key: &IndexKey| SortKey {
            expr: self.key(key),
            descending: key.descending != backward,
            nulls_first: key.nulls_first != backward,
        };
        index.keys.iter().map(key).collect()
    }

    /// A key of an index over the flat row.
    fn key(&self, key: &IndexKey) -> Expr {
        let mut expr = key.expr.clone();
        substitute(&mut expr, 0, &mut |column| Some(Expr::Column(column + self.base)));
        expr
    }

    /// Which conditions an index can be searched by. `None`: it holds only some of the rows that are wanted.
    fn matched(&self, index: &Index) -> Option<Matched> {
        let predicate = match &index.predicate {
            None => None,
            Some(predicate) => {
                let mut predicate = predicate.clone();
                substitute(&mut predicate, 0, &mut |column| Some(Expr::Column(column + self.base)));
                if !all_imply(self.conditions, &predicate) {
                    return None;
                }
                Some(predicate)
            }
        };
        let range = IndexRange {
            index: index.oid,
            equal: Vec::new(),
            lower: None,
            upper: None,
            any: None,
            backward: false,
            only: false,
        };
        let mut matched = Matched {
            range,
            used: Vec::new(),
            exact: false,
            searches: 1.0,
            predicate,
            bounding: Vec::new(),
            bitmap_only: false,
        };
        let mut keys = index.keys.iter().enumerate();
        for (place, key) in keys.by_ref() {
            let expr = self.key(key);
            if let Some((condition, value)) = self.equality(&expr) {
                matched.range.equal.push(value);
                matched.used.push(condition);
                continue;
            }
            if place == 0
                && let Some((condition, list, searches)) = self.list(&expr)
            {
                matched.range.any = Some(list);
                matched.used.push(condition);
                matched.searches = searches;
                matched.bitmap_only = matches!(self.conditions[condition], Expr::Or(_));
            } else {
                self.bounds(&expr, &mut matched);
            }
            break;
        }
        matched.bounding = matched.used.clone();
        // Conditions on later keys are looked at in the index too, though they do not bound what is visited.
        for (_, key) in keys {
            let expr = self.key(key);
            for (place, condition) in self.conditions.iter().enumerate() {
                let found = comparison_of(condition, &mut |operand| same(operand, &expr));
                if found.is_some_and(|found| found.operator != "<>" && self.is_known(found.value))
                    && !matched.used.contains(&place)
                {
                    matched.used.push(place);
                }
            }
        }
        let equal = matched.range.equal.iter().filter(|value| value.is_some()).count();
        matched.exact = equal == index.keys.len() || (matched.range.any.is_some() && index.keys.len() == 1);
        Some(matched)
    }

    /// `key = value` or `key IS NULL` among the conditions.
    fn equality(&self, key: &Expr) -> Option<(usize, Option<Expr>)> {
        self.conditions.iter().enumerate().find_map(|(place, condition)| {
            if let Expr::IsNull(operand) = condition
                && same(operand, key)
            {
                return Some((place, None));
            }
            let found = comparison_of(condition, &mut |operand| same(operand, key))?;
            (found.operator == "=" && self.is_known(found.value)).then(|| (place, Some(bare_value(found.value))))
        })
    }

    /// `key = ANY (array)`, or several equalities of one of which is to hold, among the conditions, and how many values there are.
    fn list(&self, key: &Expr) -> Option<(usize, Expr, f64)> {
        self.conditions.iter().enumerate().find_map(|(place, condition)| match condition {
            Expr::Any { op, left, right, all: false } => {
                if op.name != "=" || !same(bare(left), key) || !self.is_known(right) {
                    return None;
                }
                let count = match &**right {
                    Expr::Array(list) => list.len() as f64,
                    Expr::Const(crate::value::Value::Array(list)) => list.len() as f64,
                    _ => 10.0,
                };
                Some((place, (**right).clone(), count.max(1.0)))
            }
            Expr::Or(arms) => {
                let values = arms.iter().map(|arm| {
                    let found = comparison_of(arm, &mut |operand| same(operand, key))?;
                    (found.operator == "=" && self.is_known(found.value)).then(|| bare_value(found.value))
                });
                let values = values.collect::<Option<Vec<Expr>>>()?;
                let count = values.len() as f64;
                Some((place, Expr::Array(values), count))
            }
            _ => None,
        })
    }

    fn bounds(&self, key: &Expr, matched: &mut Matched) {
        for (place, condition) in self.conditions.iter().enumerate() {
            let Some(found) = comparison_of(condition, &mut |operand| same(operand, key)) else { continue };
            if !self.is_known(found.value) {
                continue;
            }
            let inclusive = found.operator.ends_with('=');
            let bound = match found.operator {
                "<" | "<=" => &mut matched.range.upper,
                ">" | ">=" => &mut matched.range.lower,
                _ => continue,
            };
            if bound.is_none() {
                *bound = Some((bare_value(found.value), inclusive));
                matched.used.push(place);
            }
        }
    }

    /// Whether a value can be had before the table is read, and is the same for all its rows.
    fn is_known(&self, value: &Expr) -> bool {
        let width =
            self.environment.catalog.table(self.table).columns.len() + crate::query::logical::SYSTEM_COLUMNS.len();
        let own = columns(value, 0).iter().any(|column| (self.base..self.base + width).contains(column));
        !own && !any(value, &mut is_volatile)
    }
}

/// How well the order of an index is that of its table. (`btcostestimate`)
fn correlation(index: &Index, table: &Table) -> f64 {
    let Some(IndexKey { expr: Expr::Column(column), descending, .. }) = index.keys.first() else { return 0.0 };
    let known = table.columns[*column].statistics.as_ref().map_or(0.0, |found| found.correlation);
    let known = if *descending { -known } else { known };
    if index.keys.len() > 1 { known * 0.75 } else { known }
}

/// The value an index is searched for: its own order needs no cast within the family.
fn bare_value(value: &Expr) -> Expr {
    match value {
        Expr::Cast { from, to, .. } if *from == Type::Date && *to != Type::Date => value.clone(),
        value => bare(value).clone(),
    }
}

#[derive(Clone, Debug)]
struct Matched {
    range: IndexRange,
    /// Places of the conditions that the search takes care of.
    used: Vec<usize>,
    /// All keys are equal to something: a unique index has one row at most.
    exact: bool,
    searches: f64,
    predicate: Option<Expr>,
    /// Those of the used conditions that bound what is visited.
    bounding: Vec<usize>,
    /// Only a bitmap can hold what several searches find. (`BitmapOr`)
    bitmap_only: bool,
}

/// Whether rows in order `given` are in order `wanted`, when columns that equal constants do not matter.
pub fn provides(given: &[SortKey], wanted: &[SortKey], constant: &dyn Fn(&Expr) -> bool) -> bool {
    let mut rest = given.iter();
    let mut seen: Vec<&Expr> = Vec::new();
    for key in wanted {
        if constant(&key.expr) || seen.iter().any(|expr| same(expr, &key.expr)) {
            continue;
        }
        seen.push(&key.expr);
        let next = rest.by_ref().find(|given| !constant(&given.expr));
        match next {
            Some(given)
                if same(&given.expr, &key.expr)
                    && given.descending == key.descending
                    && given.nulls_first == key.nulls_first => {}
            _ => return false,
        }
    }
    true
}

/// Whether an expression has one value for all rows.
pub fn is_constant(expr: &Expr) -> bool {
    columns(expr, 0).is_empty() && !any(expr, &mut is_volatile)
}

/// The expressions some conditions make equal to a constant.
pub fn constants(conditions: &[Expr]) -> Vec<Expr> {
    let mut flat = Vec::new();
    conditions.iter().for_each(|condition| parts(condition.clone(), &mut flat));
    flat.iter()
        .filter_map(|condition| {
            let found = comparison_of(condition, &mut |operand| !is_constant(operand))?;
            (found.operator == "=" && is_constant(found.value)).then(|| found.operand.clone())
        })
        .collect()
}
