//! Bounds an engine's memory, so that what builds endless strings or rows ends in a quick trap instead of a slow machine.

fn main() {
    println!("cargo:rerun-if-changed=../build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg-bins=--max-memory=268435456");
    }
}
