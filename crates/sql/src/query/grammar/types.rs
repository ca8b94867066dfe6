//! The names of types. (`Typename` of `gram.y`)

use super::{Grammar, fold};
use crate::error::SqlError;
use crate::query::syntax::TypeName;
use crate::value::{Type, Typmod};
use sqlparser::tokenizer::Token;

type Resolved = Result<(Type, Option<Typmod>), SqlError>;

/// Types that PostgreSQL has and the store has not.
const MISSING: &[&str] = &[
    "bit",
    "box",
    "bytea",
    "cid",
    "cidr",
    "circle",
    "daterange",
    "inet",
    "int4range",
    "int8range",
    "json",
    "jsonb",
    "line",
    "lseg",
    "macaddr",
    "money",
    "numrange",
    "path",
    "pg_lsn",
    "point",
    "polygon",
    "regclass",
    "regproc",
    "time",
    "timetz",
    "tsquery",
    "tsrange",
    "tsvector",
    "uuid",
    "varbit",
    "xid8",
    "xml",
];

impl Grammar {
    /// A type, which must be one.
    pub(super) fn data_type(&mut self) -> Resolved {
        let ty = self.type_name()?;
        ty.resolved.map_err(|error| error.at(ty.position))
    }

    /// The name of a type. What it stands for is said when somebody asks: other mistakes of the statement may come first.
    pub(super) fn type_name(&mut self) -> Result<TypeName, SqlError> {
        let position = self.here();
        let name = self.plain_type()?;
        let mut resolved = self.modified(&name)?;
        while *self.peek() == Token::LBracket || self.is("array") {
            if self.accept("array") && *self.peek() != Token::LBracket {
                resolved = resolved.and_then(|of| array(of, &name));
                continue;
            }
            self.expect_symbol(&Token::LBracket)?;
            if matches!(self.peek(), Token::Number(..)) {
                self.advance();
            }
            self.expect_symbol(&Token::RBracket)?;
            resolved = resolved.and_then(|of| array(of, &name));
        }
        Ok(TypeName { resolved: resolved.map_err(Box::new), position })
    }

    /// A type's words as one name: `double precision` is `float8`.
    fn plain_type(&mut self) -> Result<String, SqlError> {
        let Token::Word(word) = self.peek() else { return Err(self.unexpected()) };
        let quoted = word.quote_style.is_some();
        let name = fold(&word.value, word.quote_style);
        if !quoted && super::words::is_reserved(&name) {
            return Err(self.unexpected());
        }
        self.advance();
        if quoted {
            return self.rest_of_type(name.to_string());
        }
        let plain = match &*name {
            "boolean" => "bool",
            "smallint" => "int2",
            "int" | "integer" => "int4",
            "bigint" => "int8",
            "decimal" | "dec" => "numeric",
            "double" => {
                self.expect("precision")?;
                "float8"
            }
            "character" | "char" | "nchar" => {
                if self.accept("varying") {
                    "varchar"
                } else {
                    "char"
                }
            }
            "bit" if self.accept("varying") => "varbit",
            "national" => {
                if !self.accept("character") {
                    self.expect("char")?;
                }
                if self.accept("varying") { "varchar" } else { "char" }
            }
            _ => return self.rest_of_type(name.to_string()),
        };
        Ok(plain.to_string())
    }

    /// `pg_catalog.int4`
    fn rest_of_type(&mut self, first: String) -> Result<String, SqlError> {
        if !self.symbol(&Token::Period) {
            return Ok(first);
        }
        let second = self.label()?.name;
        Ok(if first == "pg_catalog" { second.to_string() } else { format!("{first}.{second}") })
    }

    /// `(10, 2)` and `WITH TIME ZONE` behind a name, and what it all stands for.
    fn modified(&mut self, name: &str) -> Result<Resolved, SqlError> {
        let mut modifiers = Vec::new();
        if self.symbol(&Token::LParen) {
            modifiers = self.list(Self::integer)?;
            self.expect_symbol(&Token::RParen)?;
        }
        let mut zoned = false;
        if matches!(name, "timestamp" | "time") {
            zoned = self.accept_all(&["with", "time", "zone"]);
            if !zoned {
                self.accept_all(&["without", "time", "zone"]);
            }
        }
        if name == "interval" && modifiers.is_empty() {
            while ["year", "month", "day", "hour", "minute", "second", "to"].iter().any(|word| self.is(word)) {
                self.advance();
            }
        }
        if matches!(name, "setof") {
            return Err(self.unexpected());
        }
        Ok(resolve(name, zoned, &modifiers))
    }
}

