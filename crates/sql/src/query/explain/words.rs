//! Expressions of a plan as PostgreSQL writes them. (`ruleutils.c`)

use super::{Column, Describer};
use crate::expr::{Builtin, Expr};
use crate::query::plan::{AggregateCall, SortKey};
use crate::value::{Type, Value, output};

/// Whether columns are written with the name of their table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    Bare,
    Full,
}

/// A comparison whose left side is no column of the table, the other way round.
fn turned(condition: &Expr) -> Expr {
    let own = |expr: &Expr| !crate::query::rewrite::columns(expr, 0).is_empty();
    let Expr::Call { function, args, site } = condition else { return condition.clone() };
    let [left, right] = args.as_slice() else { return condition.clone() };
    let name = match function.name {
        "=" => "=",
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => return condition.clone(),
    };
    let [first, second] = function.args else { return condition.clone() };
    let other = crate::expr::resolve::resolve_operator(name, *second, *first).map(|found| found.function);
    match other {
        Ok(function) if own(right) && !own(left) => {
            Expr::Call { function, args: vec![right.clone(), left.clone()], site: *site }
        }
        _ => condition.clone(),
    }
}

impl Describer<'_> {
    /// An expression over a row.
    pub(super) fn expr(&mut self, expr: &Expr, row: &[Column], names: Names) -> String {
        self.typed(expr, row, names, None)
    }

    fn list(&mut self, list: &[Expr], row: &[Column], names: Names) -> Vec<String> {
        list.iter().map(|expr| self.expr(expr, row, names)).collect()
    }

    /// The same, where a constant is of that type.
    fn typed(&mut self, expr: &Expr, row: &[Column], names: Names, ty: Option<Type>) -> String {
        match expr {
            Expr::Const(value) => self.constant(value, ty),
            Expr::Column(at) => row.get(*at).map_or_else(|| "?".into(), |column| column.text(names)),
            // What belongs to another node is always written in full.
            Expr::Outer { level, column } => {
                let depth = self.outer.len();
                let around = depth.checked_sub(usize::from(*level)).and_then(|at| self.outer.get(at));
                around.and_then(|row| row.get(*column)).map_or_else(|| "?".into(), |column| column.text(Names::Full))
            }
            Expr::Param(index) => format!("${}", index + 1),
            Expr::Cast { expr, to, typmod, .. } => {
                let inner = self.expr(expr, row, names);
                format!("({inner})::{}", to.name_with(*typmod))
            }
            Expr::Call { function, args, .. } => self.call(function, args, row, names),
            Expr::And(list) => format!("({})", self.list(list, row, names).join(" AND ")),
            Expr::Or(list) => format!("({})", self.list(list, row, names).join(" OR ")),
            Expr::Not(inner) => match &**inner {
                Expr::IsNull(inner) => format!("({} IS NOT NULL)", self.expr(inner, row, names)),
                Expr::IsDistinct { left, right, .. } => {
                    let (left, right) = (self.expr(left, row, names), self.expr(right, row, names));
                    format!("({left} IS NOT DISTINCT FROM {right})")
                }
                inner => format!("(NOT {})", self.expr(inner, row, names)),
            },
            Expr::IsNull(inner) => format!("({} IS NULL)", self.expr(inner, row, names)),
            Expr::IsBool { expr, value } => {
                let word = if *value { "TRUE" } else { "FALSE" };
                format!("({} IS {word})", self.expr(expr, row, names))
            }
            Expr::IsDistinct { left, right, .. } => {
                let (left, right) = (self.expr(left, row, names), self.expr(right, row, names));
                format!("({left} IS DISTINCT FROM {right})")
            }
            Expr::Case { whens, otherwise } => {
                let mut text = String::from("CASE");
                for (condition, result) in whens {
                    text += &format!(" WHEN {}", self.expr(condition, row, names));
                    text += &format!(" THEN {}", self.expr(result, row, names));
                }
                if let Some(otherwise) = otherwise {
                    text += &format!(" ELSE {}", self.expr(otherwise, row, names));
                }
                text + " END"
            }
            Expr::Any { op, left, right, all } => {
                let word = if *all { "ALL" } else { "ANY" };
                let element = op.args.get(1).copied();
                let left = self.typed(left, row, names, op.args.first().copied());
                let right = self.typed(right, row, names, element.and_then(Type::array));
                format!("({left} {} {word} ({right}))", op.name)
            }
            Expr::Array(list) => format!("ARRAY[{}]", self.list(list, row, names).join(", ")),
            Expr::Row(list) => format!("ROW({})", self.list(list, row, names).join(", ")),
            Expr::Coalesce(list) => format!("COALESCE({})", self.list(list, row, names).join(", ")),
            Expr::NullIf { left, right, .. } => {
                format!("NULLIF({}, {})", self.expr(left, row, names), self.expr(right, row, names))
            }
            Expr::Extreme { list, greatest, .. } => {
                let word = if *greatest { "GREATEST" } else { "LEAST" };
                format!("{word}({})", self.list(list, row, names).join(", "))
            }
            Expr::Exists(plan) => self.subquery(plan, row, false),
            Expr::Scalar(plan) => self.subquery(plan, row, true),
            Expr::AnySub { op, left, plan, all } => {
                let subplan = self.subquery(plan, row, false);
                if op.name == "=" && !all && !plan.correlated {
                    return subplan.replacen("(", "(hashed ", 1);
                }
                // The operands are in a place of their own that EXPLAIN does not show.
                let _ = left;
                subplan
            }
        }
    }

    fn call(&mut self, function: &Builtin, args: &[Expr], row: &[Column], names: Names) -> String {
        let mut written = Vec::new();
        for (index, arg) in args.iter().enumerate() {
            written.push(self.typed(arg, row, names, function.args.get(index).copied()));
        }
        let is_operator = !function.name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        match written.as_slice() {
            [left, right] if is_operator => format!("({left} {} {right})", function.name),
            [one] if is_operator => format!("({} {one})", function.name),
            list => format!("{}({})", function.name, list.join(", ")),
        }
    }

    /// A constant with its type, unless its looks tell.
    fn constant(&self, value: &Value, ty: Option<Type>) -> String {
        let ty = ty.filter(|ty| *ty != Type::Unknown);
        let own = match value {
            Value::Null => return ty.map_or_else(|| "NULL".into(), |ty| format!("NULL::{}", ty.name())),
            Value::Bool(value) => return value.to_string(),
            Value::Int(value) if *value >= 0 => return value.to_string(),
            Value::Int(_) => Type::Int4,
            Value::BigInt(_) => Type::Int8,
            Value::Float(_) => Type::Float8,
            Value::Numeric(number) => {
                let text = number.to_string();
                if text.contains('.') && !text.starts_with('-') {
                    return text;
                }
                Type::Numeric
            }
            Value::Text(_) => Type::Text,
            Value::Bpchar(_) => Type::Bpchar,
            Value::Date(_) => Type::Date,
            Value::Timestamp(_) => Type::TimestampTz,
            Value::Interval { .. } => Type::Interval,
            Value::Array(list) => match list.iter().find(|value| !value.is_null()) {
                Some(Value::Int(_)) => Type::Int4.array(),
                Some(Value::BigInt(_)) => Type::Int8.array(),
                _ => Type::Text.array(),
            }
            .unwrap_or(Type::Text),
            _ => Type::Text,
        };
        let shown = match (value, ty) {
            (Value::Timestamp(_) | Value::Text(_) | Value::Array(_), Some(ty)) => ty,
            _ => own,
        };
        format!("'{}'::{}", output(value, shown, &self.style).replace('\'', "''"), shown.name())
    }

    /// `count(DISTINCT x) FILTER (WHERE …)`
    pub(super) fn aggregate(&mut self, call: &AggregateCall, row: &[Column]) -> String {
        let names = self.names();
        let mut inside = if call.distinct { "DISTINCT ".to_string() } else { String::new() };
        inside += &if call.args.is_empty() { "*".to_string() } else { self.list(&call.args, row, names).join(", ") };
        if !call.order.is_empty() {
            inside += &format!(" ORDER BY {}", self.sort_keys(&call.order, row).join(", "));
        }
        let filter = call.filter.as_ref().map(|filter| format!(" FILTER (WHERE {})", self.expr(filter, row, names)));
        format!("{}({inside}){}", call.function.name, filter.unwrap_or_default())
    }

    /// Keys of a sort, with what is not the usual order.
    pub(super) fn sort_keys(&mut self, keys: &[SortKey], row: &[Column]) -> Vec<String> {
        let names = self.names();
        let key = |key: &SortKey| {
            let mut text = self.computed(&key.expr, row, names);
            text += if key.descending { " DESC" } else { "" };
            text += match (key.descending, key.nulls_first) {
                (true, false) => " NULLS LAST",
                (false, true) => " NULLS FIRST",
                _ => "",
            };
            text
        };
        keys.iter().map(key).collect()
    }

    /// An expression that the node below has computed.
    pub(super) fn computed(&mut self, expr: &Expr, row: &[Column], names: Names) -> String {
        let text = self.expr(expr, row, names);
        if matches!(expr, Expr::Column(_)) { text } else { format!("({text})") }
    }

    /// Conditions that an index takes care of: what is indexed comes first.
    pub(super) fn searched(&mut self, conditions: &[Expr], row: &[Column]) -> String {
        let turned: Vec<Expr> = conditions.iter().map(turned).collect();
        self.all(&turned, row, Names::Bare)
    }

    /// Several conditions as one.
    pub(super) fn all(&mut self, conditions: &[Expr], row: &[Column], names: Names) -> String {
        let mut flat = Vec::new();
        conditions.iter().for_each(|condition| match condition {
            Expr::And(list) => flat.extend(list.iter()),
            other => flat.push(other),
        });
        let words: Vec<String> = flat.into_iter().map(|condition| self.expr(condition, row, names)).collect();
        if let [one] = words.as_slice() { one.clone() } else { format!("({})", words.join(" AND ")) }
    }
}
