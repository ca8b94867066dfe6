//! What PostgreSQL calls a column of a result that nobody named. (`FigureColname`)

use crate::query::syntax::{Body, Expr, ExprKind, Query, SelectItem, TypeName};

/// The name of an expression.
pub fn output_name(expr: &Expr) -> String {
    figure(expr).map_or("?column?".to_string(), |(name, _)| name)
}

/// A name, and whether it is one that an outer cast or CASE does not replace.
fn figure(expr: &Expr) -> Option<(String, bool)> {
    let strong = |name: &str| Some((name.to_string(), true));
    match &expr.kind {
        ExprKind::Column(names) => names.last().and_then(|name| strong(name)),
        ExprKind::Field { field, .. } => strong(&field.name),
        ExprKind::Element { array, .. } => figure(array),
        ExprKind::Call(call) => strong(&call.name.name),
        ExprKind::Cast { operand, ty, .. } => match figure(operand) {
            Some((name, true)) => Some((name, true)),
            _ => Some((type_name(ty), false)),
        },
        ExprKind::Literal { ty, .. } => Some((type_name(ty), false)),
        ExprKind::Interval { .. } => Some(("interval".to_string(), false)),
        ExprKind::Case { otherwise, .. } => match otherwise.as_deref().and_then(figure) {
            Some((name, true)) => Some((name, true)),
            _ => Some(("case".to_string(), false)),
        },
        ExprKind::Exists(_) => strong("exists"),
        ExprKind::Subquery(query) => subquery_name(query).map(|name| (name, true)),
        ExprKind::Array(_) => strong("array"),
        ExprKind::Row(_) => strong("row"),
        _ => None,
    }
}

fn subquery_name(query: &Query) -> Option<String> {
    match &query.body {
        Body::Set(set) => subquery_name(&set.left),
        Body::Values(_) => Some("column1".to_string()),
        Body::Select(select) => match select.items.first()? {
            SelectItem::Expr { alias: Some(alias), .. } => Some(alias.name.to_string()),
            SelectItem::Expr { expr, alias: None } => Some(output_name(expr)),
            _ => None,
        },
    }
}

/// The name `pg_type` has for a type.
fn type_name(ty: &TypeName) -> String {
    let Ok((ty, _)) = ty.resolved else { return String::new() };
    let ty = ty.element().unwrap_or(ty);
    use crate::value::Type;
    match ty {
        Type::Bool => "bool",
        Type::Int2 => "int2",
        Type::Int4 => "int4",
        Type::Int8 => "int8",
        Type::Float4 => "float4",
        Type::Float8 => "float8",
        Type::Varchar => "varchar",
        Type::Bpchar => "bpchar",
        Type::Timestamp => "timestamp",
        Type::TimestampTz => "timestamptz",
        other => other.name(),
    }
    .to_string()
}
