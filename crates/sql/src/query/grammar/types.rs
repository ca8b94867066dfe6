//! The names of types.

use super::Grammar;
use crate::error::SqlError;
use crate::value::{Type, Typmod};
use sqlparser::ast::{ArrayElemTypeDef, CharacterLength, DataType, ExactNumberInfo, TimezoneInfo};

impl Grammar {
    pub(super) fn data_type(&mut self) -> Result<(Type, Option<Typmod>), SqlError> {
        let position = self.here();
        if !matches!(self.parser.peek_token_ref().token, sqlparser::tokenizer::Token::Word(_)) {
            return Err(self.unexpected());
        }
        let data_type = self.parser.parse_data_type().map_err(|error| self.failed(error))?;
        resolve_type(&data_type).map_err(|error| error.at(position))
    }
}

/// The type a name stands for. Lengths and scales are checked.
pub fn resolve_type(data_type: &DataType) -> Result<(Type, Option<Typmod>), SqlError> {
    let plain = |ty| Ok((ty, None));
    match data_type {
        DataType::Boolean | DataType::Bool => plain(Type::Bool),
        DataType::SmallInt(None) | DataType::Int2(None) => plain(Type::Int2),
        DataType::Int(None) | DataType::Int4(None) | DataType::Integer(None) => plain(Type::Int4),
        DataType::BigInt(None) | DataType::Int8(None) => plain(Type::Int8),
        DataType::DoublePrecision | DataType::Float8 => plain(Type::Float8),
        DataType::Float(ExactNumberInfo::None) => plain(Type::Float8),
        DataType::Float(ExactNumberInfo::Precision(25..=53)) => plain(Type::Float8),
        DataType::Numeric(info) | DataType::Decimal(info) | DataType::Dec(info) => Ok((Type::Numeric, numeric(info)?)),
        DataType::Text => plain(Type::Text),
        DataType::Varchar(length) | DataType::CharacterVarying(length) | DataType::CharVarying(length) => {
            Ok((Type::Varchar, self::length(length, "varchar")?))
        }
        DataType::Char(length) | DataType::Character(length) => {
            Ok((Type::Bpchar, Some(self::length(length, "char")?.unwrap_or(Typmod::Length(1)))))
        }
        DataType::Date => plain(Type::Date),
        DataType::Timestamp(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => plain(Type::Timestamp),
        DataType::Timestamp(_, TimezoneInfo::Tz | TimezoneInfo::WithTimeZone) => plain(Type::TimestampTz),
        DataType::Interval { .. } => plain(Type::Interval),
        DataType::Array(ArrayElemTypeDef::SquareBracket(element, _)) => match resolve_type(element)?.0 {
            Type::Bool => plain(Type::BoolArray),
            Type::Int4 => plain(Type::Int4Array),
            Type::Int8 => plain(Type::Int8Array),
            Type::Numeric => plain(Type::NumericArray),
            Type::Text => plain(Type::TextArray),
            ty @ (Type::BoolArray | Type::Int4Array | Type::Int8Array | Type::NumericArray | Type::TextArray) => {
                plain(ty)
            }
            _ => Err(unknown(data_type)),
        },
        DataType::Custom(name, modifiers) => custom(name, modifiers),
        _ => Err(unknown(data_type)),
    }
}

fn custom(name: &sqlparser::ast::ObjectName, modifiers: &[String]) -> Result<(Type, Option<Typmod>), SqlError> {
    let mut parts: Vec<_> = name
        .0
        .iter()
        .filter_map(|part| part.as_ident())
        .map(|part| super::fold(&part.value, part.quote_style))
        .collect();
    if parts.len() == 2 && &*parts[0] == "pg_catalog" {
        parts.remove(0);
    }
    let full = parts.join(".");
    let ty = match full.as_str() {
        "oid" => Type::Oid,
        "xid" => Type::Xid,
        "tid" => Type::Tid,
        "name" => Type::Name,
        "int2" => Type::Int2,
        "int4" => Type::Int4,
        "int8" => Type::Int8,
        "float8" => Type::Float8,
        "bool" => Type::Bool,
        "text" => Type::Text,
        "varchar" => Type::Varchar,
        "bpchar" => Type::Bpchar,
        "numeric" => Type::Numeric,
        "date" => Type::Date,
        "timestamp" => Type::Timestamp,
        "timestamptz" => Type::TimestampTz,
        "interval" => Type::Interval,
        "xid8" | "cid" | "json" | "jsonb" | "uuid" | "bytea" | "money" | "inet" | "cidr" | "macaddr" | "point"
        | "int4range" | "int8range" | "numrange" | "tsrange" | "daterange" | "regclass" | "regproc" | "float4"
        | "time" | "timetz" | "pg_lsn" | "tsvector" | "tsquery" | "xml" | "box" | "circle" | "polygon" | "path"
        | "line" | "lseg" => {
            return Err(SqlError::unsupported(format_args!("the type {full}")));
        }
        _ => return Err(SqlError::new("42704", format!("type \"{full}\" does not exist"))),
    };
    match (ty, modifiers) {
        (_, []) => Ok((ty, None)),
        (Type::Varchar | Type::Bpchar, [length]) => {
            let length = length.parse().map_err(|_| SqlError::new("22023", "length for type must be at least 1"))?;
            Ok((ty, Some(Typmod::Length(length))))
        }
        _ => Err(SqlError::unsupported(format_args!("a modifier of the type {full}"))),
    }
}

fn unknown(data_type: &DataType) -> SqlError {
    SqlError::unsupported(format_args!("the type {}", data_type.to_string().to_lowercase()))
}

fn length(length: &Option<CharacterLength>, name: &str) -> Result<Option<Typmod>, SqlError> {
    let Some(CharacterLength::IntegerLength { length, .. }) = length else { return Ok(None) };
    if *length == 0 {
        return Err(SqlError::new("22023", format!("length for type {name} must be at least 1")));
    }
    if *length > 10_485_760 {
        return Err(SqlError::new("22023", format!("length for type {name} cannot exceed 10485760")));
    }
    Ok(Some(Typmod::Length(*length as u32)))
}

fn numeric(info: &ExactNumberInfo) -> Result<Option<Typmod>, SqlError> {
    let (precision, scale) = match info {
        ExactNumberInfo::None => return Ok(None),
        ExactNumberInfo::Precision(precision) => (*precision, 0),
        ExactNumberInfo::PrecisionAndScale(precision, scale) => (*precision, *scale),
    };
    if !(1..=1000).contains(&precision) {
        return Err(SqlError::new("22023", format!("NUMERIC precision {precision} must be between 1 and 1000")));
    }
    if !(-1000..=1000).contains(&scale) {
        return Err(SqlError::new("22023", format!("NUMERIC scale {scale} must be between -1000 and 1000")));
    }
    Ok(Some(Typmod::Numeric { precision: precision as u16, scale: scale as i16 }))
}
