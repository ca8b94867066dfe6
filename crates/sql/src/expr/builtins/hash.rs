//! `hashtext` and its relatives: Bob Jenkins's hash, as PostgreSQL seeds it. (`hashfn.c`)

use super::{Answer, int, text, whole};
use crate::value::Value;

pub fn hash_text(args: &[Value]) -> Answer {
    Ok(Value::Int(hash(text(&args[0]).as_bytes()) as i32))
}

pub fn hash_int4(args: &[Value]) -> Answer {
    Ok(Value::Int(hash_word(int(&args[0]) as u32) as i32))
}

/// A bigint that is an integer hashes as the integer does.
pub fn hash_int8(args: &[Value]) -> Answer {
    let number = whole(&args[0]);
    let (low, high) = (number as u32, (number >> 32) as u32);
    Ok(Value::Int(hash_word(low ^ if number >= 0 { high } else { !high }) as i32))
}

const SEED: u32 = 0x9e37_79b9u32.wrapping_add(3_923_095);

fn hash_word(word: u32) -> u32 {
    let start = SEED.wrapping_add(4);
    finish(start.wrapping_add(word), start, start)
}

fn hash(key: &[u8]) -> u32 {
    let start = SEED.wrapping_add(key.len() as u32);
    let [mut a, mut b, mut c] = [start; 3];
    let mut blocks = key.chunks_exact(12);
    for block in &mut blocks {
        let word = |at: usize| u32::from_le_bytes([block[at], block[at + 1], block[at + 2], block[at + 3]]);
        a = a.wrapping_add(word(0));
        b = b.wrapping_add(word(4));
        c = c.wrapping_add(word(8));
        (a, b, c) = mix(a, b, c);
    }
    for (at, byte) in blocks.remainder().iter().enumerate() {
        let byte = u32::from(*byte);
        match at {
            0..4 => a = a.wrapping_add(byte << (8 * at)),
            4..8 => b = b.wrapping_add(byte << (8 * (at - 4))),
            // The lowest byte of c stands for the length.
            _ => c = c.wrapping_add(byte << (8 * (at - 7))),
        }
    }
    finish(a, b, c)
}

fn mix(mut a: u32, mut b: u32, mut c: u32) -> (u32, u32, u32) {
    for [first, second, third] in [[4, 6, 8], [16, 19, 4]] {
        a = a.wrapping_sub(c) ^ c.rotate_left(first);
        c = c.wrapping_add(b);
        b = b.wrapping_sub(a) ^ a.rotate_left(second);
        a = a.wrapping_add(c);
        c = c.wrapping_sub(b) ^ b.rotate_left(third);
        b = b.wrapping_add(a);
    }
    (a, b, c)
}

fn finish(mut a: u32, mut b: u32, mut c: u32) -> u32 {
    c = (c ^ b).wrapping_sub(b.rotate_left(14));
    a = (a ^ c).wrapping_sub(c.rotate_left(11));
    b = (b ^ a).wrapping_sub(a.rotate_left(25));
    c = (c ^ b).wrapping_sub(b.rotate_left(16));
    a = (a ^ c).wrapping_sub(c.rotate_left(4));
    b = (b ^ a).wrapping_sub(a.rotate_left(14));
    (c ^ b).wrapping_sub(b.rotate_left(24))
}
