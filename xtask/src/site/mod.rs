//! Makes a site of what Trunk built: `cargo xtask finish`, Trunk's post-build hook.
//!
//! Trunk leaves the app, the workers and one empty page in a staging folder and tells us where in its environment.
//! We shrink the Wasm, name each worker after its content, bundle the editor, render every page into the empty one, and
//! (in a release) write the service worker.

mod bundle;
mod engine;
mod hash;
mod offline;
mod optimise;
mod pages;

use crate::workspace;
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::path::PathBuf;

/// The variable that says where the site will be served (`https://host`), for the sitemap.
pub const ORIGIN: &str = "INTERLEAVE_ORIGIN";

/// A build that Trunk has done, as its hook's environment tells it.
struct Build {
    /// The folder with what will become `dist/`.
    staging: PathBuf,
    /// The path under which it will be served: `/`, or `/some/sub/path/`.
    public_url: String,
    /// `https://host`, without a slash at its end.
    origin: String,
    release: bool,
}

impl Build {
    fn from_environment() -> Result<Self> {
        let staging = env::var_os("TRUNK_STAGING_DIR")
            .context("`cargo xtask finish` is called by Trunk: run `cargo xtask build`")?;
        Ok(Self {
            staging: staging.into(),
            public_url: env::var("TRUNK_PUBLIC_URL").unwrap_or_else(|_| "/".into()),
            origin: env::var(ORIGIN).unwrap_or_else(|_| "http://localhost".into()).trim_end_matches('/').to_owned(),
            release: env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release"),
        })
    }
}

/// Finishes the build that Trunk describes in the environment.
pub fn finish() -> Result<()> {
    let build = Build::from_environment()?;
    if build.release {
        for file in workspace::files(&build.staging)? {
            let path = build.staging.join(&file);
            match file.rsplit_once('.') {
                Some((_, "wasm")) => optimise::wasm(&path)?,
                Some((_, "js")) => bundle::minify(&path)?,
                _ => {}
            }
        }
    }
    let shell = fs::read_to_string(build.staging.join("index.html")).context("Trunk left no index.html")?;
    let shell = pages::Shell {
        html: shell,
        engines: engine::name_by_content(&build.staging, engine::Folder::Engines)?,
        apps: engine::name_by_content(&build.staging, engine::Folder::Apps)?,
        editor: bundle::editor(&build.staging, build.release)?,
    };
    pages::render(&build, &shell)?;
    if build.release {
        offline::service_worker(&build.staging)?;
    }
    Ok(())
}
