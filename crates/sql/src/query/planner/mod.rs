//! From what a query means to how it is run. Rows come in the order, and reads touch the pages, that PostgreSQL's planner would choose for
//! small tables: its cost model is followed where that shows. (`planner.c`, `costsize.c`, `selfuncs.c`)

pub mod access;
mod candidate;
mod conditions;
mod cost;
mod extremes;
mod facts;
mod fold;
mod grouping;
mod join;
mod join_cost;
mod layout;
mod notes;
mod paths;
mod search;
mod selectivity;
mod size;
mod variable;

pub use conditions::implies;
pub use cost::Settings;
pub use layout::Layout;
pub use size::{Statistics, column_width};

use crate::error::SqlError;
use crate::expr::{Call, Effect, Expr};
use crate::query::analyse::Environment;
use crate::query::logical::{Body, Distinct, Logical, SETS, Select};
use crate::query::plan::{Plan, RowMark, SetFunction, SortKey};
use crate::value::{Type, Value};
use cost::Cost;
use join::Joined;

/// Plans a query. What it hands up are its columns.
pub fn plan(environment: &Environment<'_>, logical: Logical) -> Result<Plan, SqlError> {
    planned(environment, logical).map(|planned| planned.plan)
}

/// A plan, and what it is thought to cost and to return.
#[derive(Clone, Debug)]
pub struct Planned {
    pub plan: Plan,
    pub cost: Cost,
    pub rows: f64,
    /// How many of them are thought to be different.
    pub groups: f64,
}

/// Plans a query that may be a part of another.
pub fn planned(environment: &Environment<'_>, logical: Logical) -> Result<Planned, SqlError> {
    let Logical { body, order, order_on_output, limit, offset, marks } = logical;
    let marks: Vec<RowMark> = marks
        .into_iter()
        .map(|mark| RowMark { rti: mark.rti, table: mark.table, strength: mark.strength, wait: mark.wait })
        .collect();
    let limit = limit.map(|limit| fold::fold(limit, environment)).transpose()?;
    let offset = offset.map(|offset| fold::fold(offset, environment)).transpose()?;
    let fetched = fetched(limit.as_ref(), offset.as_ref());
    let mut planned = match body {
        Body::Values { rti, rows, .. } => {
            let mut folded = Vec::new();
            for row in rows {
                folded.push(row.into_iter().map(|expr| fold::fold(expr, environment)).collect::<Result<Vec<_>, _>>()?);
            }
            let rows = folded.len() as f64;
            let cost = Cost { startup: 0.0, total: environment.settings.cpu_tuple_cost * rows };
            let plan = Plan::Values { rti, rows: folded };
            let plan = environment.noted_with(plan, cost, rows, |note| note.alias = Some("*VALUES*".into()));
            Planned { plan, cost, rows, groups: rows.min(200.0) }.sorted(environment, order)
        }
        Body::Set { kind, all, left, right, columns } => {
            let (left, right) = (self::planned(environment, *left)?, self::planned(environment, *right)?);
            grouping::set(environment, (kind, all), columns.len(), left, right).sorted(environment, order)
        }
        Body::Ready { plan, .. } => {
            Planned { plan: *plan, cost: Cost::default(), rows: 1000.0, groups: 200.0 }.sorted(environment, order)
        }
        Body::Select(select) => plan_select(environment, *select, order, order_on_output, fetched, marks)?,
    };
    if limit.is_some() || offset.is_some() {
        let fraction = match fetched {
            None => 1.0,
            Some(Fetch::Rows(rows)) => rows / planned.rows,
            Some(Fetch::Tenth) => 0.1,
        };
        planned.cost.total = planned.cost.fraction(fraction);
        planned.rows = cost::clamp_rows(planned.rows * fraction.min(1.0));
        let plan = Plan::Limit { input: Box::new(planned.plan), count: limit, offset };
        planned.plan = environment.noted(plan, planned.cost, planned.rows);
    }
    Ok(planned)
}

impl Planned {
    fn sorted(self, environment: &Environment<'_>, keys: Vec<SortKey>) -> Self {
        if keys.is_empty() {
            return self;
        }
        let cost = environment.settings.sort(self.cost.total, self.rows, None);
        Self { plan: environment.noted(sorted(self.plan, keys), cost, self.rows), cost, ..self }
    }
}

