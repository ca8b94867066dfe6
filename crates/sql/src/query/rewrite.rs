//! Walking and rewriting expressions and plans.
//!
//! An expression sees the row at hand as [`Expr::Column`]; inside a subquery of it the same column is [`Expr::Outer`], one level
//! further out for each subquery entered. Whoever moves a column has to follow it there.

use crate::expr::Expr;
use crate::query::plan::{Access, Again, IndexRange, Plan, SubPlan};
use std::rc::Rc;

/// Calls `f` on each direct part of an expression. Subqueries are not parts.
pub fn each_part(expr: &mut Expr, f: &mut dyn FnMut(&mut Expr)) {
    match expr {
        Expr::Const(_) | Expr::Column(_) | Expr::Outer { .. } | Expr::Param(_) | Expr::Exists(_) | Expr::Scalar(_) => {}
        Expr::Cast { expr, .. } | Expr::Not(expr) | Expr::IsNull(expr) | Expr::IsBool { expr, .. } => f(expr),
        Expr::Call { args: list, .. }
        | Expr::And(list)
        | Expr::Or(list)
        | Expr::Array(list)
        | Expr::Row(list)
        | Expr::Coalesce(list)
        | Expr::Extreme { list, .. } => list.iter_mut().for_each(f),
        Expr::IsDistinct { left, right, .. } | Expr::Any { left, right, .. } | Expr::NullIf { left, right, .. } => {
            f(left);
            f(right);
        }
        Expr::Case { whens, otherwise } => {
            for (condition, result) in whens {
                f(condition);
                f(result);
            }
            if let Some(otherwise) = otherwise {
                f(otherwise);
            }
        }
        Expr::AnySub { left, .. } => f(left),
    }
}

/// The subquery an expression is made of, if it is one.
pub fn subplan(expr: &mut Expr) -> Option<&mut Rc<SubPlan>> {
    match expr {
        Expr::Exists(plan) | Expr::Scalar(plan) | Expr::AnySub { plan, .. } => Some(plan),
        _ => None,
    }
}

/// Calls `f` on each expression of a plan, with how many rows further out the plan's own surroundings are.
pub fn each_expr(plan: &mut Plan, depth: u16, f: &mut dyn FnMut(&mut Expr, u16)) {
    match plan {
        Plan::Noted { input, note } => {
            note.searched.iter_mut().chain(&mut note.filter).for_each(|expr| f(expr, depth));
            each_expr(input, depth, f);
        }
        Plan::Result { filter } => filter.iter_mut().for_each(|expr| f(expr, depth)),
        Plan::Values { rows, .. } => rows.iter_mut().flatten().for_each(|expr| f(expr, depth)),
        Plan::Scan { access, filter, .. } => {
            if let Access::Index(range) | Access::Bitmap(range) = access {
                each_bound(range, &mut |expr| f(expr, depth));
            }
            filter.iter_mut().for_each(|expr| f(expr, depth));
        }
        Plan::FunctionScan { args, .. } => args.iter_mut().for_each(|expr| f(expr, depth)),
        Plan::CteScan { .. } => {}
        Plan::Subquery { plan, .. } => each_expr(plan, depth, f),
        Plan::Filter { input, filter } => {
            f(filter, depth);
            each_expr(input, depth, f);
        }
        Plan::NestedLoop { left, right, on, lateral, again, .. } => {
            on.iter_mut().for_each(|expr| f(expr, depth));
            if let Again::Remembered(keys) = again {
                keys.iter_mut().for_each(|expr| f(expr, depth));
            }
            each_expr(left, depth, f);
            each_expr(right, depth + u16::from(*lateral), f);
        }
        Plan::HashJoin { left, right, left_keys, right_keys, on, .. } => {
            on.iter_mut().for_each(|expr| f(expr, depth));
            left_keys.iter_mut().chain(right_keys).for_each(|expr| f(expr, depth));
            each_expr(left, depth, f);
            each_expr(right, depth, f);
        }
        Plan::Aggregate { input, keys, calls, .. } => {
            keys.iter_mut().for_each(|expr| f(expr, depth));
            for call in calls {
                call.args.iter_mut().chain(&mut call.filter).for_each(|expr| f(expr, depth));
                call.order.iter_mut().for_each(|key| f(&mut key.expr, depth));
            }
            each_expr(input, depth, f);
        }
        Plan::Project { input, exprs } | Plan::ProjectSet { input, exprs, .. } => {
            exprs.iter_mut().for_each(|expr| f(expr, depth));
            each_expr(input, depth, f);
        }
        Plan::DistinctOn { input, on, .. } => {
            on.iter_mut().for_each(|expr| f(expr, depth));
            each_expr(input, depth, f);
        }
        Plan::Sort { input, keys, .. } => {
            keys.iter_mut().for_each(|key| f(&mut key.expr, depth));
            each_expr(input, depth, f);
        }
        Plan::Limit { input, count, offset } => {
            count.iter_mut().chain(offset).for_each(|expr| f(expr, depth));
            each_expr(input, depth, f);
        }
        Plan::Append { left, right } | Plan::SetOperation { left, right, .. } => {
            each_expr(left, depth, f);
            each_expr(right, depth, f);
        }
        Plan::LockRows { input, .. } => each_expr(input, depth, f),
        // Statements that change rows are never below another query's row.
        Plan::Modify(_) => {}
    }
}

