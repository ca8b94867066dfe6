//! The types this store knows: their names, categories, and room on a page. (PostgreSQL's `pg_type`)

use std::fmt;

/// A type of PostgreSQL's that this store knows. Lengths and scales are [`Typmod`]s beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    Bool,
    Int2,
    Int4,
    Int8,
    /// `real`
    Float4,
    Float8,
    Numeric,
    Text,
    Varchar,
    /// `char(n)`: blank-padded.
    Bpchar,
    Name,
    Date,
    Timestamp,
    TimestampTz,
    Interval,
    Oid,
    Xid,
    /// A transaction's number with its epoch: what `pg_current_xact_id()` returns.
    Xid8,
    /// A row's place: `(0,1)`.
    Tid,
    /// The name of a type: what `pg_typeof` returns.
    Regtype,
    /// A literal whose type nobody has decided yet. A cast *to* it writes a value out as a client would see it.
    Unknown,
    /// What `pg_sleep` returns.
    Void,
    BoolArray,
    Int2Array,
    Int4Array,
    Int8Array,
    Float4Array,
    Float8Array,
    NumericArray,
    TextArray,
    VarcharArray,
    BpcharArray,
    NameArray,
    DateArray,
    TimestampArray,
    TimestampTzArray,
    IntervalArray,
    OidArray,
    XidArray,
    Xid8Array,
    TidArray,
    /// A whole row. The columns are in the value.
    Record,
    /// What a built-in may declare for an argument; no value has one of these. (Manual, 38.2.5 "Polymorphic Types")
    Any,
    AnyArray,
    AnyElement,
    AnyNonArray,
    AnyCompatible,
    AnyCompatibleArray,
}

/// A type modifier: the `10, 2` of `numeric(10, 2)`, the `20` of `varchar(20)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Typmod {
    /// `varchar(n)`, `char(n)`.
    Length(u32),
    Numeric {
        precision: u16,
        scale: i16,
    },
    /// Digits of the seconds of a timestamp: `timestamp(0)`.
    Seconds(u8),
}

/// What kind of thing a type is, when the parser has to choose. (Manual, table 53.65 "`typcategory` Codes")
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Array,
    Boolean,
    DateTime,
    Numeric,
    Pseudo,
    String,
    Timespan,
    User,
    Unknown,
}

