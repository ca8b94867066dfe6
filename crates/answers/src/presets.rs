//! The files of two labs' presets, as `build.rs` has found them: each with its name and its text, in the order of the names.

include!(concat!(env!("OUT_DIR"), "/presets.rs"));
