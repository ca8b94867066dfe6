//! What the conditions of a join are thought to leave. (PostgreSQL's `eqjoinsel`, `mergejoinscansel`, `estimate_num_groups`,
//! `relation_has_unique_index_for`)

use super::access::bare;
use super::cost::clamp_rows;
use super::join_cost::hash_buckets;
use super::search::{Item, Search};
use super::selectivity::Estimate;
use super::size::table_size;
use super::variable::{INEQUALITY, Variable, clamp};
use crate::catalog::Table;
use crate::expr::Expr;
use crate::query::logical::RelationSource;
use crate::query::plan::JoinKind;
use crate::query::rewrite::{any, columns, same};
use crate::value::{Type, compare};

/// What conditions between two sets leave.
#[derive(Clone, Copy, Debug)]
pub struct Selectivity {
    /// The part of all pairs.
    pub inner: f64,
    /// The part of the left rows that have a right one.
    pub semi: f64,
}

impl Search<'_, '_> {
    /// What conditions between two sets leave; `right_rows` are those of the right set.
    pub fn selectivity(&self, on: &[Expr], right: &Item) -> Selectivity {
        let each = on.iter().map(|condition| self.selectivity_of(condition, right));
        each.fold(Selectivity { inner: 1.0, semi: 1.0 }, |all, one| Selectivity {
            inner: all.inner * one.inner,
            semi: all.semi * one.semi,
        })
    }

    fn selectivity_of(&self, condition: &Expr, right: &Item) -> Selectivity {
        let alike = |part: f64| Selectivity { inner: part, semi: part };
        let read = columns(condition, 0);
        if let [relation] = self.owners(&read).as_slice() {
            return alike(
                self.estimate(*relation).map_or(0.5, |estimate| estimate.all(std::slice::from_ref(condition))),
            );
        }
        match condition {
            Expr::And(list) => self.selectivity(list, right),
            Expr::Or(list) => alike(list.iter().fold(0.0, |sum, part| {
                let part = self.selectivity_of(part, right).inner;
                sum + part - sum * part
            })),
            Expr::Not(inner) => alike(1.0 - self.selectivity_of(inner, right).inner),
            Expr::Call { function, args, .. } => match (function.name, args.as_slice()) {
                ("=", [first, second]) => {
                    let reversed = columns(first, 0).iter().any(|column| right.columns.contains(column));
                    let (first, second) = if reversed { (second, first) } else { (first, second) };
                    equal(&self.variable(first), &self.variable(second), right.raw_rows)
                }
                ("<>", [first, second]) => {
                    let (first, second) = (self.variable(first), self.variable(second));
                    let inner = 1.0 - equal(&first, &second, right.raw_rows).inner;
                    Selectivity { inner, semi: 1.0 - first.nulls() }
                }
                ("~~" | "~~*" | "~" | "~*", _) => alike(0.005),
                _ => alike(INEQUALITY),
            },
            _ => alike(0.5),
        }
    }

    /// The selectivity of those conditions that are a foreign key, and the others. (`get_foreign_key_join_selectivity`)
    pub fn foreign_key(&self, kind: JoinKind, on: &[Expr], right: &Item) -> (f64, Vec<Expr>) {
        let mut rest = on.to_vec();
        let mut part = 1.0;
        let pairs: Vec<(usize, usize)> = on.iter().flat_map(|condition| self.equal_columns(condition)).collect();
        let tables = self.owners(&pairs.iter().flat_map(|(one, other)| [*one, *other]).collect::<Vec<_>>());
        let sides =
            tables.iter().flat_map(|from| tables.iter().map(move |to| (*from, *to))).filter(|(from, to)| from != to);
        for (from, to) in sides {
            let (Some(referring), Some(referred)) = (self.estimate(from), self.estimate(to)) else { continue };
            let is_inside = right.columns.contains(&referred.base);
            if right.columns.contains(&referring.base) == is_inside {
                continue;
            }
            let semi = matches!(kind, JoinKind::Semi | JoinKind::Anti);
            if semi && (!is_inside || right.table.is_none()) {
                continue;
            }
            for key in referring.table.foreign_keys.iter().filter(|key| key.to == referred.table.oid) {
                let pairs: Vec<(usize, usize)> = key
                    .from_columns
                    .iter()
                    .zip(&key.to_columns)
                    .map(|(from, to)| (from + referring.base, to + referred.base))
                    .collect();
                let is_of_key = |condition: &Expr| {
                    self.equal_columns(condition)
                        .is_some_and(|(one, other)| pairs.contains(&(one, other)) || pairs.contains(&(other, one)))
                };
                let found = rest.iter().filter(|condition| is_of_key(condition)).count();
                if found == 0 || found != pairs.len() {
                    continue;
                }
                rest.retain(|condition| !is_of_key(condition));
                let left = if semi { self.restricted[to] } else { 1.0 };
                part *= left / referred.rows.max(1.0);
            }
        }
        (clamp(part), rest)
    }