/// Rows something that is planned already is thought to return.
pub fn rows_of(plan: &Plan) -> f64 {
    match plan {
        Plan::Noted { note, .. } => note.rows,
        Plan::FunctionScan { args, .. } => match args.as_slice() {
            [Expr::Const(Value::Int(start)), Expr::Const(Value::Int(stop))] => {
                (f64::from(*stop) - f64::from(*start) + 1.0).max(1.0)
            }
            _ => 1000.0,
        },
        Plan::Values { rows, .. } => rows.len() as f64,
        Plan::CteScan { cte, .. } => rows_of(&cte.plan),
        Plan::Aggregate { keys, .. } => {
            if keys.is_empty() {
                1.0
            } else {
                200.0
            }
        }
        _ => 1000.0,
    }
}

/// Plans the rows an UPDATE or DELETE changes: the first relation's `width` columns first, then all others.
pub fn plan_target(
    environment: &Environment<'_>,
    mut select: Select,
    width: usize,
) -> Result<(Plan, Layout), SqlError> {
    let joined = join::plan(environment, &mut select, &[], &[], None, None)?;
    let mut layout = joined.layout;
    if layout.columns.iter().take(width).copied().eq(0..width) {
        return Ok((joined.plan, layout));
    }
    let mut columns: Vec<usize> = (0..width).collect();
    columns.extend(layout.columns.iter().copied().filter(|column| *column >= width));
    let exprs = columns.iter().map(|column| Expr::Column(layout.index(*column))).collect();
    layout = Layout::new(columns, select.width);
    Ok((Plan::Project { input: Box::new(joined.plan), exprs }, layout))
}

/// How many rows the query above reads: a number, or that it is not known before it runs.
fn fetched(limit: Option<&Expr>, offset: Option<&Expr>) -> Option<Fetch> {
    let number = |expr: Option<&Expr>| match expr {
        None => Some(0.0),
        Some(Expr::Const(Value::BigInt(number))) => Some(*number as f64),
        Some(_) => None,
    };
    limit?;
    Some(match (number(limit), number(offset)) {
        (Some(limit), Some(offset)) => Fetch::Rows((limit + offset).max(1.0)),
        // "Assume 10%", as PostgreSQL does.
        _ => Fetch::Tenth,
    })
}

/// What a LIMIT fetches.
#[derive(Clone, Copy, Debug)]
pub enum Fetch {
    Rows(f64),
    Tenth,
}