/// Calls `f` on each value an index is searched for.
pub fn each_bound(range: &mut IndexRange, f: &mut dyn FnMut(&mut Expr)) {
    range.equal.iter_mut().flatten().for_each(&mut *f);
    range.lower.iter_mut().chain(&mut range.upper).for_each(|(expr, _)| f(expr));
    range.any.iter_mut().for_each(f);
}

/// Puts other expressions in the place of the columns of the row that is `depth` rows further out (0 is the row at hand).
/// `f` answers over that row; `None` leaves the column.
pub fn substitute(expr: &mut Expr, depth: u16, f: &mut dyn FnMut(usize) -> Option<Expr>) {
    match expr {
        Expr::Column(column) if depth == 0 => {
            if let Some(other) = f(*column) {
                *expr = other;
            }
        }
        Expr::Outer { level, column } if *level == depth => {
            if let Some(mut other) = f(*column) {
                raise(&mut other, depth, 0);
                *expr = other;
            }
        }
        _ => {
            each_part(expr, &mut |part| substitute(part, depth, f));
            if let Some(plan) = subplan(expr) {
                each_expr(&mut Rc::make_mut(plan).plan, depth + 1, &mut |expr, depth| substitute(expr, depth, f));
            }
        }
    }
}

/// The same in all of a plan, which runs for a row that is `depth` rows further out.
pub fn substitute_plan(plan: &mut Plan, depth: u16, f: &mut dyn FnMut(usize) -> Option<Expr>) {
    each_expr(plan, depth, &mut |expr, depth| substitute(expr, depth, f));
}

/// Rewrites an expression that is moved `by` subqueries further in: its own row is further out then.
pub fn raise(expr: &mut Expr, by: u16, nesting: u16) {
    match expr {
        _ if by == 0 => {}
        Expr::Column(column) if nesting == 0 => *expr = Expr::Outer { level: by, column: *column },
        Expr::Outer { level, .. } if *level >= nesting.max(1) => *level += by,
        _ => {
            each_part(expr, &mut |part| raise(part, by, nesting));
            if let Some(plan) = subplan(expr) {
                each_expr(&mut Rc::make_mut(plan).plan, nesting + 1, &mut |expr, nesting| raise(expr, by, nesting));
            }
        }
    }
}

/// Takes one level away from all references that go beyond the nearest enclosing row, which none uses.
pub fn lower(expr: &mut Expr, nesting: u16) {
    if let Expr::Outer { level, .. } = expr {
        if *level > nesting + 1 {
            *level -= 1;
        }
        return;
    }
    each_part(expr, &mut |part| lower(part, nesting));
    if let Some(plan) = subplan(expr) {
        each_expr(&mut Rc::make_mut(plan).plan, nesting + 1, &mut lower);
    }
}

/// Rewrites an expression of a subquery that becomes part of the query around it: its own columns come `shift` later in the one row
/// that they now share, and that row is a level nearer.
pub fn merge(expr: &mut Expr, shift: usize, nesting: u16) {
    match expr {
        Expr::Column(column) if nesting == 0 => *column += shift,
        Expr::Outer { level, column } if *level == 1 && nesting == 0 => *expr = Expr::Column(*column),
        Expr::Outer { level, column } if *level == nesting => *column += shift,
        Expr::Outer { level, .. } if *level > nesting => *level -= 1,
        _ => {
            each_part(expr, &mut |part| merge(part, shift, nesting));
            if let Some(plan) = subplan(expr) {
                each_expr(&mut Rc::make_mut(plan).plan, nesting + 1, &mut |expr, nesting| merge(expr, shift, nesting));
            }
        }
    }
}

/// Adds a level to all references to enclosing rows: another row comes between.
pub fn deepen(expr: &mut Expr, nesting: u16) {
    if let Expr::Outer { level, .. } = expr {
        if *level > nesting {
            *level += 1;
        }
        return;
    }
    each_part(expr, &mut |part| deepen(part, nesting));
    if let Some(plan) = subplan(expr) {
        each_expr(&mut Rc::make_mut(plan).plan, nesting + 1, &mut deepen);
    }
}

