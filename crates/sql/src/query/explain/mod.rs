//! EXPLAIN: from a plan with notes to a tree of plain data. (`explain.c`)

mod joins;
mod nodes;
mod words;

use crate::catalog::{Catalog, Relation};
use crate::exec::instrument::{Done, Instruments};
use crate::explain::{Actual, PlanNode};
use crate::expr::Expr;
use crate::query::plan::{ModifyKind, Note, Oid, Plan, SubPlan};
use crate::query::rewrite::{any, columns, each_expr};
use crate::query::{Prepared, Settings};
use crate::value::Style;
use std::rc::Rc;
use words::Names;

/// What the plan of a statement is, and what its nodes did if it was run.
pub fn describe(
    prepared: &Prepared,
    catalog: &Catalog,
    settings: Settings,
    style: Style,
    instruments: Option<&Instruments>,
) -> PlanNode {
    let mut describer = Describer {
        catalog,
        settings,
        style,
        instruments,
        several: relations(&prepared.plan) + subqueries(&prepared.plan) > 1,
        outer: Vec::new(),
        subplans: Vec::new(),
        returned: 0,
        bound: None,
        aliases: Vec::new(),
        pending: Vec::new(),
        initial: Vec::new(),
    };
    describer.level(&prepared.plan).node
}

/// A column that a node hands up.
#[derive(Clone, Debug)]
struct Column {
    bare: String,
    full: String,
    /// It is a column of a table, not the result of a computation.
    plain: bool,
    width: u32,
}

impl Column {
    fn text(&self, names: Names) -> String {
        if names == Names::Bare { self.bare.clone() } else { self.full.clone() }
    }

    /// As it is written where another node hands it up.
    fn lifted(mut self) -> Self {
        if !self.plain {
            (self.bare, self.full) = (format!("({})", self.bare), format!("({})", self.full));
            self.plain = true;
        }
        self
    }
}

/// A node and its columns.
struct Built {
    node: PlanNode,
    columns: Vec<Column>,
}

/// Which columns of a node are read above it.
#[derive(Clone, Debug)]
struct Needed(Option<Vec<usize>>);

impl Needed {
    fn all() -> Self {
        Self(None)
    }

    fn has(&self, column: usize) -> bool {
        self.0.as_ref().is_none_or(|list| list.contains(&column))
    }

    /// What some expressions read.
    fn by<'e>(exprs: impl IntoIterator<Item = &'e Expr>) -> Self {
        Self(Some(exprs.into_iter().flat_map(|expr| columns(expr, 0)).collect()))
    }

    /// These, and what some expressions read.
    fn and<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> Self {
        let Needed(Some(own)) = self else { return Self::all() };
        let Needed(more) = Self::by(exprs);
        Self(Some(own.iter().copied().chain(more.unwrap_or_default()).collect()))
    }

    fn width(&self, columns: &[Column]) -> u32 {
        columns.iter().enumerate().filter(|(at, _)| self.has(*at)).map(|(_, column)| column.width).sum()
    }
}

struct Describer<'a> {
    catalog: &'a Catalog,
    settings: Settings,
    style: Style,
    instruments: Option<&'a Instruments>,
    /// The statement reads more than one relation: columns are written with the name of theirs.
    several: bool,
    /// Rows around the node at hand.
    outer: Vec<Vec<Column>>,
    /// Subplans that were met, and their words.
    subplans: Vec<(u32, String)>,
    /// How many of them return a value before the statement runs.
    returned: usize,
    /// Rows that a limit asks the node below it for.
    bound: Option<u64>,
    /// Names that are taken.
    aliases: Vec<Rc<str>>,
    /// Plans of subqueries of the node at hand, and of the query level at hand.
    pending: Vec<PlanNode>,
    initial: Vec<PlanNode>,
}

