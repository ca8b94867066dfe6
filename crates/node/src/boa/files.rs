//! The read-only tree a process starts with.

use crate::Scenario;
use std::collections::BTreeMap;

/// A directory of the real machine, for the command line. Paths are absolute.
pub trait Mount {
    /// Everything in it: path, whether it is a directory, size in bytes.
    fn list(&self) -> Vec<(String, bool, u64)>;
    /// A file's bytes.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// The program's own files and, where there is one, a mounted directory.
#[derive(Default)]
pub struct Files {
    own: BTreeMap<String, Vec<u8>>,
    mount: Option<std::rc::Rc<dyn Mount>>,
}

impl Files {
    pub fn new(scenario: &Scenario, main: &str, mount: Option<std::rc::Rc<dyn Mount>>) -> Self {
        let folder = folder_of(main);
        let mut own: BTreeMap<_, _> = scenario
            .files
            .iter()
            .map(|(path, text)| (format!("{folder}/{}", path.trim_start_matches("./")), text.clone().into_bytes()))
            .collect();
        own.insert(main.to_owned(), scenario.program.clone().into_bytes());
        Self { own, mount }
    }

    /// A file's bytes.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.own.get(path).cloned().or_else(|| self.mount.as_ref()?.read(path))
    }

    /// Path, whether it is a directory, size in bytes; the program's own files last, so that they win.
    pub fn list(&self) -> Vec<(String, bool, u64)> {
        let mut all = self.mount.as_ref().map(|mount| mount.list()).unwrap_or_default();
        all.extend(self.own.iter().map(|(path, bytes)| (path.clone(), false, bytes.len() as u64)));
        all
    }
}

/// The folder a file is in; `""` for the root.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