fn plan_select(
    environment: &Environment<'_>,
    mut select: Select,
    mut order: Vec<SortKey>,
    order_on_output: bool,
    fetched: Option<Fetch>,
    marks: Vec<RowMark>,
) -> Result<Planned, SqlError> {
    join::refuse_nullable_marks(&select, &marks)?;
    fold_select(environment, &mut select, &mut order)?;
    let plain = select.grouping.is_none() && select.distinct.is_none() && !order_on_output;
    let wanted: &[SortKey] = if plain { &order } else { &[] };
    let extremes = extremes::plan(environment, &select)?;
    // Rows that are locked are fetched.
    let read = marks.is_empty().then(|| read_above(&select, if order_on_output { &[] } else { &order }));
    let together: Vec<Expr> = match &select.grouping {
        Some(grouping) => grouping.keys.clone(),
        None => select.targets.iter().map(|target| target.expr.clone()).collect(),
    };
    let Joined { mut plan, layout, sorted: is_sorted, sort, mut cost, mut rows, groups } =
        join::plan(environment, &mut select, wanted, &together, fetched.filter(|_| plain), read)?;
    let settings = &environment.settings;
    let limit = if let Some(Fetch::Rows(rows)) = fetched { Some(rows) } else { None };
    let Select { targets, grouping, mut distinct, mut sets, .. } = select;
    let mut exprs: Vec<Expr> = targets.into_iter().map(|target| target.expr).collect();
    // Everything above is over the row of FROM, or that of the groups.
    let mut above: Vec<&mut Expr> = exprs.iter_mut().chain(sets.iter_mut().map(|(_, args)| args)).collect();
    above.extend(order.iter_mut().filter(|_| !order_on_output).map(|key| &mut key.expr));
    if let Some(Distinct::On(on)) = &mut distinct {
        above.extend(on);
    }
    let mut width = layout.columns.len();
    let is_grouped = grouping.is_some();
    match grouping {
        Some(grouping) => {
            let keys = grouping.keys.len();
            let groups = if keys == 0 { 1.0 } else { groups };
            let finals = grouping.calls.iter().filter(|call| is_finished(call.function)).count();
            let size = grouping::Size { rows, columns: keys, calls: grouping.calls.len(), finals, groups };
            // An aggregate that wants its rows in an order cannot work on a hash table.
            let in_order = grouping.calls.iter().any(|call| call.distinct || !call.order.is_empty());
            let strategy;
            let sorting = (settings.sort(cost.total, rows, None), rows);
            (strategy, cost) = grouping::aggregated(settings, cost, size, !in_order);
            rows = groups;
            width = keys + grouping.calls.len();
            plan = match extremes {
                Some((found, price)) if price < cost.total => {
                    cost.total = price;
                    extremes::project(environment, found, grouping.having, keys, cost)
                }
                _ => {
                    let plan = grouping::aggregate(environment, plan, &layout, grouping, (strategy, sorting));
                    environment.noted(plan, cost, rows)
                }
            };
            let mut place = |column: usize| Some(Expr::Column(layout::grouped(column, keys)));
            above.into_iter().for_each(|expr| crate::query::rewrite::substitute(expr, 0, &mut place));
        }
        None => above.into_iter().for_each(|expr| layout.place(expr)),
    }
    // What a set-returning function returns cannot be sorted by before it is called.
    let by_sets =
        order.iter().any(|key| crate::query::rewrite::columns(&key.expr, 0).iter().any(|column| *column >= SETS));
    if by_sets && !order_on_output {
        (plan, width) = with_sets(plan, std::mem::take(&mut sets), width, &mut exprs, &mut order);
    }
    if let Some(Distinct::On(on)) = distinct.take_if(|distinct| matches!(distinct, Distinct::On(_))) {
        cost = settings.sort(cost.total, rows, None);
        plan = grouping::distinct_on(environment, plan, on, &mut order, (cost, rows));
        rows = 200f64.min(rows);
        plan = environment.noted(plan, cost, rows);
    } else if !(order_on_output || order.is_empty() || plain && is_sorted) {
        let mut presorted = 0;
        (cost, presorted) = if plain { sort } else { (settings.sort(cost.total, rows, limit), presorted) };
        plan = Plan::Sort { input: Box::new(plan), keys: std::mem::take(&mut order), presorted };
        plan = environment.noted(plan, cost, rows);
    }
    if !marks.is_empty() {
        cost.total += settings.cpu_tuple_cost * rows;
        plan = environment.noted(Plan::LockRows { input: Box::new(plan), marks }, cost, rows);
    }
    if !sets.is_empty() {
        (plan, width) = with_sets(plan, sets, width, &mut exprs, &mut []);
    }
    let exprs_width = exprs.len();
    plan = project(plan, exprs, width);
    let is_distinct = distinct.is_some();
    if is_distinct {
        let columns = exprs_width;
        let groups = if is_grouped { rows } else { groups };
        let strategy;
        let sorting = (settings.sort(cost.total, rows, None), rows);
        (strategy, cost) =
            grouping::distinct_rows(settings, cost, grouping::Size { rows, columns, calls: 0, finals: 0, groups });
        plan = grouping::distinct(environment, plan, columns, (strategy, sorting));
        rows = groups;
        plan = environment.noted(plan, cost, rows);
    }
    let groups = if is_grouped || is_distinct { rows } else { groups.min(rows) };
    let planned = Planned { plan, cost, rows, groups };
    Ok(if order_on_output { planned.sorted(environment, order) } else { planned })
}

/// Whether an aggregate's result takes a call when all rows are in. (`aggfinalfn`)
fn is_finished(function: &crate::expr::aggregate::Aggregate) -> bool {
    match function.name {
        "count" | "min" | "max" | "bool_and" | "bool_or" | "every" | "bit_and" | "bit_or" => false,
        "sum" => matches!(function.args, [Type::Int8 | Type::Numeric]),
        _ => true,
    }
}

/// The flat columns that are read above FROM and WHERE.
fn read_above(select: &Select, order: &[SortKey]) -> Vec<usize> {
    let mut exprs: Vec<&Expr> = select.targets.iter().map(|target| &target.expr).collect();
    exprs.extend(select.sets.iter().map(|(_, args)| args));
    exprs.extend(order.iter().map(|key| &key.expr));
    if let Some(Distinct::On(on)) = &select.distinct {
        exprs.extend(on);
    }
    if let Some(grouping) = &select.grouping {
        exprs.extend(grouping.keys.iter().chain(&grouping.having));
        for call in &grouping.calls {
            exprs.extend(call.args.iter().chain(&call.filter).chain(call.order.iter().map(|key| &key.expr)));
        }
    }
    exprs.into_iter().flat_map(|expr| crate::query::rewrite::columns(expr, 0)).collect()
}

