//! Every node but joins: its name, and what is said of it.

use super::{Built, Column, Describer, Names, Needed};
use crate::catalog::Table;
use crate::explain::{Actual, PlanNode};
use crate::expr::Expr;
use crate::query::plan::{
    Access, AggStrategy, ConflictAction, IndexRange, Modify, ModifyKind, Note, Oid, Plan, SetFunction, SetOperation,
    SystemColumn,
};
use crate::query::planner::column_width;
use crate::value::Type;

impl Describer<'_> {
    /// A node. `needed` are the columns that are read above it.
    pub(super) fn node(&mut self, plan: &Plan, needed: &Needed, note: Option<&Note>) -> Built {
        if !matches!(plan, Plan::Noted { .. } | Plan::Sort { .. } | Plan::Project { .. } | Plan::Limit { .. }) {
            self.bound = None;
        }
        match plan {
            Plan::Noted { input, note } => {
                let mut built = self.node(input, needed, Some(note));
                let width = needed.width(&built.columns);
                self.fill(&mut built.node, note, width);
                if let (Plan::Modify(modify), PlanNode { rows, width, .. }) = (&**input, &mut built.node)
                    && modify.returning.is_none()
                {
                    (*rows, *width) = (0.0, 0);
                }
                built
            }
            // These are no nodes of PostgreSQL's: the node below does their work.
            Plan::Filter { input, filter } => {
                let mut built = self.node(input, &needed.and([filter]), note);
                let names = self.names();
                let words = self.all(std::slice::from_ref(filter), &built.columns, names);
                built.node.detail("Filter", words);
                self.removed(&mut built.node, note, false);
                self.subplans_of(built)
            }
            Plan::Project { input, exprs } => {
                let below = needed.0.as_ref().map(|list| list.iter().filter_map(|at| exprs.get(*at)));
                let below = match below {
                    Some(read) => Needed::by(read),
                    None => Needed::by(exprs),
                };
                let Built { node, columns } = self.node(input, &below, note);
                let columns = exprs.iter().map(|expr| self.result(expr, &columns)).collect();
                self.subplans_of(Built { node, columns })
            }
            Plan::Result { filter } => {
                let mut node = PlanNode { kind: "Result".into(), ..PlanNode::default() };
                match filter {
                    Some(Expr::Const(_)) => node.detail("One-Time Filter", "false"),
                    Some(filter) => {
                        let words = self.all(std::slice::from_ref(filter), &[], Names::Full);
                        node.detail("One-Time Filter", words);
                    }
                    None => {}
                }
                self.subplans_of(Built { node, columns: Vec::new() })
            }
            Plan::Values { rows, .. } => {
                let alias = note.and_then(|note| note.alias.clone());
                let width = rows.first().map_or(0, Vec::len);
                let mut node = PlanNode { kind: "Result".into(), ..PlanNode::default() };
                // One row of values is no scan.
                if let (Some(alias), true) = (&alias, rows.len() > 1) {
                    node.kind = "Values Scan".into();
                    node.relation = Some(format!("\"{alias}\""));
                }
                let widths: Vec<u32> =
                    rows.first().map_or(Vec::new(), |row| row.iter().map(|expr| width_of(expr, &[])).collect());
                let name = |at: usize| format!("column{}", at + 1);
                let column = |at: usize| Column {
                    bare: name(at),
                    full: format!("\"*VALUES*\".{}", name(at)),
                    plain: true,
                    width: widths[at],
                };
                Built { node, columns: (0..width).map(column).collect() }
            }
            Plan::Scan { table, access, system, .. } => self.scan(*table, access, system, note),
            Plan::FunctionScan { function, args, .. } => self.function(*function, args, note),
            Plan::CteScan { cte, .. } => {
                let alias = note.and_then(|note| note.alias.clone()).unwrap_or_default();
                let known = self.subplans.iter().any(|(id, _)| *id == cte.id);
                if !known {
                    self.subplans.push((cte.id, String::new()));
                    let mut node = self.level(&cte.plan).node;
                    node.label = Some(format!("CTE {alias}"));
                    self.initial.push(node);
                }
                let node =
                    PlanNode { kind: "CTE Scan".into(), relation: Some(alias.to_string()), ..PlanNode::default() };
                let columns = cte.columns.iter().map(|column| named(&alias, &column.name, column.ty)).collect();
                Built { node, columns }
            }
            Plan::Subquery { plan, .. } => {
                let alias = note.and_then(|note| note.alias.clone()).unwrap_or_default();
                let below = self.level(plan);
                let names = note.map_or(&[][..], |note| note.columns.as_slice());
                let columns = below.columns.iter().enumerate().map(|(at, column)| {
                    let name = names.get(at).map_or("?column?", |name| &**name);
                    Column { bare: name.into(), full: format!("{alias}.{name}"), plain: true, width: column.width }
                });
                let columns = columns.collect();
                let node = PlanNode {
                    kind: "Subquery Scan".into(),
                    relation: Some(alias.to_string()),
                    inputs: vec![below.node],
                    ..PlanNode::default()
                };
                Built { node, columns }
            }
            Plan::NestedLoop { .. } | Plan::HashJoin { .. } => {
                let built = self.join(plan, needed, note);
                self.subplans_of(built)
            }
            Plan::Aggregate { .. } | Plan::DistinctOn { .. } | Plan::SetOperation { .. } => {
                let built = self.grouped(plan, note);
                self.subplans_of(built)
            }
            Plan::ProjectSet { input, exprs, .. } => {
                let below = self.input(input, &Needed::by(exprs));
                let columns = exprs.iter().map(|expr| self.result(expr, &below.columns)).collect();
                let node = PlanNode { kind: "ProjectSet".into(), inputs: vec![below.node], ..PlanNode::default() };
                Built { node, columns }
            }
            Plan::Sort { input, keys, presorted } => {
                let bound = self.bound.take();
                let below = self.input(input, &needed.and(keys.iter().map(|key| &key.expr)));
                let words = self.sort_keys(keys, &below.columns);
                let kind = if *presorted > 0 { "Incremental Sort" } else { "Sort" };
                let mut node = PlanNode { kind: kind.into(), ..PlanNode::default() };
                node.detail("Sort Key", words.join(", "));
                if *presorted > 0 {
                    node.detail("Presorted Key", words[..*presorted].join(", "));
                }
                if let (Some(all), Some(note)) = (self.instruments, note) {
                    let found = all.of(note.id);
                    if found.done.loops > 0 {
                        // Of many rows only those that are wanted are kept. (`tuplesort_set_bound`)
                        let top = bound.filter(|bound| *presorted == 0 && found.kept > 2 * bound);
                        node.detail("Sort Method", sort_method(found.kept, found.bytes, top));
                    }
                }
                node.inputs.push(below.node);
                self.subplans_of(Built { node, columns: below.columns })
            }
            Plan::Limit { input, count, offset } => {
                let number = |expr: &Option<Expr>| match expr {
                    Some(Expr::Const(crate::value::Value::BigInt(number))) => u64::try_from(*number).ok(),
                    _ => None,
                };
                self.bound = number(count).map(|count| count + number(offset).unwrap_or(0));
                self.over("Limit", input, needed)
            }
            Plan::LockRows { input, .. } => self.over("LockRows", input, needed),
            Plan::Append { left, right } => {
                let mut node = PlanNode { kind: "Append".into(), ..PlanNode::default() };
                let left = self.input(left, needed);
                let right = self.input(right, needed);
                for built in [left.node, right.node] {
                    // One chain of UNION ALL is one node.
                    if built.kind == "Append" { node.inputs.extend(built.inputs) } else { node.inputs.push(built) }
                }
                Built { node, columns: left.columns }
            }
            Plan::Modify(modify) => self.modify(modify, note),
        }
    }

    fn over(&mut self, kind: &str, input: &Plan, needed: &Needed) -> Built {
        let below = self.input(input, needed);
        let node = PlanNode { kind: kind.into(), inputs: vec![below.node], ..PlanNode::default() };
        Built { node, columns: below.columns }
    }

    /// Below a node come the plans of the subqueries its expressions hold.
    fn subplans_of(&mut self, mut built: Built) -> Built {
        built.node.inputs.append(&mut self.pending);
        built
    }

    /// What a node computes.
    fn result(&mut self, expr: &Expr, row: &[Column]) -> Column {
        match expr {
            Expr::Column(at) if *at < row.len() => row[*at].clone(),
            expr => {
                let names = self.names();
                let text = self.expr(expr, row, names);
                Column { bare: text.clone(), full: text, plain: false, width: width_of(expr, row) }
            }
        }
    }

    fn scan(&mut self, oid: Oid, access: &Access, system: &[SystemColumn], note: Option<&Note>) -> Built {
        let table = self.catalog.table(oid).clone();
        let alias = self.called(note.and_then(|note| note.alias.clone()).unwrap_or_else(|| table.name.clone()));
        let mut node =
            PlanNode { relation: Some(table.name.to_string()), alias: Some(alias.to_string()), ..PlanNode::default() };
        let columns = columns_of(&table, &alias, system);
        let empty: &[Expr] = &[];
        let (mut searched, mut filter) =
            note.map_or((empty, empty), |note| (note.searched.as_slice(), note.filter.as_slice()));
        // An index takes care of `key IS NOT NULL` as well.
        let not_null = |expr: &Expr| matches!(expr, Expr::Not(inner) if matches!(**inner, Expr::IsNull(_)));
        if matches!(access, Access::Index(_)) && searched.is_empty() && filter.len() == 1 && not_null(&filter[0]) {
            std::mem::swap(&mut searched, &mut filter);
        }
        let found = self.instruments.zip(note).map(|(all, note)| all.of(note.id));
        match access {
            Access::Seq => node.kind = "Seq Scan".into(),
            Access::Index(range) => {
                let only = if range.only { "Index Only Scan" } else { "Index Scan" };
                node.kind = if range.backward { format!("{only} Backward") } else { only.into() };
                node.index = self.name(range.index);
                if !searched.is_empty() {
                    let words = self.searched(searched, &columns);
                    node.detail("Index Cond", words);
                }
            }
            Access::Bitmap(range) => {
                node.kind = "Bitmap Heap Scan".into();
                let words = self.searched(searched, &columns);
                node.detail("Recheck Cond", words);
                let search = self.bitmap(range, searched, &columns, note);
                node.inputs.push(search);
            }
        }
        if !filter.is_empty() {
            let words = self.all(filter, &columns, Names::Bare);
            node.detail("Filter", words);
            self.removed(&mut node, note, false);
        }
        if let Some(found) = found {
            match access {
                Access::Index(IndexRange { only: true, .. }) if found.done.loops > 0 => {
                    node.detail("Heap Fetches", found.heap_fetches.to_string());
                }
                Access::Bitmap(_) if found.heap_pages > 0 => {
                    node.detail("Heap Blocks", format!("exact={}", found.heap_pages));
                }
                _ => {}
            }
        }
        self.subplans_of(Built { node, columns })
    }

    /// The search of an index for a bitmap, or several for one of which is to hold.
    fn bitmap(&mut self, range: &IndexRange, searched: &[Expr], row: &[Column], note: Option<&Note>) -> PlanNode {
        let found = self.instruments.zip(note).map(|(all, note)| all.of(note.id));
        let (cost, rows) = note.and_then(|note| note.search).unwrap_or_default();
        let mut node = PlanNode {
            kind: "Bitmap Index Scan".into(),
            index: self.name(range.index),
            total: cost,
            rows,
            actual: found.as_ref().map(|found| super::actual(found.part)),
            ..PlanNode::default()
        };
        let [Expr::Or(arms)] = searched else {
            let words = self.searched(searched, row);
            node.detail("Index Cond", words);
            return node;
        };
        let mut or = PlanNode { kind: "BitmapOr".into(), index: None, ..node.clone() };
        let count = arms.len() as f64;
        for arm in arms {
            let mut one = PlanNode { total: cost / count, rows: (rows / count).max(1.0), ..node.clone() };
            // What each of them found is not counted apart.
            one.actual = found.as_ref().map(|found| Actual {
                rows: found.part.rows / arms.len() as u64,
                total: found.part.total / arms.len() as u64,
                startup: found.part.startup / arms.len() as u64,
                loops: found.part.loops,
            });
            let words = self.expr(arm, row, Names::Bare);
            one.detail("Index Cond", words);
            or.inputs.push(one);
        }
        or
    }

    fn function(&mut self, function: SetFunction, args: &[Expr], note: Option<&Note>) -> Built {
        let name = match function {
            SetFunction::GenerateSeries => "generate_series",
            SetFunction::Unnest => "unnest",
            SetFunction::PgLocks => "pg_lock_status",
            SetFunction::PgPreparedXacts => "pg_prepared_xact",
            SetFunction::PgPreparedStatements => "pg_prepared_statement",
            SetFunction::PgStatActivity => "pg_stat_get_activity",
        };
        let alias = note.and_then(|note| note.alias.clone()).unwrap_or_else(|| name.into());
        let node = PlanNode {
            kind: "Function Scan".into(),
            relation: Some(name.into()),
            alias: Some(alias.to_string()),
            ..PlanNode::default()
        };
        let width = args.first().map_or(4, |arg| width_of(arg, &[]));
        // Views of the system have at most so many columns.
        let count = if matches!(function, SetFunction::GenerateSeries | SetFunction::Unnest) { 1 } else { 32 };
        let column = Column { bare: alias.to_string(), full: format!("{alias}.{alias}"), plain: true, width };
        Built { node, columns: vec![column; count] }
    }

    fn grouped(&mut self, plan: &Plan, note: Option<&Note>) -> Built {
        let mut node = PlanNode::default();
        let found = self.instruments.zip(note).map(|(all, note)| all.of(note.id));
        match plan {
            Plan::Aggregate { input, keys, calls, strategy } => {
                let read = calls.iter().flat_map(|call| {
                    let order = call.order.iter().map(|key| &key.expr);
                    call.args.iter().chain(&call.filter).chain(order)
                });
                let below = self.input(input, &Needed::by(keys.iter().chain(read)));
                let in_place = keys.iter().enumerate().all(|(at, key)| matches!(key, Expr::Column(of) if *of == at));
                let hashed = matches!(strategy, AggStrategy::Hashed { .. });
                node.kind = match (hashed, keys.is_empty(), calls.is_empty()) {
                    (_, true, _) => "Aggregate",
                    (true, ..) => "HashAggregate",
                    (false, false, true) if in_place => "Unique",
                    (false, false, true) => "Group",
                    (false, false, false) => "GroupAggregate",
                }
                .into();
                let names = self.names();
                let mut columns: Vec<Column> = keys.iter().map(|key| self.result(key, &below.columns)).collect();
                if !keys.is_empty() && node.kind != "Unique" {
                    let words: Vec<String> = keys
                        .iter()
                        .map(|key| {
                            if hashed {
                                self.expr(key, &below.columns, names)
                            } else {
                                self.computed(key, &below.columns, names)
                            }
                        })
                        .collect();
                    node.detail("Group Key", words.join(", "));
                }
                for call in calls {
                    let text = self.aggregate(call, &below.columns);
                    let width = type_width(call.function.returns);
                    columns.push(Column { bare: text.clone(), full: text, plain: false, width });
                }
                if let (true, Some(found)) = (hashed, found) {
                    let memory = (found.bytes + 64 * found.kept).div_ceil(1024).next_power_of_two().max(16) + 8;
                    node.detail("Batches", format!("1  Memory Usage: {memory}kB"));
                }
                node.inputs.push(below.node);
                Built { node, columns }
            }
            Plan::DistinctOn { input, on, strategy } => {
                let below = self.input(input, &Needed::all());
                node.kind = "Unique".into();
                if let AggStrategy::Hashed { .. } = strategy {
                    node.kind = "HashAggregate".into();
                    let names = self.names();
                    let words: Vec<String> = on.iter().map(|key| self.expr(key, &below.columns, names)).collect();
                    node.detail("Group Key", words.join(", "));
                }
                node.inputs.push(below.node);
                Built { node, columns: below.columns }
            }
            Plan::SetOperation { kind, all, left, right, strategy } => {
                let word = if *kind == SetOperation::Intersect { "Intersect" } else { "Except" };
                let word = if *all { format!("{word} All") } else { word.to_string() };
                let hashed = if matches!(strategy, AggStrategy::Hashed { .. }) { "Hash" } else { "" };
                node.kind = format!("{hashed}SetOp {word}");
                let (left, right) = (self.input(left, &Needed::all()), self.input(right, &Needed::all()));
                node.inputs.extend([left.node, right.node]);
                Built { node, columns: left.columns }
            }
            _ => unreachable!("it makes groups"),
        }
    }

    fn modify(&mut self, modify: &Modify, note: Option<&Note>) -> Built {
        let table = self.catalog.table(modify.table).clone();
        let needed = match &modify.kind {
            ModifyKind::Insert { .. } => Needed::all(),
            ModifyKind::Update { assignments, .. } => Needed::by(assignments.iter().map(|(_, expr)| expr)),
            ModifyKind::Delete { .. } => Needed(Some(Vec::new())),
        };
        let mut below = self.input(&modify.input, &needed);
        // What is handed up are the new values, and where the old row is.
        let width = |place: usize| column_width(table.columns[place].ty, table.columns[place].typmod);
        match &modify.kind {
            ModifyKind::Insert { .. } if below.node.kind == "Result" => {
                below.node.width = (0..table.columns.len()).map(width).sum();
            }
            ModifyKind::Insert { .. } => {}
            ModifyKind::Update { assignments, .. } => {
                below.node.width = assignments.iter().map(|(place, _)| width(*place)).sum::<u32>() + 6;
            }
            ModifyKind::Delete { .. } => below.node.width += 6,
        }
        let mut node = PlanNode {
            kind: match modify.kind {
                ModifyKind::Insert { .. } => "Insert",
                ModifyKind::Update { .. } => "Update",
                ModifyKind::Delete { .. } => "Delete",
            }
            .into(),
            relation: Some(table.name.to_string()),
            alias: note.and_then(|note| note.alias.as_ref()).map(|alias| alias.to_string()),
            ..PlanNode::default()
        };
        if let ModifyKind::Insert { conflict: Some(conflict) } = &modify.kind {
            let update = matches!(conflict.action, ConflictAction::Update { .. });
            node.detail("Conflict Resolution", if update { "UPDATE" } else { "NOTHING" });
            let names: Vec<String> = conflict.arbiters.iter().filter_map(|oid| self.name(*oid)).collect();
            if !names.is_empty() {
                node.detail("Conflict Arbiter Indexes", names.join(", "));
            }
            if let (Some(all), Some(note)) = (self.instruments, note) {
                let found = all.of(note.id);
                node.detail("Tuples Inserted", found.inserted.to_string());
                node.detail("Conflicting Tuples", found.conflicting.to_string());
            }
        }
        node.inputs.push(below.node);
        let columns = match &modify.returning {
            Some((_, columns)) => columns.iter().map(|column| named("", &column.name, column.ty)).collect(),
            None => Vec::new(),
        };
        self.subplans_of(Built { node, columns })
    }
}

