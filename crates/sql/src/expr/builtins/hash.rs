//! `hashtext` and its relatives.

use super::Answer;
use crate::value::{Value, hash};

pub fn hash_value(args: &[Value]) -> Answer {
    Ok(Value::Int(hash(&args[0]) as i32))
}