impl Type {
    /// Its name as messages show it: `integer`, `timestamp without time zone`. (`format_type`)
    pub fn name(self) -> &'static str {
        match self {
            Type::Bool => "boolean",
            Type::Int2 => "smallint",
            Type::Int4 => "integer",
            Type::Int8 => "bigint",
            Type::Float4 => "real",
            Type::Float8 => "double precision",
            Type::Numeric => "numeric",
            Type::Text => "text",
            Type::Varchar => "character varying",
            Type::Bpchar => "character",
            Type::Name => "name",
            Type::Date => "date",
            Type::Timestamp => "timestamp without time zone",
            Type::TimestampTz => "timestamp with time zone",
            Type::Interval => "interval",
            Type::Oid => "oid",
            Type::Xid => "xid",
            Type::Xid8 => "xid8",
            Type::Tid => "tid",
            Type::Regtype => "regtype",
            Type::Unknown => "unknown",
            Type::Void => "void",
            Type::BoolArray => "boolean[]",
            Type::Int2Array => "smallint[]",
            Type::Int4Array => "integer[]",
            Type::Int8Array => "bigint[]",
            Type::Float4Array => "real[]",
            Type::Float8Array => "double precision[]",
            Type::NumericArray => "numeric[]",
            Type::TextArray => "text[]",
            Type::VarcharArray => "character varying[]",
            Type::BpcharArray => "character[]",
            Type::NameArray => "name[]",
            Type::DateArray => "date[]",
            Type::TimestampArray => "timestamp without time zone[]",
            Type::TimestampTzArray => "timestamp with time zone[]",
            Type::IntervalArray => "interval[]",
            Type::OidArray => "oid[]",
            Type::XidArray => "xid[]",
            Type::Xid8Array => "xid8[]",
            Type::TidArray => "tid[]",
            Type::Record => "record",
            Type::Any => "any",
            Type::AnyArray => "anyarray",
            Type::AnyElement => "anyelement",
            Type::AnyNonArray => "anynonarray",
            Type::AnyCompatible => "anycompatible",
            Type::AnyCompatibleArray => "anycompatiblearray",
        }
    }

    /// The type of that name, which is folded to lower case and stripped of its modifier: `int`, `int4`, `character varying`,
    /// `integer[]`. `None` for a type this store has not got.
    pub fn parse(name: &str) -> Option<Type> {
        let name = name.trim();
        if let Some(element) = name.strip_suffix("[]") {
            return Type::parse(element)?.array();
        }
        let name = name.strip_prefix("pg_catalog.").unwrap_or(name);
        Some(match name {
            "bool" | "boolean" => Type::Bool,
            "smallint" | "int2" => Type::Int2,
            "int" | "integer" | "int4" => Type::Int4,
            "bigint" | "int8" => Type::Int8,
            "real" | "float4" => Type::Float4,
            "double precision" | "float8" | "float" => Type::Float8,
            "numeric" | "decimal" | "dec" => Type::Numeric,
            "text" => Type::Text,
            "varchar" | "character varying" | "char varying" => Type::Varchar,
            "bpchar" | "char" | "character" => Type::Bpchar,
            "name" => Type::Name,
            "date" => Type::Date,
            "timestamp" | "timestamp without time zone" => Type::Timestamp,
            "timestamptz" | "timestamp with time zone" => Type::TimestampTz,
            "interval" => Type::Interval,
            "oid" => Type::Oid,
            "xid" => Type::Xid,
            "xid8" => Type::Xid8,
            "tid" => Type::Tid,
            "regtype" => Type::Regtype,
            "unknown" => Type::Unknown,
            "void" => Type::Void,
            "record" => Type::Record,
            _ => return Type::parse(name.strip_prefix('_')?)?.array(),
        })
    }

    /// Its name with a modifier: `character varying(20)`, `numeric(10,2)`, `timestamp(0) without time zone`.
    pub fn name_with(self, typmod: Option<Typmod>) -> String {
        match (self, typmod) {
            (_, None) => self.name().to_string(),
            (_, Some(Typmod::Length(length))) => format!("{}({length})", self.name()),
            (_, Some(Typmod::Numeric { precision, scale })) => format!("{}({precision},{scale})", self.name()),
            (Type::Timestamp, Some(Typmod::Seconds(digits))) => format!("timestamp({digits}) without time zone"),
            (Type::TimestampTz, Some(Typmod::Seconds(digits))) => format!("timestamp({digits}) with time zone"),
            (_, Some(Typmod::Seconds(digits))) => format!("{}({digits})", self.name()),
        }
    }

    /// The array of this type, if this store has one. A literal's is one of text.
    pub fn array(self) -> Option<Type> {
        if self == Type::Unknown {
            return Some(Type::TextArray);
        }
        ARRAYS.iter().find(|(element, _)| *element == self).map(|(_, array)| *array)
    }

    /// What an array is an array of.
    pub fn element(self) -> Option<Type> {
        ARRAYS.iter().find(|(_, array)| *array == self).map(|(element, _)| *element)
    }

    pub fn is_array(self) -> bool {
        self.element().is_some()
    }

    /// Its category.
    pub fn category(self) -> Category {
        match self {
            Type::Bool => Category::Boolean,
            Type::Int2 | Type::Int4 | Type::Int8 | Type::Float4 | Type::Float8 | Type::Numeric => Category::Numeric,
            Type::Oid => Category::Numeric,
            Type::Text | Type::Varchar | Type::Bpchar | Type::Name => Category::String,
            Type::Date | Type::Timestamp | Type::TimestampTz => Category::DateTime,
            Type::Interval => Category::Timespan,
            Type::Xid | Type::Xid8 | Type::Tid | Type::Regtype => Category::User,
            Type::Unknown => Category::Unknown,
            array if array.is_array() => Category::Array,
            _ => Category::Pseudo,
        }
    }

    /// Whether it is the one its category prefers. (`typispreferred`)
    pub fn is_preferred(self) -> bool {
        matches!(self, Type::Bool | Type::Float8 | Type::Oid | Type::Text | Type::TimestampTz | Type::Interval)
    }

    /// Whether psql aligns a column of this type to the right. (`column_type_alignment` in psql's `print.c`)
    pub fn psql_right(self) -> bool {
        matches!(
            self,
            Type::Int2
                | Type::Int4
                | Type::Int8
                | Type::Float4
                | Type::Float8
                | Type::Numeric
                | Type::Oid
                | Type::Xid
                | Type::Xid8
        )
    }

    /// A pseudo-type that stands for others.
    pub fn is_polymorphic(self) -> bool {
        matches!(
            self,
            Type::AnyArray | Type::AnyElement | Type::AnyNonArray | Type::AnyCompatible | Type::AnyCompatibleArray
        )
    }
}

/// Each type and the array of it.
const ARRAYS: [(Type, Type); 19] = [
    (Type::Bool, Type::BoolArray),
    (Type::Int2, Type::Int2Array),
    (Type::Int4, Type::Int4Array),
    (Type::Int8, Type::Int8Array),
    (Type::Float4, Type::Float4Array),
    (Type::Float8, Type::Float8Array),
    (Type::Numeric, Type::NumericArray),
    (Type::Text, Type::TextArray),
    (Type::Varchar, Type::VarcharArray),
    (Type::Bpchar, Type::BpcharArray),
    (Type::Name, Type::NameArray),
    (Type::Date, Type::DateArray),
    (Type::Timestamp, Type::TimestampArray),
    (Type::TimestampTz, Type::TimestampTzArray),
    (Type::Interval, Type::IntervalArray),
    (Type::Oid, Type::OidArray),
    (Type::Xid, Type::XidArray),
    (Type::Xid8, Type::Xid8Array),
    (Type::Tid, Type::TidArray),
];

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
