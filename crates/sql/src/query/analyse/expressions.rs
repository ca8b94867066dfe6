//! Expressions: names, operators, conditions. (PostgreSQL's `parse_expr.c`, `parse_oper.c`, `parse_coerce.c`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::coerce::{self, cannot_cast};
use crate::expr::resolve::{Resolved, common_type, resolve_operator, resolve_unary};
use crate::query::grammar::{fold, is_reserved, types::resolve_type};
use crate::value::cast::Context;
use crate::value::{Type, Typmod, Value};
use sqlparser::ast::{self, AccessExpr, BinaryOperator, CastKind, UnaryOperator};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    /// What an expression means.
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Run<Typed> {
        self.nested(|analyser| analyser.expr_of_kind(expr))
    }

    fn expr_of_kind(&mut self, expr: &ast::Expr) -> Run<Typed> {
        use ast::Expr::*;
        let position = self.position(expr);
        match expr {
            Nested(inner) => self.expr(inner),
            Identifier(name) => self.identifier(name),
            CompoundIdentifier(names) => self.compound(names),
            Value(value) => self.literal(&value.value, position),
            TypedString(literal) => self.typed_literal(literal, position),
            Interval(interval) => self.interval(interval, position),
            UnaryOp { op, expr } => self.unary(*op, expr, position),
            BinaryOp { left, op, right } => self.binary(left, op, right),
            Cast { kind, expr, data_type, .. } => self.cast(kind, expr, data_type),
            IsNull(inner) => self.is_null(inner, false),
            IsNotNull(inner) => self.is_null(inner, true),
            IsTrue(inner) => self.is_bool(inner, true, false),
            IsNotTrue(inner) => self.is_bool(inner, true, true),
            IsFalse(inner) => self.is_bool(inner, false, false),
            IsNotFalse(inner) => self.is_bool(inner, false, true),
            IsUnknown(inner) => Ok(boolean(Expr::IsNull(Box::new(self.condition(inner, "IS UNKNOWN")?)), position)),
            IsNotUnknown(inner) => {
                let test = Expr::IsNull(Box::new(self.condition(inner, "IS NOT UNKNOWN")?));
                Ok(boolean(Expr::Not(Box::new(test)), position))
            }
            IsDistinctFrom(left, right) => self.is_distinct(left, right, false),
            IsNotDistinctFrom(left, right) => self.is_distinct(left, right, true),
            InList { expr, list, negated } => self.in_list(expr, list, *negated),
            InSubquery { expr, subquery, negated } => self.in_subquery(expr, subquery, *negated),
            Between { expr, negated, low, high } => self.between(expr, *negated, low, high),
            Like { negated, expr, pattern, escape_char, any: false } => {
                self.like(if *negated { "!~~" } else { "~~" }, expr, pattern, escape_char.is_some())
            }
            ILike { negated, expr, pattern, escape_char, any: false } => {
                self.like(if *negated { "!~~*" } else { "~~*" }, expr, pattern, escape_char.is_some())
            }
            AnyOp { left, compare_op, right, .. } => self.any(left, compare_op, right, false),
            AllOp { left, compare_op, right } => self.any(left, compare_op, right, true),
            Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref(), position)
            }
            Exists { subquery, negated } => self.exists(subquery, *negated, position),
            Subquery(query) => self.scalar_subquery(query, position),
            Tuple(items) => self.row(items, position),
            Array(array) => self.array(&array.elem, position),
            Function(function) => self.function(function, position),
            Extract { field, expr, .. } => {
                let field = literal_text(&field.to_string().to_lowercase());
                self.keyword_function("extract", vec![field], &[expr])
            }
            Ceil { expr, .. } => self.plain_call("ceil", expr, position),
            Floor { expr, .. } => self.plain_call("floor", expr, position),
            Position { expr, r#in } => self.keyword_function("position", Vec::new(), &[r#in, expr]),
            Substring { expr, substring_from, substring_for, .. } => {
                let mut args: Vec<&ast::Expr> = vec![expr];
                let one = ast::Expr::value(ast::Value::Number("1".into(), false));
                match (substring_from, substring_for) {
                    (Some(from), _) => args.push(from),
                    (None, Some(_)) => args.push(&one),
                    (None, None) => {}
                }
                args.extend(substring_for.as_deref());
                self.keyword_function("substring", Vec::new(), &args)
            }
            Trim { trim_where, trim_what, expr, trim_characters } => {
                let name = match trim_where {
                    Some(ast::TrimWhereField::Leading) => "ltrim",
                    Some(ast::TrimWhereField::Trailing) => "rtrim",
                    _ => "btrim",
                };
                let mut args: Vec<&ast::Expr> = vec![expr];
                args.extend(trim_what.as_deref());
                args.extend(trim_characters.iter().flatten());
                self.keyword_function(name, Vec::new(), &args)
            }
            AtTimeZone { timestamp, time_zone } => {
                self.keyword_function("timezone", Vec::new(), &[time_zone, timestamp])
            }
            Collate { expr, .. } => self.expr(expr),
            CompoundFieldAccess { root, access_chain } => self.access(root, access_chain, position),
            Prefixed { .. } | Wildcard(_) | QualifiedWildcard(..) => Err(self.syntax_error(expr).into()),
            Overlay { .. } => Err(SqlError::unsupported("OVERLAY").at(position).into()),
            SimilarTo { .. } => Err(SqlError::unsupported("SIMILAR TO").at(position).into()),
            GroupingSets(_) | Cube(_) | Rollup(_) => Err(SqlError::unsupported("grouping sets").at(position).into()),
            Like { .. } | ILike { .. } => Err(SqlError::unsupported("LIKE ANY").at(position).into()),
            _ => Err(SqlError::unsupported("this expression").at(position).into()),
        }
    }

    fn identifier(&mut self, name: &ast::Ident) -> Run<Typed> {
        let position = self.at(name.span.start);
        let folded = fold(&name.value, name.quote_style);
        if name.quote_style.is_none() {
            match &*folded {
                "current_date" | "current_time" | "current_timestamp" | "localtime" | "localtimestamp"
                | "current_user" | "session_user" | "user" | "current_role" | "current_catalog" | "current_schema" => {
                    return self.call(&folded, Vec::new(), position);
                }
                "default" => {
                    return Err(SqlError::new("42601", "DEFAULT is not allowed in this context").at(position).into());
                }
                word if is_reserved(word) => {
                    let message = format!("syntax error at or near \"{}\"", name.value);
                    return Err(SqlError::new("42601", message).at(position).into());
                }
                _ => {}
            }
        }
        self.column(&folded, position)
    }

    fn compound(&mut self, names: &[ast::Ident]) -> Run<Typed> {
        let position = self.at(names[0].span.start);
        let folded: Vec<Rc<str>> = names.iter().map(|name| fold(&name.value, name.quote_style)).collect();
        match folded.as_slice() {
            [table, column] => self.qualified_column(table, column, position),
            [schema, table, column] if &**schema == "public" => self.qualified_column(table, column, position),
            [_, table, _] => Err(self.missing_table(table).at(position).into()),
            _ => {
                let message = format!("cross-database references are not implemented: {}", folded.join("."));
                Err(SqlError::new("0A000", message).at(position).into())
            }
        }
    }

    fn unary(&mut self, op: UnaryOperator, operand: &ast::Expr, position: u32) -> Run<Typed> {
        let position = self.before(operand, &op.to_string()).unwrap_or(position);
        if op == UnaryOperator::Not {
            let condition = self.condition(operand, "NOT")?;
            return Ok(boolean(Expr::Not(Box::new(condition)), position));
        }
        if let (UnaryOperator::Minus, ast::Expr::Value(value)) = (op, operand)
            && let ast::Value::Number(digits, _) = &value.value
        {
            return self.number(&format!("-{digits}"), position);
        }
        let operand = self.expr(operand)?;
        let resolved = resolve_unary(&op.to_string(), operand.ty).map_err(|error| error.at(position))?;
        self.apply(resolved, vec![operand], position)
    }

    fn binary(&mut self, left: &ast::Expr, op: &BinaryOperator, right: &ast::Expr) -> Run<Typed> {
        let name = operator_name(op);
        match op {
            BinaryOperator::And | BinaryOperator::Or => {
                let is_and = *op == BinaryOperator::And;
                let mut operands = Vec::new();
                self.chain(left, op, &mut operands)?;
                self.chain(right, op, &mut operands)?;
                let position = self.position(left);
                Ok(boolean(if is_and { Expr::And(operands) } else { Expr::Or(operands) }, position))
            }
            _ if is_row(left) && is_row(right) => self.compare_rows(left, &name, right),
            _ => {
                let at = self.between_places(left, &name, right);
                let left = self.expr(left)?;
                let right = self.expr(right)?;
                self.operate(&name, left, right, at)
            }
        }
    }

    /// The operands of a chain of ANDs or of ORs.
    fn chain(&mut self, expr: &ast::Expr, op: &BinaryOperator, operands: &mut Vec<Expr>) -> Run<()> {
        match expr {
            ast::Expr::BinaryOp { left, op: inner, right } if inner == op => {
                self.chain(left, op, operands)?;
                self.chain(right, op, operands)
            }
            ast::Expr::Nested(inner) if matches!(&**inner, ast::Expr::BinaryOp { op: inner, .. } if inner == op && *op == BinaryOperator::And) => {
                self.chain(inner, op, operands)
            }
            _ => {
                let what = if *op == BinaryOperator::And { "AND" } else { "OR" };
                operands.push(self.condition(expr, what)?);
                Ok(())
            }
        }
    }

    /// Applies an operator to operands that are analysed already.
    pub(super) fn operate(&mut self, name: &str, left: Typed, right: Typed, at: u32) -> Run<Typed> {
        let (left, right) = self.infer_params(left, right);
        let position = left.position;
        let resolved = resolve_operator(name, left.ty, right.ty).map_err(|error| error.at(at))?;
        let mut typed = self.apply(resolved, vec![left, right], at)?;
        typed.position = position;
        Ok(typed)
    }

    /// A parameter of no type yet beside something of a type becomes one of that.
    fn infer_params(&mut self, left: Typed, right: Typed) -> (Typed, Typed) {
        let infer = |analyser: &mut Self, typed: Typed, other: Type| match typed.expr {
            Expr::Param(index) if typed.ty == Type::Unknown && other != Type::Unknown => {
                analyser.params[index] = other;
                Typed { ty: other, ..typed }
            }
            _ => typed,
        };
        let left = infer(self, left, right.ty);
        let right = infer(self, right, left.ty);
        (left, right)
    }

    /// Calls what was found with its arguments, each made what it takes.
    pub(super) fn apply(&mut self, resolved: Resolved, args: Vec<Typed>, position: u32) -> Run<Typed> {
        let mut coerced = Vec::new();
        for (arg, ty) in args.into_iter().zip(&resolved.args) {
            let from = arg.ty;
            match self.coerce(arg, *ty, None, Context::Explicit)? {
                Some(arg) => coerced.push(arg.expr),
                None => return Err(cannot_cast(from, *ty).into()),
            }
        }
        let expr = Expr::Call { function: resolved.function, args: coerced, site: self.site() };
        Ok(Typed { expr, ty: resolved.returns, typmod: None, position })
    }

    /// Makes something of a type it is implicitly convertible to.
    pub(super) fn implicit(&mut self, typed: Typed, ty: Type) -> Run<Typed> {
        let from = typed.ty;
        match self.coerce(typed, ty, None, Context::Implicit)? {
            Some(typed) => Ok(typed),
            None => Err(cannot_cast(from, ty).into()),
        }
    }

    /// Makes something of another type, if it can be in that context.
    pub(super) fn coerce(
        &mut self,
        typed: Typed,
        ty: Type,
        typmod: Option<Typmod>,
        context: Context,
    ) -> Run<Option<Typed>> {
        if typed.ty == ty && (typmod.is_none() || typmod == typed.typmod) {
            return Ok(Some(typed));
        }
        if let (Expr::Param(index), Type::Unknown) = (&typed.expr, typed.ty) {
            self.params[*index] = ty;
            let expr = typed.expr.clone();
            let typed = Typed { ty, typmod: None, ..typed };
            return if typmod.is_none() {
                Ok(Some(Typed { expr, ..typed }))
            } else {
                self.coerce(typed, ty, typmod, context)
            };
        }
        let position = typed.position;
        let coerced = coerce::coerce(typed.expr, typed.ty, ty, typmod, context, &self.environment.style)
            .map_err(|error| if position > 0 { error.at(position) } else { error })?;
        Ok(coerced.map(|expr| Typed { expr, ty, typmod, position }))
    }

    /// What is still a literal of no type becomes text. (Columns of results are never of no type.)
    pub(super) fn settle(&mut self, typed: Typed) -> Run<Typed> {
        if typed.ty == Type::Unknown { self.implicit(typed, Type::Text) } else { Ok(typed) }
    }

    /// A condition: `argument of WHERE must be type boolean, not type integer`.
    pub(super) fn condition(&mut self, expr: &ast::Expr, what: &str) -> Run<Expr> {
        let typed = self.expr(expr)?;
        self.as_condition(typed, what)
    }

    pub(super) fn as_condition(&mut self, typed: Typed, what: &str) -> Run<Expr> {
        let (ty, position) = (typed.ty, typed.position);
        match self.coerce(typed, Type::Bool, None, Context::Assignment)? {
            Some(typed) => Ok(typed.expr),
            None => {
                let message = format!("argument of {what} must be type boolean, not type {ty}");
                Err(SqlError::new("42804", message).at(position).into())
            }
        }
    }

    fn cast(&mut self, kind: &CastKind, inner: &ast::Expr, data_type: &ast::DataType) -> Run<Typed> {
        let (symbol, at) = match kind {
            CastKind::DoubleColon => ("::", self.after(inner, "::")),
            _ => ("cast", self.before(inner, "cast")),
        };
        let position = self.position(inner);
        let at = at.unwrap_or(position);
        let (ty, typmod) = resolve_type(data_type).map_err(|error| {
            let place = self.after(inner, if symbol == "::" { "::" } else { "as" });
            error.at(place.map_or(at, |place| self.next_word(place)))
        })?;
        let typed = match inner {
            // `ARRAY[]::int[]`: the cast says what an empty array is of.
            ast::Expr::Array(array) => self.array_of(&array.elem, ty.element(), position)?,
            _ => self.expr(inner)?,
        };
        let from = typed.ty;
        match self.coerce(typed, ty, typmod, Context::Explicit)? {
            Some(typed) => Ok(Typed { position, ..typed }),
            None => Err(cannot_cast(from, ty).at(at).into()),
        }
    }

    fn is_null(&mut self, inner: &ast::Expr, negated: bool) -> Run<Typed> {
        if let ast::Expr::Tuple(fields) = inner {
            // A row is null when each field is; it is not null when no field is.
            let position = self.position(inner);
            let mut tests = Vec::new();
            for field in fields {
                tests.push(self.is_null(field, negated)?.expr);
            }
            return Ok(boolean(Expr::And(tests), position));
        }
        let typed = self.expr(inner)?;
        let position = typed.position;
        let typed = self.settle(typed)?;
        let test = Expr::IsNull(Box::new(typed.expr));
        Ok(boolean(if negated { Expr::Not(Box::new(test)) } else { test }, position))
    }

    fn is_bool(&mut self, inner: &ast::Expr, value: bool, negated: bool) -> Run<Typed> {
        let what = format!("IS {}{}", if negated { "NOT " } else { "" }, if value { "TRUE" } else { "FALSE" });
        let position = self.position(inner);
        let test = Expr::IsBool { expr: Box::new(self.condition(inner, &what)?), value };
        Ok(boolean(if negated { Expr::Not(Box::new(test)) } else { test }, position))
    }

    fn is_distinct(&mut self, left: &ast::Expr, right: &ast::Expr, negated: bool) -> Run<Typed> {
        let at = self.after(left, "is").unwrap_or(0);
        let left = self.expr(left)?;
        let right = self.expr(right)?;
        let position = left.position;
        let equality = self.operate("=", left, right, at)?;
        let Expr::Call { function, args, .. } = equality.expr else {
            return Err(SqlError::unsupported("this comparison").at(position).into());
        };
        let [left, right] = <[Expr; 2]>::try_from(args).expect("equality has two operands").map(Box::new);
        let test = Expr::IsDistinct { equal: function, left, right };
        Ok(boolean(if negated { Expr::Not(Box::new(test)) } else { test }, position))
    }

    fn like(&mut self, name: &str, left: &ast::Expr, right: &ast::Expr, escape: bool) -> Run<Typed> {
        let at = self.between_places(left, "like", right);
        if escape {
            return Err(SqlError::unsupported("ESCAPE").at(at).into());
        }
        let left = self.expr(left)?;
        let right = self.expr(right)?;
        self.operate(name, left, right, at)
    }

    fn row(&mut self, items: &[ast::Expr], position: u32) -> Run<Typed> {
        let mut fields = Vec::new();
        for item in items {
            let field = self.expr(item)?;
            fields.push(self.settle(field)?.expr);
        }
        Ok(Typed { expr: Expr::Row(fields), ty: Type::Record, typmod: None, position })
    }

    fn array(&mut self, items: &[ast::Expr], position: u32) -> Run<Typed> {
        self.array_of(items, None, position)
    }

    fn array_of(&mut self, items: &[ast::Expr], element: Option<Type>, position: u32) -> Run<Typed> {
        let mut typed = Vec::new();
        for item in items {
            typed.push(self.expr(item)?);
        }
        if typed.is_empty() && element.is_none() {
            let position = self.find_word("array", |_| true).unwrap_or(position);
            let error = SqlError::new("42P18", "cannot determine type of empty array")
                .hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].");
            return Err(error.at(position).into());
        }
        let element = match element {
            Some(element) => element,
            None => self.common(&typed, "ARRAY")?,
        };
        let Some(ty) = element.array() else {
            return Err(SqlError::unsupported(format_args!("arrays of type {element}")).at(position).into());
        };
        let element = ty.element().expect("it is an array");
        let mut list = Vec::new();
        for item in typed {
            let (from, at) = (item.ty, item.position);
            match self.coerce(item, element, None, Context::Explicit)? {
                Some(item) => list.push(item.expr),
                None => return Err(cannot_cast(from, element).at(at).into()),
            }
        }
        Ok(Typed { expr: Expr::Array(list), ty, typmod: None, position })
    }

    /// The common type of several expressions, its error at the one that does not fit.
    pub(super) fn common(&mut self, typed: &[Typed], context: &str) -> Run<Type> {
        let types: Vec<Type> = typed.iter().map(|typed| typed.ty).collect();
        common_type(&types, context).map_err(|(error, index)| error.at(typed[index].position).into())
    }

    fn access(&mut self, root: &ast::Expr, chain: &[AccessExpr], position: u32) -> Run<Typed> {
        if let [AccessExpr::Dot(ast::Expr::Identifier(field))] = chain {
            let mut inner = root;
            while let ast::Expr::Nested(nested) = inner {
                inner = nested;
            }
            if let ast::Expr::Identifier(table) = inner {
                let (table, field) = (fold(&table.value, table.quote_style), fold(&field.value, field.quote_style));
                return self.qualified_column(&table, &field, position);
            }
        }
        if let [AccessExpr::Subscript(ast::Subscript::Index { index })] = chain {
            let array = self.expr(root)?;
            let Some(element) = array.ty.element() else {
                let message = format!("cannot subscript type {} because it does not support subscripting", array.ty);
                return Err(SqlError::new("42804", message).at(position).into());
            };
            let index = self.expr(index)?;
            let index = self.implicit(index, Type::Int4)?;
            return self.element(array, index, element, position);
        }
        Err(SqlError::unsupported("fields and slices").at(position).into())
    }

    fn element(&mut self, array: Typed, index: Typed, element: Type, position: u32) -> Run<Typed> {
        match crate::expr::resolve::resolve_function("array_element", &[array.ty, Type::Int4]) {
            Ok(crate::expr::resolve::Callee::Function(resolved)) => {
                let typed = self.apply(resolved, vec![array, index], position)?;
                Ok(Typed { ty: element, ..typed })
            }
            _ => Err(SqlError::unsupported("subscripts").at(position).into()),
        }
    }

    pub(super) fn syntax_error(&self, expr: &ast::Expr) -> SqlError {
        SqlError::new("42601", format!("syntax error at or near \"{expr}\"")).at(self.position(expr).max(1))
    }
}

/// A condition.
pub(super) fn boolean(expr: Expr, position: u32) -> Typed {
    Typed { expr, ty: Type::Bool, typmod: None, position }
}

/// A text of no place.
pub(super) fn literal_text(text: &str) -> Typed {
    Typed { expr: Expr::Const(Value::text(text)), ty: Type::Text, typmod: None, position: 0 }
}

/// `(a, b)`
pub(super) fn is_row(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Tuple(_) => true,
        ast::Expr::Nested(inner) => is_row(inner),
        ast::Expr::Function(function) => function.name.to_string().eq_ignore_ascii_case("row"),
        _ => false,
    }
}

/// An operator's name. `!=` is `<>`.
pub(super) fn operator_name(op: &BinaryOperator) -> String {
    match op {
        BinaryOperator::PGCustomBinaryOperator(parts) => parts.last().cloned().unwrap_or_default(),
        op => op.to_string(),
    }
}
