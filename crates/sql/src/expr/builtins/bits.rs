//! `& | # ~ << >>` of whole numbers.

use super::{Answer, int, whole};
use crate::value::Value;

macro_rules! bitwise {
    ($($medium:ident $large:ident $operation:tt;)*) => { $(
        pub fn $medium(args: &[Value]) -> Answer {
            Ok(Value::Int(int(&args[0]) $operation int(&args[1])))
        }

        pub fn $large(args: &[Value]) -> Answer {
            Ok(Value::BigInt(whole(&args[0]) $operation whole(&args[1])))
        }
    )* };
}

bitwise! {
    and4 and8 &;
    or4 or8 |;
    xor4 xor8 ^;
}

pub fn not4(args: &[Value]) -> Answer {
    Ok(Value::Int(!int(&args[0])))
}

pub fn not8(args: &[Value]) -> Answer {
    Ok(Value::BigInt(!whole(&args[0])))
}

/// As the machine shifts: by the lowest bits of the count.
pub fn left2(args: &[Value]) -> Answer {
    Ok(Value::Int(i32::from(int(&args[0]).wrapping_shl(int(&args[1]) as u32) as i16)))
}

pub fn left4(args: &[Value]) -> Answer {
    Ok(Value::Int(int(&args[0]).wrapping_shl(int(&args[1]) as u32)))
}

pub fn left8(args: &[Value]) -> Answer {
    Ok(Value::BigInt(whole(&args[0]).wrapping_shl(int(&args[1]) as u32)))
}

pub fn right4(args: &[Value]) -> Answer {
    Ok(Value::Int(int(&args[0]).wrapping_shr(int(&args[1]) as u32)))
}

pub fn right8(args: &[Value]) -> Answer {
    Ok(Value::BigInt(whole(&args[0]).wrapping_shr(int(&args[1]) as u32)))
}