/// The type a name stands for. Lengths and scales are checked.
fn resolve(name: &str, zoned: bool, modifiers: &[i64]) -> Resolved {
    let ty = match name {
        "bool" => Type::Bool,
        "int2" => Type::Int2,
        "int4" => Type::Int4,
        "int8" => Type::Int8,
        "float8" => Type::Float8,
        "float" => return float(modifiers),
        "numeric" => return Ok((Type::Numeric, numeric(modifiers)?)),
        "text" => Type::Text,
        "varchar" => return Ok((Type::Varchar, length(modifiers, "varchar")?)),
        "char" => return Ok((Type::Bpchar, Some(length(modifiers, "char")?.unwrap_or(Typmod::Length(1))))),
        "bpchar" => return Ok((Type::Bpchar, length(modifiers, "char")?)),
        "real" | "float4" => Type::Float4,
        "date" => Type::Date,
        "timestamp" if zoned => return Ok((Type::TimestampTz, None)),
        "timestamp" => return Ok((Type::Timestamp, None)),
        "timestamptz" => return Ok((Type::TimestampTz, None)),
        "interval" => return Ok((Type::Interval, None)),
        "oid" => Type::Oid,
        "xid" => Type::Xid,
        "tid" => Type::Tid,
        "name" => Type::Name,
        _ if MISSING.contains(&name) => return Err(SqlError::unsupported(format_args!("the type {name}"))),
        _ => return Err(SqlError::new("42704", format!("type \"{name}\" does not exist"))),
    };
    if !modifiers.is_empty() {
        return Err(SqlError::new("42601", format!("type modifier is not allowed for type \"{name}\"")));
    }
    Ok((ty, None))
}

fn array((ty, _): (Type, Option<Typmod>), name: &str) -> Resolved {
    if ty.element().is_some() {
        return Ok((ty, None));
    }
    ty.array().map(|ty| (ty, None)).ok_or_else(|| SqlError::unsupported(format_args!("the type {name}[]")))
}

/// `float(53)`
fn float(modifiers: &[i64]) -> Resolved {
    match modifiers {
        [] | [25..=53] => Ok((Type::Float8, None)),
        [1..=24] => Ok((Type::Float4, None)),
        [..1] => Err(SqlError::new("22023", "precision for type float must be at least 1 bit")),
        _ => Err(SqlError::new("22023", "precision for type float must be less than 54 bits")),
    }
}

fn length(modifiers: &[i64], name: &str) -> Result<Option<Typmod>, SqlError> {
    let length = match modifiers {
        [] => return Ok(None),
        [length] => *length,
        _ => return Err(SqlError::new("22023", "invalid type modifier")),
    };
    if length < 1 {
        return Err(SqlError::new("22023", format!("length for type {name} must be at least 1")));
    }
    if length > 10_485_760 {
        return Err(SqlError::new("22023", format!("length for type {name} cannot exceed 10485760")));
    }
    Ok(Some(Typmod::Length(length as u32)))
}

fn numeric(modifiers: &[i64]) -> Result<Option<Typmod>, SqlError> {
    let (precision, scale) = match modifiers {
        [] => return Ok(None),
        [precision] => (*precision, 0),
        [precision, scale] => (*precision, *scale),
        _ => return Err(SqlError::new("22023", "invalid NUMERIC type modifier")),
    };
    if !(1..=1000).contains(&precision) {
        return Err(SqlError::new("22023", format!("NUMERIC precision {precision} must be between 1 and 1000")));
    }
    if !(-1000..=1000).contains(&scale) {
        return Err(SqlError::new("22023", format!("NUMERIC scale {scale} must be between -1000 and 1000")));
    }
    Ok(Some(Typmod::Numeric { precision: precision as u16, scale: scale as i16 }))
}
