use interleave_node::Mount;
use std::fs;
use std::path::PathBuf;

/// More entries than this are not listed.
const ENTRIES: usize = 20_000;

/// A directory of this machine, for reading.
pub struct Directory {
    root: PathBuf,
}

impl Directory {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }
}

impl Mount for Directory {
    fn list(&self) -> Vec<(String, bool, u64)> {
        let mut found = vec![(self.root.to_string_lossy().into_owned(), true, 0)];
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            // A folder that may not be read is empty for the program, too.
            let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
                let Some(name) = path.to_str().map(str::to_owned) else { continue };
                if found.len() >= ENTRIES {
                    return found;
                }
                // Links are not followed: they may lead in circles.
                if kind.is_dir() && entry.file_name() != ".git" {
                    found.push((name, true, 0));
                    folders.push(path);
                } else if kind.is_file() {
                    found.push((name, false, entry.metadata().map_or(0, |metadata| metadata.len())));
                }
            }
        }
        found
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = fs::canonicalize(path).ok()?;
        path.starts_with(&self.root).then(|| fs::read(path).ok())?
    }
}
