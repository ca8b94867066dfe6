//! What must never be true, according to `ARCHITECTURE.md`, as far as source code can show it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ is a folder of the workspace")
}

fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(args).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes text")
}

/// The workspace's packages.
fn packages() -> Vec<Value> {
    let metadata = cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]);
    let mut metadata: Value = serde_json::from_str(&metadata).expect("cargo metadata is JSON");
    metadata["packages"].take().as_array().expect("a list of packages").clone()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().expect("every package has a name")
}

/// The packages below `crates/`.
fn crates() -> Vec<Value> {
    let folder = root().join("crates");
    let inside =
        |package: &Value| package["manifest_path"].as_str().is_some_and(|path| Path::new(path).starts_with(&folder));
    let crates: Vec<_> = packages().into_iter().filter(inside).collect();
    assert!(crates.len() >= 4, "kernel, node, course and cli are crates");
    crates
}

/// Files below `folder` whose name ends in one of `endings`, with their text.
fn sources(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                found.push((path.strip_prefix(root()).expect("it is below the root").to_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// `file:line: text` for every line of code that holds one of `words`. Comments may name what code may not use.
fn uses(sources: &[(PathBuf, String)], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources {
        for (index, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{}: {}", path.display(), index + 1, line.trim()));
            }
        }
    }
    found
}

const BROWSER: &[&str] = &["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"];

#[test]
fn the_models_need_no_browser() {
    for package in crates() {
        let dependencies = package["dependencies"].as_array().expect("a list of dependencies");
        for dependency in dependencies {
            assert!(!BROWSER.contains(&name(dependency)), "{} depends on {}", name(&package), name(dependency));
        }
        // Nor through others, on the machines where they are tested and fuzzed.
        let tree = cargo(&["tree", "--offline", "--prefix", "none", "--edges", "normal", "--package", name(&package)]);
        for line in tree.lines() {
            let crate_name = line.split_whitespace().next().unwrap_or_default();
            assert!(!BROWSER.contains(&crate_name), "{} depends on {line}", name(&package));
        }
    }
}

#[test]
fn the_page_carries_no_engine() {
    let packages = packages();
    let page = packages.iter().find(|package| name(package) == "interleave").expect("the page is a package");
    let dependencies = page["dependencies"].as_array().expect("a list of dependencies");
    let node = dependencies.iter().find(|dependency| name(dependency) == "interleave-node").expect("it shows Node");
    assert_eq!(node["uses_default_features"], false);
    assert_eq!(node["features"], Value::Array(Vec::new()));
    assert!(!page["features"].as_object().is_some_and(|features| features.contains_key("default")));
}

#[test]
fn a_model_reads_no_clock_and_no_dice() {
    for folder in [
        "crates/kernel/src",
        "crates/node/src",
        "crates/sql/src",
        "crates/protocols/src",
        "crates/traffic/src",
        "crates/queries/src",
        "crates/course/src",
        "crates/answers/src",
    ] {
        let found = uses(
            &sources(folder, &[".rs"]),
            &["Instant::now", "SystemTime", "std::time::Instant", " rand::", "thread_rng", "getrandom", "RandomState"],
        );
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn a_model_keeps_nothing_in_an_order_of_chance() {
    // Iterating a hash map gives another order in every run. Without one there is nothing to iterate.
    for folder in [
        "crates/kernel/src",
        "crates/node/src",
        "crates/sql/src",
        "crates/protocols/src",
        "crates/traffic/src",
        "crates/queries/src",
        "crates/course/src",
        "crates/answers/src",
    ] {
        let found = uses(&sources(folder, &[".rs"]), &["HashMap", "HashSet"]);
        assert!(found.is_empty(), "use a BTreeMap, or a Vec:\n{}", found.join("\n"));
    }
}

/// Whether `text` has `name` where no letter comes before it.
fn begins_a_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| !text[..at].ends_with(char::is_alphabetic))
}

#[test]
fn a_lab_is_known_in_its_folder_and_the_registry_alone() {
    let home = Path::new("src/labs");
    let folders = fs::read_dir(root().join(home)).expect("src/labs is a folder").filter_map(|entry| {
        let entry = entry.expect("a folder can be listed");
        entry.path().is_dir().then(|| entry.file_name().to_string_lossy().into_owned())
    });
    // A folder without a lab is a room that several labs share: it knows what they play with, which has the same names.
    let is_lab = |folder: &String| {
        let text = fs::read_to_string(root().join(home).join(folder).join("mod.rs")).expect("a folder has a mod.rs");
        text.contains("impl Lab for")
    };
    let (labs, shared): (Vec<_>, Vec<_>) = folders.partition(is_lab);
    assert!(labs.len() >= 3, "{labs:?}");
    for lab in &labs {
        let camel: String = lab.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let mut others = sources("src", &[".rs"]);
        others.retain(|(path, _)| {
            !path.starts_with(home.join(lab))
                && !shared.iter().any(|room| path.starts_with(home.join(room)))
                && path != &home.join("mod.rs")
                && path != &home.join("registry.rs")
        });
        for (_, text) in &mut others {
            // Tests may name an example.
            if let Some(tests) = text.find("#[cfg(test)]") {
                text.truncate(tests);
            }
        }
        let mut found = uses(&others, &[lab, &camel]);
        // "Blocking" names no lab.
        found.retain(|line| [lab, &camel].into_iter().any(|name| begins_a_word(line, name)));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn what_a_learner_types_is_never_html() {
    let doors = [
        "from_html_unchecked",
        "set_inner_html",
        "set_outer_html",
        "insert_adjacent_html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "VRaw",
    ];
    let mut sources = sources("src", &[".rs", ".js"]);
    sources.extend(self::sources("static", &[".js"]));
    sources.extend(self::sources("engines", &[".js", ".rs"]));
    // The guide's own text, rendered by the build from files of this repository. No learner reaches it.
    sources.retain(|(path, _)| !path.starts_with("src/pages"));
    let found = uses(&sources, &doors);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_element_carries_a_style() {
    // The site's policy forbids style attributes: the browser would ignore them, and complain.
    let found = uses(&sources("src", &[".rs"]), &["style=\"", "style={", "set_attribute(\"style\""]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