impl Describer<'_> {
    fn names(&self) -> Names {
        if self.several { Names::Full } else { Names::Bare }
    }

    /// A query of its own: what it computes once is shown below its topmost node.
    fn level(&mut self, plan: &Plan) -> Built {
        let around = std::mem::take(&mut self.initial);
        let pending = std::mem::take(&mut self.pending);
        let mut built = self.node(plan, &Needed::all(), None);
        let mut initial = std::mem::replace(&mut self.initial, around);
        // What they cost is what the topmost node costs. (`SS_charge_for_initplans`)
        let price: f64 = initial
            .iter()
            .filter(|plan| plan.label.as_ref().is_some_and(|it| it.starts_with("Init")))
            .map(|plan| plan.total)
            .sum();
        built.node.startup += price;
        built.node.total += price;
        initial.append(&mut built.node.inputs);
        built.node.inputs = initial;
        self.pending = pending;
        built
    }

    /// A name that no other relation of the statement has. (`set_rtable_names`)
    fn called(&mut self, alias: Rc<str>) -> Rc<str> {
        let taken = |name: &str| self.aliases.iter().any(|known| **known == *name);
        let mut name = alias.clone();
        let mut number = 0;
        while taken(&name) {
            number += 1;
            name = format!("{alias}_{number}").into();
        }
        self.aliases.push(name.clone());
        name
    }

    /// The input of a node.
    fn input(&mut self, plan: &Plan, needed: &Needed) -> Built {
        let Built { node, columns } = self.node(plan, needed, None);
        Built { node, columns: columns.into_iter().map(Column::lifted).collect() }
    }

    /// The words for a subquery in an expression, whose plan is shown as well.
    fn subquery(&mut self, plan: &Rc<SubPlan>, row: &[Column], value: bool) -> String {
        if let Some((_, words)) = self.subplans.iter().find(|(id, _)| *id == plan.id) {
            return words.clone();
        }
        self.outer.push(row.to_vec());
        let mut node = self.level(&plan.plan).node;
        self.outer.pop();
        let number = self.subplans.len() + 1;
        let words = if value && !plan.correlated {
            let words = format!("${}", self.returned);
            self.returned += 1;
            node.label = Some(format!("InitPlan {number} (returns {words})"));
            self.initial.push(node);
            words
        } else {
            node.label = Some(format!("SubPlan {number}"));
            self.pending.push(node);
            format!("(SubPlan {number})")
        };
        self.subplans.push((plan.id, words.clone()));
        words
    }

    fn name(&self, oid: Oid) -> Option<String> {
        self.catalog.relations.get(&oid).map(|relation: &Relation| relation.name().to_string())
    }

    /// What the planner thought and what was done.
    fn fill(&self, node: &mut PlanNode, note: &Note, width: u32) {
        (node.startup, node.total, node.rows, node.width) = (note.startup, note.total, note.rows, width);
        node.actual = self.instruments.map(|all| actual(all.of(note.id).done));
    }

    /// How many rows a condition turned away, if any.
    fn removed(&self, node: &mut PlanNode, note: Option<&Note>, by_join: bool) {
        let (Some(all), Some(note)) = (self.instruments, note) else { return };
        let found = all.of(note.id);
        let (count, words) = match by_join {
            true => (found.removed_by_join, "Rows Removed by Join Filter"),
            false => (found.removed_by_filter, "Rows Removed by Filter"),
        };
        if count > 0 {
            node.detail(words, format!("{:.0}", count as f64 / found.done.loops.max(1) as f64));
        }
    }
}

fn actual(Done { loops, rows, startup, total }: Done) -> Actual {
    Actual { loops, rows, startup, total }
}

/// How many relations the subqueries of a statement's expressions read, roughly: what matters is whether there are any.
fn subqueries(plan: &Plan) -> usize {
    let mut found = 0;
    let mut visit = |plan: &Plan| {
        each_expr(&mut plan.clone(), 0, &mut |expr, _| {
            any(expr, &mut |part| {
                if let Expr::Exists(plan) | Expr::Scalar(plan) | Expr::AnySub { plan, .. } = part {
                    found += relations(&plan.plan);
                }
                false
            });
        });
    };
    visit(plan);
    if let Plan::Noted { input, .. } = plan
        && let Plan::Modify(modify) = &**input
    {
        visit(&modify.input);
    }
    found
}

/// How many relations a plan reads.
fn relations(plan: &Plan) -> usize {
    let own = match plan {
        // UPDATE and DELETE read the table they change.
        Plan::Noted { input, note } => {
            let reads = match &**input {
                Plan::Modify(modify) => matches!(modify.kind, ModifyKind::Insert { .. }),
                _ => true,
            };
            usize::from(note.alias.is_some() && reads)
        }
        Plan::CteScan { cte, .. } => relations(&cte.plan),
        _ => 0,
    };
    own + plan.inputs().into_iter().map(relations).sum::<usize>()
}