/// Makes several rows of each, with what the set-returning functions return after its columns; and finds them there.
fn with_sets(
    input: Plan,
    sets: Vec<(SetFunction, Expr)>,
    width: usize,
    exprs: &mut [Expr],
    order: &mut [SortKey],
) -> (Plan, usize) {
    let count = sets.len();
    let mut all: Vec<Expr> = (0..width).map(Expr::Column).collect();
    let mut functions = vec![None; width];
    for (function, args) in sets {
        all.push(args);
        functions.push(Some(function));
    }
    let mut place = |column: usize| (column >= SETS).then(|| Expr::Column(width + column - SETS));
    for expr in exprs.iter_mut().chain(order.iter_mut().map(|key| &mut key.expr)) {
        crate::query::rewrite::substitute(expr, 0, &mut place);
    }
    (Plan::ProjectSet { input: Box::new(input), exprs: all, sets: functions }, width + count)
}

/// Computes what can be computed once, in all of a SELECT.
fn fold_select(environment: &Environment<'_>, select: &mut Select, order: &mut [SortKey]) -> Result<(), SqlError> {
    let mut failed = None;
    let mut fold = |expr: &mut Expr| {
        let taken = std::mem::replace(expr, Expr::Const(Value::Null));
        match fold::fold(taken, environment) {
            Ok(folded) => *expr = folded,
            Err(error) => {
                failed.get_or_insert(error);
            }
        }
    };
    select.targets.iter_mut().for_each(|target| fold(&mut target.expr));
    select.sets.iter_mut().for_each(|(_, args)| fold(args));
    select.from.each_expr(&mut fold);
    if let Some(grouping) = &mut select.grouping {
        grouping.keys.iter_mut().for_each(&mut fold);
        grouping.having.iter_mut().for_each(&mut fold);
        for call in &mut grouping.calls {
            call.args.iter_mut().chain(&mut call.filter).for_each(&mut fold);
        }
    }
    order.iter_mut().for_each(|key| fold(&mut key.expr));
    failed.map_or(Ok(()), Err)
}

fn sorted(input: Plan, keys: Vec<SortKey>) -> Plan {
    if keys.is_empty() { input } else { Plan::Sort { input: Box::new(input), keys, presorted: 0 } }
}

/// Hands up these expressions over a row of that width; a node that would hand up all of its input is left out.
fn project(input: Plan, exprs: Vec<Expr>, width: usize) -> Plan {
    let all = exprs.iter().enumerate().all(|(index, expr)| matches!(expr, Expr::Column(column) if *column == index));
    if all && width == exprs.len() { input } else { Plan::Project { input: Box::new(input), exprs } }
}

/// Whether a call may answer differently each time, or does something. (`provolatile` is `v`)
pub fn is_volatile(expr: &Expr) -> bool {
    let Expr::Call { function, .. } = expr else { return false };
    match function.call {
        Call::Pure(_) | Call::Styled(_) => false,
        Call::Effect(effect) => !matches!(
            effect,
            Effect::Now
                | Effect::StatementTimestamp
                | Effect::CurrentDate
                | Effect::LocalTimestamp
                | Effect::BackendPid
                | Effect::CurrentXid
                | Effect::CurrentXidIfAssigned
                | Effect::CurrentSetting
                | Effect::CurrentUser
                | Effect::CurrentDatabase
                | Effect::CurrentSchema
                | Effect::Version
                | Effect::CurrentSnapshot
        ),
    }
}

/// Whether a type's values are compared without a cast between them: they share a B-tree operator family.
fn same_family(left: Type, right: Type) -> bool {
    let family = |ty: Type| match ty {
        Type::Int2 | Type::Int4 | Type::Int8 => 1,
        Type::Text | Type::Varchar | Type::Name => 2,
        Type::Date | Type::Timestamp | Type::TimestampTz => 3,
        Type::Float4 | Type::Float8 => 4,
        other => 100 + other as usize,
    };
    family(left) == family(right)
}