/// The columns of the row `depth` rows further out that an expression reads.
pub fn columns(expr: &Expr, depth: u16) -> Vec<usize> {
    let mut found = Vec::new();
    each_column(expr, depth, &mut |column| {
        if !found.contains(&column) {
            found.push(column);
        }
    });
    found
}

/// Calls `f` on each use of a column of that row.
pub fn each_column(expr: &Expr, depth: u16, f: &mut dyn FnMut(usize)) {
    // The walk is written once, for changing; a copy of an expression is cheap beside planning it.
    substitute(&mut expr.clone(), depth, &mut |column| {
        f(column);
        None
    });
}

/// Whether an expression reads any enclosing row, `nesting` subqueries in.
pub fn reads_outer(expr: &mut Expr, nesting: u16) -> bool {
    if let Expr::Outer { level, .. } = expr {
        return *level > nesting;
    }
    let mut found = false;
    each_part(expr, &mut |part| found |= reads_outer(part, nesting));
    if let Some(plan) = subplan(expr) {
        each_expr(&mut Rc::make_mut(plan).plan, nesting + 1, &mut |expr, nesting| found |= reads_outer(expr, nesting));
    }
    found
}

/// Whether `test` holds for the expression or a part of it, subqueries included.
pub fn any(expr: &Expr, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
    fn visit(expr: &mut Expr, test: &mut dyn FnMut(&Expr) -> bool, found: &mut bool) {
        *found = *found || test(expr);
        each_part(expr, &mut |part| visit(part, test, found));
        if let Some(plan) = subplan(expr) {
            each_expr(&mut Rc::make_mut(plan).plan, 0, &mut |expr, _| visit(expr, test, found));
        }
    }
    let mut found = false;
    visit(&mut expr.clone(), test, &mut found);
    found
}

/// Whether two expressions are the same words over the same columns.
pub fn same(left: &Expr, right: &Expr) -> bool {
    let all =
        |left: &[Expr], right: &[Expr]| left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r));
    match (left, right) {
        (Expr::Const(l), Expr::Const(r)) => l == r,
        (Expr::Column(l), Expr::Column(r)) | (Expr::Param(l), Expr::Param(r)) => l == r,
        (Expr::Outer { level: l, column: lc }, Expr::Outer { level: r, column: rc }) => l == r && lc == rc,
        (
            Expr::Cast { expr: l, to: lt, typmod: lm, explicit: le, .. },
            Expr::Cast { expr: r, to: rt, typmod: rm, explicit: re, .. },
        ) => lt == rt && lm == rm && le == re && same(l, r),
        (Expr::Call { function: l, args: la, .. }, Expr::Call { function: r, args: ra, .. }) => {
            std::ptr::eq(*l, *r) && all(la, ra)
        }
        (Expr::And(l), Expr::And(r))
        | (Expr::Or(l), Expr::Or(r))
        | (Expr::Array(l), Expr::Array(r))
        | (Expr::Row(l), Expr::Row(r))
        | (Expr::Coalesce(l), Expr::Coalesce(r)) => all(l, r),
        (Expr::Not(l), Expr::Not(r)) | (Expr::IsNull(l), Expr::IsNull(r)) => same(l, r),
        (Expr::IsBool { expr: l, value: lv }, Expr::IsBool { expr: r, value: rv }) => lv == rv && same(l, r),
        (Expr::IsDistinct { equal: le, left: ll, right: lr }, Expr::IsDistinct { equal: re, left: rl, right: rr })
        | (Expr::NullIf { equal: le, left: ll, right: lr }, Expr::NullIf { equal: re, left: rl, right: rr }) => {
            std::ptr::eq(*le, *re) && same(ll, rl) && same(lr, rr)
        }
        (Expr::Any { op: lo, left: ll, right: lr, all: la }, Expr::Any { op: ro, left: rl, right: rr, all: ra }) => {
            std::ptr::eq(*lo, *ro) && la == ra && same(ll, rl) && same(lr, rr)
        }
        (Expr::Extreme { less: ll, list: l, greatest: lg }, Expr::Extreme { less: rl, list: r, greatest: rg }) => {
            std::ptr::eq(*ll, *rl) && lg == rg && all(l, r)
        }
        (Expr::Case { whens: l, otherwise: lo }, Expr::Case { whens: r, otherwise: ro }) => {
            l.len() == r.len()
                && l.iter().zip(r).all(|((lc, lr), (rc, rr))| same(lc, rc) && same(lr, rr))
                && match (lo, ro) {
                    (Some(l), Some(r)) => same(l, r),
                    (None, None) => true,
                    _ => false,
                }
        }
        (Expr::Exists(l), Expr::Exists(r)) | (Expr::Scalar(l), Expr::Scalar(r)) => Rc::ptr_eq(l, r),
        _ => false,
    }
}
