//! What `anyelement` and its relatives stand for in one call. (`enforce_generic_type_consistency`; manual, 38.2.5 "Polymorphic Types")

use super::resolve::common_type;
use crate::error::SqlError;
use crate::value::Type;
use crate::value::cast::{Context, can_cast};

/// The arguments and the result of a call with every pseudo-type replaced. A literal becomes what the others are.
/// 42804 if they contradict one another, or say nothing.
pub fn concrete(given: &[Type], declared: &[Type], returns: Type) -> Result<(Vec<Type>, Type), SqlError> {
    if !declared.iter().any(|declared| declared.is_polymorphic() || *declared == Type::Any) {
        return Ok((declared.to_vec(), returns));
    }
    let element = element(given, declared)?;
    let compatible = compatible(given, declared)?;
    let replace = |declared: Type, given: Type| -> Result<Type, SqlError> {
        Ok(match declared {
            Type::Any => given,
            Type::AnyElement | Type::AnyNonArray => element.ok_or_else(undetermined)?,
            Type::AnyArray => array_of(element.ok_or_else(undetermined)?)?,
            Type::AnyCompatible => compatible.ok_or_else(undetermined)?,
            Type::AnyCompatibleArray => array_of(compatible.ok_or_else(undetermined)?)?,
            declared => declared,
        })
    };
    let args: Result<Vec<Type>, SqlError> =
        declared.iter().zip(given).map(|(declared, given)| replace(*declared, *given)).collect();
    Ok((args?, replace(returns, returns)?))
}

/// Whether the arguments do not contradict one another. (`check_generic_type_consistency`)
pub fn consistent(given: &[Type], declared: &[Type]) -> bool {
    element(given, declared).is_ok() && compatible(given, declared).is_ok()
}

/// What `anyelement` is: the same everywhere.
fn element(given: &[Type], declared: &[Type]) -> Result<Option<Type>, SqlError> {
    let mut element: Option<Type> = None;
    for (given, declared) in given.iter().zip(declared) {
        let this = match declared {
            Type::AnyArray | Type::AnyElement | Type::AnyNonArray if *given == Type::Unknown => continue,
            Type::AnyArray => {
                let message = || format!("argument declared anyarray is not an array but type {given}");
                given.element().ok_or_else(|| SqlError::new("42804", message()))?
            }
            Type::AnyNonArray if given.is_array() => {
                return Err(SqlError::new("42804", format!("type matched to anynonarray is an array type: {given}")));
            }
            Type::AnyElement | Type::AnyNonArray => *given,
            _ => continue,
        };
        match element {
            Some(other) if other != this => {
                let message = "arguments declared \"anyelement\" are not all alike";
                return Err(SqlError::new("42804", message).detail(format!("{other} versus {this}")));
            }
            _ => element = Some(this),
        }
    }
    Ok(element)
}

/// What `anycompatible` is: what all can become.
fn compatible(given: &[Type], declared: &[Type]) -> Result<Option<Type>, SqlError> {
    let mut types = Vec::new();
    for (given, declared) in given.iter().zip(declared) {
        match declared {
            Type::AnyCompatibleArray if *given == Type::Unknown => types.push(Type::Unknown),
            Type::AnyCompatibleArray => {
                let message = || format!("argument declared anycompatiblearray is not an array but type {given}");
                types.push(given.element().ok_or_else(|| SqlError::new("42804", message()))?);
            }
            Type::AnyCompatible => types.push(*given),
            _ => {}
        }
    }
    if types.is_empty() {
        return Ok(None);
    }
    let common = common_type(&types, "anycompatible").map_err(|(error, _)| error)?;
    // Of one category, and yet one may not become another.
    if !types.iter().all(|ty| can_cast(*ty, common, Context::Implicit)) {
        return Err(SqlError::new("42804", format!("arguments declared \"anycompatible\" cannot all be {common}")));
    }
    Ok(Some(common))
}

fn array_of(element: Type) -> Result<Type, SqlError> {
    element.array().ok_or_else(|| match element.is_array() {
        true => SqlError::new("42704", format!("could not find array type for data type {element}")),
        false => SqlError::unsupported(format!("arrays of type {element} are")),
    })
}

fn undetermined() -> SqlError {
    SqlError::new("42804", "could not determine polymorphic type because input has type unknown")
}
