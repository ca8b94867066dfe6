//! Types as clients know them: by number, length and modifier. (`pg_type.dat`)

use crate::value::{Type, Typmod};

/// Each type's number, and that of the array of it; its length, which is negative for one that varies.
const TYPES: &[(Type, u32, u32, i16)] = &[
    (Type::Bool, 16, 1000, 1),
    (Type::Name, 19, 1003, 64),
    (Type::Int8, 20, 1016, 8),
    (Type::Int2, 21, 1005, 2),
    (Type::Int4, 23, 1007, 4),
    (Type::Text, 25, 1009, -1),
    (Type::Oid, 26, 1028, 4),
    (Type::Tid, 27, 1010, 6),
    (Type::Xid, 28, 1011, 4),
    (Type::Float4, 700, 1021, 4),
    (Type::Float8, 701, 1022, 8),
    (Type::Bpchar, 1042, 1014, -1),
    (Type::Varchar, 1043, 1015, -1),
    (Type::Date, 1082, 1182, 4),
    (Type::Timestamp, 1114, 1115, 8),
    (Type::TimestampTz, 1184, 1185, 8),
    (Type::Interval, 1186, 1187, 16),
    (Type::Numeric, 1700, 1231, -1),
    (Type::Regtype, 2206, 2211, 4),
    (Type::Record, 2249, 2287, -1),
    (Type::Void, 2278, 0, 4),
    (Type::Xid8, 5069, 271, 8),
];

const TEXT: u32 = 25;

/// A type's number and length.
pub fn describe(ty: Type) -> (u32, i16) {
    if let Some(element) = ty.element() {
        let array = TYPES.iter().find(|(known, ..)| *known == element).map_or(0, |(_, _, array, _)| *array);
        return (array, -1);
    }
    // A literal that nobody gave a type is text to a client.
    TYPES.iter().find(|(known, ..)| *known == ty).map_or((TEXT, -1), |(_, oid, _, length)| (*oid, *length))
}

/// The type of a number. Zero, and a number of none that is known here, is one to be found out.
pub fn of(oid: u32) -> Type {
    let plain = TYPES.iter().find(|(_, known, ..)| *known == oid).map(|(ty, ..)| *ty);
    let array = || TYPES.iter().find(|(_, _, array, _)| oid > 0 && *array == oid).and_then(|(ty, ..)| ty.array());
    plain.or_else(array).unwrap_or(Type::Unknown)
}

/// A modifier as it is sent: −1 for none. (`atttypmod`)
pub fn modifier(typmod: Option<Typmod>) -> i32 {
    const HEADER: i32 = 4;
    match typmod {
        None => -1,
        Some(Typmod::Length(length)) => length as i32 + HEADER,
        Some(Typmod::Numeric { precision, scale }) => {
            ((i32::from(precision) << 16) | (i32::from(scale) & 0x7ff)) + HEADER
        }
        Some(Typmod::Seconds(digits)) => i32::from(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_types_are_each_others() {
        for (ty, oid, array, length) in TYPES {
            assert_eq!((describe(*ty), of(*oid)), ((*oid, *length), *ty));
            if let Some(many) = ty.array() {
                assert_eq!((describe(many), of(*array)), ((*array, -1), many));
            }
        }
        assert_eq!((describe(Type::Unknown).0, of(0)), (25, Type::Unknown));
    }

    #[test]
    fn modifiers_are_those_of_the_catalog() {
        assert_eq!(modifier(Some(Typmod::Length(20))), 24);
        assert_eq!(modifier(Some(Typmod::Numeric { precision: 10, scale: 2 })), 655_366);
        assert_eq!(modifier(None), -1);
    }
}
