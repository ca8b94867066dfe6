//! Joins, and the nodes that PostgreSQL has between a join and its inner side: hash tables, and rows that are kept.

use super::{Built, Column, Describer, Needed};
use crate::explain::{Actual, PlanNode};
use crate::expr::Expr;
use crate::query::plan::{Again, JoinKind, Note, Plan};

impl Describer<'_> {
    pub(super) fn join(&mut self, plan: &Plan, needed: &Needed, note: Option<&Note>) -> Built {
        let (kind, left, right, on, keys) = match plan {
            Plan::NestedLoop { kind, left, right, on, .. } => (*kind, left, right, on, (&[][..], &[][..])),
            Plan::HashJoin { kind, left, right, on, left_keys, right_keys, .. } => {
                (*kind, left, right, on, (left_keys.as_slice(), right_keys.as_slice()))
            }
            _ => unreachable!("it is a join"),
        };
        // Which columns each side is asked for: those above, and those the conditions read.
        let width = self.width_of(left);
        let all = needed.and(on);
        let of_side = |inside: &dyn Fn(usize) -> Option<usize>| {
            Needed(all.0.as_ref().map(|list| list.iter().filter_map(|column| inside(*column)).collect()))
        };
        let lateral = matches!(plan, Plan::NestedLoop { lateral: true, .. });
        let mut from_left = of_side(&|column| (column < width).then_some(column)).and(keys.0);
        let semi = matches!(kind, JoinKind::Semi | JoinKind::Anti);
        let of_right = |column: usize| column.checked_sub(width);
        // Of a semi join only the left is handed up.
        let from_right = if semi {
            let read = on.iter().flat_map(|on| crate::query::rewrite::columns(on, 0));
            Needed(Some(read.filter_map(of_right).collect())).and(keys.1)
        } else {
            of_side(&of_right).and(keys.1)
        };
        if lateral && let Needed(Some(list)) = &mut from_left {
            crate::query::rewrite::substitute_plan(&mut right.as_ref().clone(), 1, &mut |column| {
                list.push(column);
                None
            });
        }
        let left = self.input(left, &from_left);
        if lateral {
            self.outer.push(left.columns.clone());
        }
        let right = self.input(right, &from_right);
        if lateral {
            self.outer.pop();
        }
        let mut row = left.columns.clone();
        row.extend(right.columns.iter().cloned());
        let names = self.names();
        let mut node = PlanNode { kind: self.kind(plan, kind, note), ..PlanNode::default() };
        let reversed = note.is_some_and(|note| note.reversed);
        if let Plan::HashJoin { merge, .. } = plan {
            let word = if *merge { "Merge Cond" } else { "Hash Cond" };
            let pairs: Vec<String> = keys
                .0
                .iter()
                .zip(keys.1)
                .map(|(one, other)| {
                    let (one, other) = (self.expr(one, &left.columns, names), self.expr(other, &right.columns, names));
                    if reversed { format!("({other} = {one})") } else { format!("({one} = {other})") }
                })
                .collect();
            let pairs = if let [one] = pairs.as_slice() { one.clone() } else { format!("({})", pairs.join(" AND ")) };
            node.detail(word, pairs);
        }
        if let Some(on) = on {
            let on = self.all(std::slice::from_ref(on), &row, names);
            node.detail("Join Filter", on);
            self.removed(&mut node, note, true);
        }
        let columns = if semi { left.columns.clone() } else { row };
        let mut sides = [left, right];
        if reversed {
            sides.reverse();
        }
        let [outer, inner] = sides;
        node.inputs = vec![outer.node, self.kept(plan, inner.node, &outer.columns, note)];
        Built { node, columns }
    }

    /// Columns a plan hands up.
    fn width_of(&mut self, plan: &Plan) -> usize {
        let (instruments, subplans) = (self.instruments.take(), self.subplans.clone());
        let (pending, initial) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.initial));
        let (returned, called) = (self.returned, self.aliases.clone());
        let width = self.node(plan, &Needed::all(), None).columns.len();
        (self.instruments, self.subplans, self.pending, self.initial) = (instruments, subplans, pending, initial);
        (self.returned, self.aliases) = (returned, called);
        width
    }

    fn kind(&self, plan: &Plan, kind: JoinKind, note: Option<&Note>) -> String {
        let method = match plan {
            Plan::NestedLoop { .. } => "Nested Loop",
            Plan::HashJoin { merge: true, .. } => "Merge",
            _ => "Hash",
        };
        match kind {
            JoinKind::Inner if method == "Nested Loop" => method.into(),
            JoinKind::Inner => format!("{method} Join"),
            JoinKind::Left if note.is_some_and(|note| note.reversed) => format!("{method} Right Join"),
            JoinKind::Left => format!("{method} Left Join"),
            JoinKind::Semi => format!("{method} Semi Join"),
            JoinKind::Anti => format!("{method} Anti Join"),
        }
    }

    /// The inner side with what keeps its rows.
    fn kept(&mut self, plan: &Plan, inner: PlanNode, outer: &[Column], note: Option<&Note>) -> PlanNode {
        let found = self.instruments.zip(note).map(|(all, note)| all.of(note.id));
        let mut node = PlanNode { rows: inner.rows, width: inner.width, ..PlanNode::default() };
        match plan {
            Plan::HashJoin { merge: false, .. } => {
                node.kind = "Hash".into();
                (node.startup, node.total) = (inner.total, inner.total);
                if let Some(found) = &found {
                    let Actual { loops, total, .. } = inner.actual.unwrap_or_default();
                    node.actual = Some(Actual { loops, rows: found.kept, startup: total, total });
                    let buckets = found.kept.max(node.rows as u64).max(1).next_power_of_two().max(1024);
                    let memory = (found.bytes + 16 * found.kept + 8 * buckets).div_ceil(1024);
                    if loops > 0 {
                        node.detail("Buckets", format!("{buckets}  Batches: 1  Memory Usage: {memory}kB"));
                    }
                }
            }
            Plan::NestedLoop { again: Again::Kept, .. } => {
                node.kind = "Materialize".into();
                node.startup = inner.startup;
                node.total = inner.total + 2.0 * self.settings.cpu_operator_cost * inner.rows;
            }
            Plan::NestedLoop { again: Again::Remembered(keys), .. } => {
                node.kind = "Memoize".into();
                node.startup = inner.startup + self.settings.cpu_tuple_cost;
                node.total = inner.total + self.settings.cpu_tuple_cost;
                let keys: Vec<String> =
                    keys.iter().map(|key: &Expr| self.expr(key, outer, super::Names::Full)).collect();
                node.detail("Cache Key", keys.join(", "));
                node.detail("Cache Mode", "logical");
                if let Some(found) = &found {
                    let misses = found.part.loops - found.hits;
                    node.detail("Hits", format!("{}  Misses: {misses}  Evictions: 0  Overflows: 0", found.hits));
                }
            }
            _ => return inner,
        }
        if let (Some(found), Plan::NestedLoop { .. }) = (&found, plan) {
            let Actual { startup, total, .. } = inner.actual.unwrap_or_default();
            node.actual = Some(Actual { loops: found.part.loops, rows: found.part.rows, startup, total });
        }
        node.inputs.push(inner);
        node
    }
}
