//! What PostgreSQL's hash functions make of values. They decide in which order a hash table hands up its groups.
//! (`hashfn.c`, after Jenkins' `lookup3.c`; `hashfunc.c`, `numeric.c`)

use super::{Numeric, Value};

/// The hash of a value that is not null. Values that are equal have equal hashes, whatever scale or blanks they are shown with.
pub fn hash(value: &Value) -> u32 {
    match value {
        Value::Null | Value::Void => 0,
        Value::Bool(value) => word(u32::from(*value)),
        Value::Int(value) | Value::Date(value) => word(*value as u32),
        Value::BigInt(value) | Value::Timestamp(value) => long(*value),
        Value::Float(value) if *value == 0.0 => 0,
        Value::Float(value) if value.is_nan() => bytes(&f64::NAN.to_le_bytes()),
        Value::Float(value) => bytes(&value.to_le_bytes()),
        Value::Numeric(value) => numeric(value),
        Value::Text(text) => bytes(text.as_bytes()),
        Value::Bpchar(text) => bytes(text.trim_end_matches(' ').as_bytes()),
        Value::Interval { months, days, micros } => {
            let days = i64::from(*months) * 30 + i64::from(*days);
            long(days.wrapping_mul(86_400_000_000).wrapping_add(*micros))
        }
        Value::Tid(page, slot) => {
            let [high, low] = [(page >> 16) as u16, *page as u16];
            bytes(&[high, low, *slot].map(u16::to_le_bytes).concat())
        }
        Value::Oid(value) => word(*value),
        Value::Array(items) => {
            items.iter().fold(1, |sum: u32, item| (sum << 5).wrapping_sub(sum).wrapping_add(hash(item)))
        }
        Value::Record(items) => {
            items.iter().fold(0, |sum: u32, item| (sum << 5).wrapping_sub(sum).wrapping_add(hash(item)))
        }
    }
}

/// A bigint that is a small number has the hash of the integer. (`hashint8`)
fn long(value: i64) -> u32 {
    let (low, high) = (value as u32, (value >> 32) as u32);
    word(low ^ if value >= 0 { high } else { !high })
}

/// (`hash_bytes_uint32`)
fn word(value: u32) -> u32 {
    let start = start(4);
    last([start.wrapping_add(value), start, start])
}

fn start(length: usize) -> u32 {
    0x9e37_79b9u32.wrapping_add(length as u32).wrapping_add(3_923_095)
}

/// (`hash_bytes`)
fn bytes(bytes: &[u8]) -> u32 {
    let mut state = [start(bytes.len()); 3];
    let mut chunks = bytes.chunks_exact(12);
    for chunk in &mut chunks {
        add(&mut state, chunk.try_into().expect("a chunk has twelve bytes"));
        mix(&mut state);
    }
    // The lowest byte of the last word is kept for the length, which was added at the start.
    let rest = chunks.remainder();
    let mut padded = [0; 12];
    let whole = rest.len().min(8);
    padded[..whole].copy_from_slice(&rest[..whole]);
    padded[9..9 + rest.len() - whole].copy_from_slice(&rest[whole..]);
    add(&mut state, padded);
    last(state)
}

fn add(state: &mut [u32; 3], bytes: [u8; 12]) {
    for (word, bytes) in state.iter_mut().zip(bytes.chunks_exact(4)) {
        *word = word.wrapping_add(u32::from_le_bytes(bytes.try_into().expect("a word has four bytes")));
    }
}

fn mix([a, b, c]: &mut [u32; 3]) {
    let step = |x: &mut u32, y: &mut u32, z: u32, by: u32| {
        *x = x.wrapping_sub(*y) ^ y.rotate_left(by);
        *y = y.wrapping_add(z);
    };
    step(a, c, *b, 4);
    step(b, a, *c, 6);
    step(c, b, *a, 8);
    step(a, c, *b, 16);
    step(b, a, *c, 19);
    step(c, b, *a, 4);
}

fn last([mut a, mut b, mut c]: [u32; 3]) -> u32 {
    let step = |x: &mut u32, y: u32, by: u32| *x = (*x ^ y).wrapping_sub(y.rotate_left(by));
    step(&mut c, b, 14);
    step(&mut a, c, 11);
    step(&mut b, a, 25);
    step(&mut c, b, 16);
    step(&mut a, c, 4);
    step(&mut b, a, 14);
    step(&mut c, b, 24);
    c
}

/// Of the digits of base 10,000, without the zeros at both ends. (`hash_numeric`)
fn numeric(value: &Numeric) -> u32 {
    if value.is_nan() || value.is_infinite() {
        return 0;
    }
    let Some((weight, digits)) = value.base_10_000() else { return u32::MAX };
    let digits: Vec<u8> = digits.iter().flat_map(|digit| digit.to_le_bytes()).collect();
    bytes(&digits) ^ weight as u32
}
