//! The scenario of a lab that a command names: a file, a preset, or the lab's first one.

use crate::protocol::read;
use anyhow::{Result, bail};
use serde::de::DeserializeOwned;
use std::path::Path;

/// The scenario of a file or a preset; `presets` are all there are, in the lab's order, each with what makes it.
pub fn chosen<S: DeserializeOwned>(
    lab: &str,
    scenario: Option<&Path>,
    preset: Option<&str>,
    presets: &[(&str, impl Fn() -> S)],
) -> Result<S> {
    if let Some(path) = scenario {
        return read(path);
    }
    let named = |name: &str| presets.iter().find(|(id, _)| *id == name);
    match preset.map_or(presets.first(), named) {
        Some((_, make)) => Ok(make()),
        None => {
            let ids: Vec<_> = presets.iter().map(|(id, _)| *id).collect();
            bail!("there is no preset {:.60} of {lab}; there are {}", preset.unwrap_or_default(), ids.join(", "))
        }
    }
}

/// The seed that a command names, if the lab's fit.
pub fn seed(lab: &str, seed: u64) -> Result<u32> {
    let Ok(seed) = u32::try_from(seed) else { bail!("a seed of {lab} is at most {}, not {seed}", u32::MAX) };
    Ok(seed)
}