    /// The two columns an equality is between.
    fn equal_columns(&self, condition: &Expr) -> Option<(usize, usize)> {
        let Expr::Call { function, args, .. } = condition else { return None };
        match args.as_slice() {
            [first, second] if function.name == "=" => match (bare(first), bare(second)) {
                (Expr::Column(first), Expr::Column(second)) => Some((*first, *second)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The relations that have some columns.
    fn owners(&self, read: &[usize]) -> Vec<usize> {
        let owns = |index: &usize| {
            self.relations[*index].as_ref().is_some_and(|relation| {
                let flat = relation.base..relation.base + self.flat_width(relation);
                read.iter().any(|column| flat.contains(column))
            })
        };
        (0..self.relations.len()).filter(owns).collect()
    }

    fn table(&self, index: usize) -> Option<&Table> {
        match self.relation(index).source {
            RelationSource::Table { table, .. } => Some(self.environment.catalog.table(table)),
            _ => None,
        }
    }

    fn estimate(&self, index: usize) -> Option<Estimate<'_>> {
        let table = self.table(index)?;
        let (catalog, statistics) = (self.environment.catalog, self.environment.statistics);
        let rows = table_size(table, statistics).rows;
        Some(Estimate { catalog, statistics, table, base: self.relation(index).base, rows })
    }

    /// What is known of an expression.
    pub fn variable(&self, expr: &Expr) -> Variable<'_> {
        let [index] = self.owners(&columns(expr, 0))[..] else { return Variable::default() };
        let rows = self.restricted[index];
        match self.estimate(index) {
            Some(estimate) => Variable { rows, ..estimate.variable(expr) },
            None => Variable { table_rows: rows, rows, ..Variable::default() },
        }
    }

    /// How often a search by some expressions is repeated: once for each row of the smallest relation they are of.
    /// (`get_loop_count`)
    pub fn loops(&self, exprs: &[Expr]) -> f64 {
        let read: Vec<usize> = exprs.iter().flat_map(|expr| columns(expr, 0)).collect();
        self.owners(&read).into_iter().map(|index| self.restricted[index]).reduce(f64::min).unwrap_or(1.0).max(1.0)
    }

    /// How many different values some expressions have together in so many rows, and whether that is a guess.
    /// (`estimate_num_groups`)
    pub fn groups(&self, exprs: &[Expr], input: f64) -> (f64, bool) {
        let (mut all, mut guessed) = (1.0, false);
        let mut known: Vec<Expr> = Vec::new();
        for expr in exprs {
            if self.is_boolean(expr) {
                all *= 2.0;
                continue;
            }
            // Of an expression that is no column only its columns are known.
            let expr = bare(expr);
            let parts = match expr {
                Expr::Column(_) => vec![expr.clone()],
                _ if self.variable(expr).unique => vec![expr.clone()],
                _ => columns(expr, 0).into_iter().map(Expr::Column).collect(),
            };
            if parts.is_empty() && any(expr, &mut super::is_volatile) {
                return (input, true);
            }
            for part in parts {
                if !known.iter().any(|other| same(other, &part)) {
                    known.push(part);
                }
            }
        }
        for index in 0..self.relations.len() {
            let of = |expr: &&Expr| self.owners(&columns(expr, 0)) == [index];
            let variables: Vec<Variable<'_>> = known.iter().filter(of).map(|expr| self.variable(expr)).collect();
            let Some(first) = variables.first() else { continue };
            let each = || variables.iter().map(Variable::distinct);
            guessed |= each().any(|(_, guess)| guess);
            let mut distinct: f64 = each().map(|(distinct, _)| distinct).product();
            let (table, rows) = (first.table_rows, first.rows);
            if table <= 0.0 {
                continue;
            }
            let most = each().map(|(distinct, _)| distinct).fold(0.0, f64::max);
            let limit = if variables.len() > 1 { (table * 0.1).max(most).min(table) } else { table };
            distinct = distinct.min(limit);
            if rows < table {
                distinct *= 1.0 - ((table - rows) / table).powf(table / distinct);
            }
            all *= clamp_rows(distinct);
        }
        (all.ceil().min(input).max(1.0), guessed)
    }

    fn is_boolean(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Column(_) => self.variable(expr).boolean,
            Expr::Call { function, .. } => function.returns == Type::Bool,
            Expr::Cast { to, .. } => *to == Type::Bool,
            Expr::And(_)
            | Expr::Or(_)
            | Expr::Not(_)
            | Expr::IsNull(_)
            | Expr::IsBool { .. }
            | Expr::IsDistinct { .. }
            | Expr::Any { .. } => true,
            _ => false,
        }
    }

    /// The part of the rows that are in one bucket of a hash table over a key. (`estimate_hash_bucket_stats`)
    pub fn bucket(&self, key: &Expr, rows: f64) -> f64 {
        let variable = self.variable(key);
        let most = variable.common().first().map_or(0.0, |(_, part)| *part);
        let (distinct, guess) = variable.distinct();
        if guess {
            return most.max(0.1);
        }
        let average = (1.0 - variable.nulls()) / distinct;
        let left = if variable.table_rows > 0.0 {
            clamp_rows(distinct * (variable.rows / variable.table_rows))
        } else {
            distinct
        };
        let part = 1.0 / left.min(hash_buckets(rows));
        (if average > 0.0 && most > average { part * (most / average) } else { part }).clamp(1.0e-6, 1.0)
    }

    /// Where a merge begins and ends on both sides, as parts of them. (`mergejoinscansel`)
    pub fn merged(&self, left: &Expr, right: &Expr) -> [(f64, f64); 2] {
        let (left, right) = (self.variable(left), self.variable(right));
        let (Some((left_least, left_most)), Some((right_least, right_most))) = (left.range(), right.range()) else {
            return [(0.0, 1.0); 2];
        };
        let known = |part: f64, default: f64| if part == INEQUALITY { default } else { part };
        let ends =
            (known(left.compared("<=", Some(&right_most)), 1.0), known(right.compared("<=", Some(&left_most)), 1.0));
        let starts =
            (known(left.compared("<", Some(&right_least)), 0.0), known(right.compared("<", Some(&left_least)), 0.0));
        // One side only begins late, and one only ends early.
        let end = |mine: f64, other: f64| if mine < other { mine } else { 1.0 };
        let start = |mine: f64, other: f64| if mine > other { mine } else { 0.0 };
        let side = |start: f64, end: f64| if start >= end { (0.0, 1.0) } else { (start, end) };
        [side(start(starts.0, starts.1), end(ends.0, ends.1)), side(start(starts.1, starts.0), end(ends.1, ends.0))]
    }

    /// Whether the keys and the right's own conditions hold all of a unique index. (`relation_has_unique_index_for`)
    pub(super) fn is_unique(&self, index: usize, right: &Item, keys: &[(Expr, Expr)]) -> bool {
        let relation = self.relation(index);
        let Some(table) = self.table(index) else { return false };
        let catalog = self.environment.catalog;
        let fixed = super::access::constants(&right.own);
        let bound = |column: usize| {
            let column = Expr::Column(column + relation.base);
            keys.iter().any(|(_, key)| same(bare(key), &column)) || fixed.iter().any(|known| same(known, &column))
        };
        table.indexes.iter().map(|index| catalog.index(*index)).any(|index| {
            index.unique
                && index.predicate.is_none()
                && index.keys.iter().all(|key| matches!(key.expr, Expr::Column(column) if bound(column)))
        })
    }
}

/// What an equality leaves. (`eqjoinsel`)
fn equal(left: &Variable<'_>, right: &Variable<'_>, right_rows: f64) -> Selectivity {
    let ((left_distinct, left_guess), (right_distinct, right_guess)) = (left.distinct(), right.distinct());
    let (left_common, right_common) = (left.common(), right.common());
    let listed = !left_common.is_empty() && !right_common.is_empty();
    let inner =
        if listed {
            let pairs = matches(left, right, right_common.len());
            let (mut product, mut left_matched, mut right_matched) = (0.0, 0.0, 0.0);
            for (one, other) in &pairs {
                // In single precision, as the parts are kept.
                product += f64::from(left_common[*one].1 as f32 * right_common[*other].1 as f32);
                left_matched += left_common[*one].1;
                right_matched += right_common[*other].1;
            }
            let rest = |variable: &Variable<'_>, matched: f64| {
                let unmatched = clamp(variable.common().iter().map(|(_, part)| part).sum::<f64>() - matched);
                (unmatched, clamp(1.0 - variable.nulls() - matched - unmatched))
            };
            let ((left_unmatched, left_other), (right_unmatched, right_other)) =
                (rest(left, left_matched), rest(right, right_matched));
            let from =
                |unmatched: f64, other: f64, its_unmatched: f64, its_other: f64, distinct: f64, listed: usize| {
                    let mut sum = product;
                    if distinct > listed as f64 {
                        sum += unmatched * its_other / (distinct - listed as f64);
                    }
                    if distinct > pairs.len() as f64 {
                        sum += other * (its_other + its_unmatched) / (distinct - pairs.len() as f64);
                    }
                    sum
                };
            from(left_unmatched, left_other, right_unmatched, right_other, right_distinct, right_common.len())
                .min(from(right_unmatched, right_other, left_unmatched, left_other, left_distinct, left_common.len()))
        } else {
            (1.0 - left.nulls()) * (1.0 - right.nulls()) / left_distinct.max(right_distinct)
        };
    // What is left of the right cannot have more values than rows. (`eqjoinsel_semi`)
    let (mut distinct, mut guess) = (right_distinct, right_guess);
    for rows in [right.rows, right_rows].into_iter().filter(|rows| *rows > 0.0) {
        if distinct >= rows {
            (distinct, guess) = (rows, false);
        }
    }
    let pairs = if listed { matches(left, right, right_common.len().min(distinct as usize)) } else { Vec::new() };
    let matched = clamp(pairs.iter().map(|(one, _)| left_common[*one].1).sum());
    let (mine, theirs) = (left_distinct - pairs.len() as f64, distinct - pairs.len() as f64);
    let part = match () {
        () if left_guess || guess => 0.5,
        () if mine <= theirs || theirs < 0.0 => 1.0,
        () => theirs / mine,
    };
    let semi = matched + part * clamp(1.0 - matched - left.nulls());
    Selectivity { inner: clamp(inner), semi: clamp(semi.min(right_rows * inner)) }
}

/// Which of the left's common values are which of the right's.
fn matches(left: &Variable<'_>, right: &Variable<'_>, most: usize) -> Vec<(usize, usize)> {
    let right = &right.common()[..most];
    let place = |value| right.iter().position(|(other, _)| compare(value, other).is_eq());
    left.common().iter().enumerate().filter_map(|(at, (value, _))| Some((at, place(value)?))).collect()
}
