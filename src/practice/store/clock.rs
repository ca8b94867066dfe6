//! The learner's clock, and chance. The only place where practising asks for them.

use interleave_course::memory::Moment;

/// Now, in milliseconds since 1970.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Now, with the learner's offset from UTC.
pub fn moment() -> Moment {
    let date = js_sys::Date::new_0();
    Moment { at: date.get_time() as i64, offset: -(date.get_timezone_offset() as i32) }
}

/// A number drawn by chance.
pub fn chance() -> u32 {
    (js_sys::Math::random() * (f64::from(u32::MAX) + 1.0)) as u32
}
