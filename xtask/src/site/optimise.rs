//! Binaryen's `wasm-opt`, from npm: the distributions' older ones refuse what today's Rust emits.

use super::hash::ContentHash;
use crate::{child, workspace};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What makes the *compressed* file smallest: little. What `-O1` and above do to code that rustc has optimised already makes the
/// raw file smaller and the compressed one larger. (The engine, after brotli: 976,451 bytes with these passes, 989,530
/// with `-O1`. Taking away sets of locals that change nothing, `--rse`, spares 2,259 of 948,412.)
/// The features are those that rustc emits by default: with `--all-features` browsers refuse the result.
const FLAGS: &[&str] = &[
    "--dce",
    "--duplicate-function-elimination",
    "--dae-optimizing",
    "--reorder-functions",
    "--reorder-locals",
    "--rse",
    "--vacuum",
    "--strip-debug",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimises a module in place. The result is kept, because a large module takes a minute.
pub fn wasm(module: &Path) -> Result<()> {
    let kept = workspace::target().join("wasm-opt");
    fs::create_dir_all(&kept)?;
    let input = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let kept = kept.join(format!("{}.wasm", ContentHash::of(&input).and(FLAGS.concat().as_bytes())));
    if !kept.is_file() {
        // Two builds may want the same module at once.
        let scratch = kept.with_extension(format!("{}.part", std::process::id()));
        let mut wasm_opt = child::command("node");
        wasm_opt.arg("node_modules/binaryen/bin/wasm-opt").arg(module).args(FLAGS).arg("-o").arg(&scratch);
        child::run(&mut wasm_opt).with_context(|| format!("{} could not be optimised", module.display()))?;
        fs::rename(&scratch, &kept).with_context(|| format!("cannot keep {}", kept.display()))?;
    }
    fs::copy(&kept, module).with_context(|| format!("cannot replace {}", module.display()))?;
    Ok(())
}