/// A table's columns, and the system columns that are read.
fn columns_of(table: &Table, alias: &str, system: &[SystemColumn]) -> Vec<Column> {
    let own = table.columns.iter().map(|column| {
        let width = match &column.statistics {
            Some(known) => known.width,
            None => column_width(column.ty, column.typmod),
        };
        Column { width, ..named(alias, &column.name, column.ty) }
    });
    let system = system.iter().map(|column| {
        let (name, width) = match column {
            SystemColumn::Ctid => ("ctid", 6),
            SystemColumn::Xmin => ("xmin", 4),
            SystemColumn::Xmax => ("xmax", 4),
            SystemColumn::Cmin => ("cmin", 4),
            SystemColumn::Cmax => ("cmax", 4),
            SystemColumn::TableOid => ("tableoid", 4),
        };
        Column { width, ..named(alias, name, Type::Int4) }
    });
    own.chain(system).collect()
}

fn named(alias: &str, name: &str, ty: Type) -> Column {
    Column { bare: name.into(), full: format!("{alias}.{name}"), plain: true, width: type_width(ty) }
}

fn type_width(ty: Type) -> u32 {
    column_width(ty, None)
}

/// Bytes of what an expression returns.
fn width_of(expr: &Expr, row: &[Column]) -> u32 {
    use crate::value::Value;
    match expr {
        Expr::Column(at) => row.get(*at).map_or(4, |column| column.width),
        Expr::Call { function, .. } => type_width(function.returns),
        Expr::Cast { to, typmod, .. } => column_width(*to, *typmod),
        Expr::Const(Value::BigInt(_) | Value::Float(_) | Value::Timestamp(_)) => 8,
        Expr::Const(Value::Int(_) | Value::Date(_)) => 4,
        Expr::Const(Value::Bool(_)) => 1,
        Expr::Const(_) | Expr::Case { .. } | Expr::Coalesce(_) | Expr::Scalar(_) => 32,
        _ => 1,
    }
}

/// How rows were sorted, and in how much memory: the pointers to them first, then the rows in chunks with a header. (`tuplesort.c`)
fn sort_method(kept: u64, bytes: u64, top: Option<u64>) -> String {
    let (kept, bytes) = match top {
        Some(top) => (2 * top, bytes * 2 * top / kept),
        None => (kept, bytes),
    };
    let memory = 24 * (kept.next_power_of_two().max(1024) + kept) + bytes;
    let kilobytes = memory.div_ceil(1024);
    match () {
        () if top.is_some() => format!("top-N heapsort  Memory: {kilobytes}kB"),
        () if memory > 4 << 20 => format!("external merge  Disk: {}kB", bytes.div_ceil(1024)),
        () => format!("quicksort  Memory: {kilobytes}kB"),
    }
}
