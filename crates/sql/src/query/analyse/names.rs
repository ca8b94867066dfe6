//! What PostgreSQL calls a column of a result that nobody named. (`FigureColname`)

use crate::query::grammar::fold;
use sqlparser::ast::{
    self, AccessExpr, DataType, FunctionArg, FunctionArgExpr, FunctionArguments, SelectItem, SetExpr, TrimWhereField,
};

/// The name of an expression.
pub fn output_name(expr: &ast::Expr) -> String {
    figure(expr).map_or("?column?".to_string(), |(name, _)| name)
}

/// A name, and whether it is one that an outer cast or CASE does not replace.
fn figure(expr: &ast::Expr) -> Option<(String, bool)> {
    use ast::Expr::*;
    let strong = |name: &str| Some((name.to_string(), true));
    match expr {
        Identifier(name) => Some((fold(&name.value, name.quote_style).to_string(), true)),
        CompoundIdentifier(names) => names.last().map(|name| (fold(&name.value, name.quote_style).to_string(), true)),
        CompoundFieldAccess { root, access_chain } => {
            let last = access_chain.iter().rev().find_map(|access| match access {
                AccessExpr::Dot(field) => figure(field),
                AccessExpr::Subscript(_) => None,
            });
            last.or_else(|| figure(root))
        }
        Nested(inner) | Collate { expr: inner, .. } => figure(inner),
        Function(function) => {
            let name = function.name.0.last()?.as_ident()?;
            let name = fold(&name.value, name.quote_style);
            Some((name.to_string(), true))
        }
        Cast { expr, data_type, .. } => match figure(expr) {
            Some((name, true)) => Some((name, true)),
            _ => Some((type_name(data_type), false)),
        },
        TypedString(literal) => Some((type_name(&literal.data_type), false)),
        Interval(_) => Some(("interval".to_string(), false)),
        Case { else_result, .. } => match else_result.as_deref().and_then(figure) {
            Some((name, true)) => Some((name, true)),
            _ => Some(("case".to_string(), false)),
        },
        Exists { negated: false, .. } => strong("exists"),
        Subquery(query) => subquery_name(query),
        Array(_) => strong("array"),
        Tuple(_) => strong("row"),
        Extract { .. } => strong("extract"),
        Ceil { .. } => strong("ceil"),
        Floor { .. } => strong("floor"),
        Position { .. } => strong("position"),
        Substring { .. } => strong("substring"),
        Overlay { .. } => strong("overlay"),
        AtTimeZone { .. } => strong("timezone"),
        Trim { trim_where, .. } => strong(match trim_where {
            Some(TrimWhereField::Leading) => "ltrim",
            Some(TrimWhereField::Trailing) => "rtrim",
            _ => "btrim",
        }),
        _ => None,
    }
}

fn subquery_name(query: &ast::Query) -> Option<(String, bool)> {
    let mut body = &*query.body;
    loop {
        match body {
            SetExpr::Query(inner) => body = &inner.body,
            SetExpr::SetOperation { left, .. } => body = left,
            SetExpr::Values(_) => return Some(("column1".to_string(), true)),
            SetExpr::Select(select) => {
                return match select.projection.first()? {
                    SelectItem::ExprWithAlias { alias, .. } => {
                        Some((fold(&alias.value, alias.quote_style).to_string(), true))
                    }
                    SelectItem::UnnamedExpr(expr) => Some((output_name(expr), true)),
                    _ => None,
                };
            }
            _ => return None,
        }
    }
}

/// The name `pg_type` has for a type.
fn type_name(data_type: &DataType) -> String {
    if let DataType::Array(ast::ArrayElemTypeDef::SquareBracket(element, _)) = data_type {
        return type_name(element);
    }
    let Ok((ty, _)) = crate::query::grammar::types::resolve_type(data_type) else {
        return data_type.to_string().to_lowercase();
    };
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

/// The arguments of a call that are expressions.
pub fn arguments(function: &ast::Function) -> Vec<&ast::Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    list.args
        .iter()
        .filter_map(|arg| match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        })
        .collect()
}
