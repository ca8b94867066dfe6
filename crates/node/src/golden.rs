//! What a program did in real Node, kept as text beside it, and the one place where words may differ.
//!
//! A golden is a text file:
//!
//! ```text
//! exit 1
//! --- stdout
//! one
//! --- stderr
//! Error: two
//! ```
//!
//! A line of output that begins with `--- ` or `\` is written with a `\` before it; output that does not end its last
//! line is followed by a line `\ no line end`.

use std::fmt;

/// Exit code and output of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Golden {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

const UNFINISHED: &str = "\\ no line end";

impl Golden {
    /// Reads what [`Golden`]'s `Display` wrote. The error says what is missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut golden = Self::default();
        let mut lines = text.lines();
        let exit = lines.next().and_then(|line| line.strip_prefix("exit ")).ok_or("the first line is `exit CODE`")?;
        golden.exit = exit.parse().map_err(|_| format!("{exit} is no exit code"))?;
        if lines.next() != Some("--- stdout") {
            return Err("the second line is `--- stdout`".into());
        }
        let mut output = &mut golden.stdout;
        for line in lines {
            if line == "--- stderr" {
                output = &mut golden.stderr;
            } else if line == UNFINISHED {
                output.pop();
            } else {
                output.push_str(line.strip_prefix('\\').unwrap_or(line));
                output.push('\n');
            }
        }
        Ok(golden)
    }

    /// The same run without what may differ between two Nodes that agree. This is the whole list:
    ///
    /// - **Stack-trace lines** (`    at load (file.js:3:5)`) go; what the line says after the place (` {`, `,`) joins the
    ///   line before. `Error.stack` is the engine's own text.
    /// - **A place inside Node's own source** (`node:events:497`, the source line, the caret) goes, for the same reason.
    /// - **The program's folder**, `folder`, becomes `<folder>`.
    /// - **The version line** `Node.js v20.1.2` keeps only the major version.
    /// - **The process id** in `(node:1234) Warning` becomes `PID`.
    /// - **The wording of a `TypeError` or `SyntaxError`** at the start of a line of stderr goes: there the engine itself
    ///   speaks. One that carries a Node code (`TypeError [ERR_INVALID_ARG_TYPE]: …`) keeps it.
    pub fn normalised(&self, folder: &str) -> Self {
        let stderr: Vec<String> = normalise(&self.stderr, folder).split('\n').map(without_engine_wording).collect();
        Self { exit: self.exit, stdout: normalise(&self.stdout, folder), stderr: stderr.join("\n") }
    }
}

impl fmt::Display for Golden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit {}", self.exit)?;
        for (name, output) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            writeln!(f, "--- {name}")?;
            for line in output.split_inclusive('\n') {
                let (text, finished) = line.strip_suffix('\n').map_or((line, false), |text| (text, true));
                let escape = if text.starts_with("--- ") || text.starts_with('\\') { "\\" } else { "" };
                writeln!(f, "{escape}{text}")?;
                if !finished {
                    writeln!(f, "{UNFINISHED}")?;
                }
            }
        }
        Ok(())
    }
}

fn normalise(output: &str, folder: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut lines = output.split('\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(rest) = after_stack_frame(line) {
            if let Some(before) = kept.last_mut() {
                before.push_str(rest);
            }
        } else if is_place_in_node(line) {
            // The quoted source line, then the caret below it.
            lines.next();
            lines.next_if(|line| line.trim().chars().all(|c| c == '^'));
        } else {
            kept.push(without_pid(&without_patch_version(line)).replace(folder, "<folder>"));
        }
    }
    kept.join("\n")
}

/// For a line of a stack trace, what follows the place it names; `None` for any other line.
fn after_stack_frame(line: &str) -> Option<&str> {
    let frame = line.strip_prefix("    ")?.trim_start();
    if frame.starts_with("... ") && frame.ends_with(" lines matching cause stack trace ...") {
        return Some("");
    }
    let place = frame.strip_prefix("at ")?;
    if let Some((_, rest)) = place.rsplit_once("(<anonymous>)") {
        return Some(rest);
    }
    // …:LINE:COLUMN, in parentheses or bare
    let end = place.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, rest) = place.split_at(end);
    let before = before.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(':')?;
    let file = before.trim_end_matches(|c: char| c.is_ascii_digit());
    (file.len() < before.len() && file.ends_with(':')).then(|| rest.strip_prefix(')').unwrap_or(rest))
}

/// `node:events:497`
fn is_place_in_node(line: &str) -> bool {
    line.strip_prefix("node:")
        .and_then(|place| place.rsplit_once(':'))
        .is_some_and(|(module, line)| !module.contains(' ') && is_number(line))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Node.js v20.1.2` → `Node.js v20`
fn without_patch_version(line: &str) -> String {
    match line.strip_prefix("Node.js v").and_then(|version| version.split_once('.')) {
        Some((major, rest)) if is_number(major) && rest.bytes().all(|b| b == b'.' || b.is_ascii_digit()) => {
            format!("Node.js v{major}")
        }
        _ => line.to_owned(),
    }
}

/// `(node:1234) Warning: …` → `(node:PID) Warning: …`
fn without_pid(line: &str) -> String {
    match line.strip_prefix("(node:").and_then(|rest| rest.split_once(')')) {
        Some((pid, rest)) if is_number(pid) => format!("(node:PID){rest}"),
        _ => line.to_owned(),
    }
}

/// `TypeError: x is not a function` → `TypeError: <wording>`
fn without_engine_wording(line: &str) -> String {
    for name in ["TypeError", "SyntaxError"] {
        if line.strip_prefix(name).is_some_and(|rest| rest.starts_with(": ")) {
            let open = if line.ends_with(" {") { " {" } else { "" };
            return format!("{name}: <wording>{open}");
        }
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stderr(text: &str) -> String {
        let golden = Golden { stderr: text.into(), ..Golden::default() };
        golden.normalised("/home/ada/app").stderr
    }

    #[test]
    fn a_golden_survives_the_journey_to_disk() {
        for stdout in ["", "a", "a\n", "\n", "--- stderr\n\\ no line end\n\\\\x", "a\n\nb"] {
            let golden = Golden { exit: 7, stdout: stdout.into(), stderr: "e\n".into() };
            assert_eq!(Golden::parse(&golden.to_string()), Ok(golden));
        }
        assert!(Golden::parse("exit one").is_err());
        assert!(Golden::parse("exit 1\nstdout").is_err());
    }

    #[test]
    fn stack_frames_go_and_what_follows_them_stays() {
        assert_eq!(
            stderr("Error: x\n    at f (/home/ada/app/a.js:1:2)\n    at async node:internal/x:5:5 {\n  code: 1\n}\n"),
            "Error: x {\n  code: 1\n}\n"
        );
        assert_eq!(stderr("Error: x\n    at new Promise (<anonymous>)\n"), "Error: x\n");
        assert_eq!(stderr("  Error: x\n      at a.js:1:2,\n  2\n"), "  Error: x,\n  2\n");
        assert_eq!(stderr("Error: x {\n    ... 4 lines matching cause stack trace ...\n"), "Error: x {\n");
    }

    #[test]
    fn a_sentence_that_begins_with_at_is_no_stack_frame() {
        for line in ["    at noon", "at f (a.js:1:2)", "    at 12:30", "    a:1:2"] {
            assert_eq!(stderr(line), line);
        }
    }

    #[test]
    fn a_place_in_nodes_own_source_goes() {
        assert_eq!(stderr("node:events:497\n      throw er;\n      ^\n\nError: x"), "\nError: x");
        assert_eq!(stderr("node:fs exists"), "node:fs exists");
    }

    #[test]
    fn folders_versions_and_process_ids_are_named() {
        assert_eq!(
            stderr("/home/ada/app/a.js:3\nfile:///home/ada/app/a.mjs"),
            "<folder>/a.js:3\nfile://<folder>/a.mjs"
        );
        assert_eq!(stderr("Node.js v20.20.2\n"), "Node.js v20\n");
        assert_eq!(stderr("Node.js v20.x is old"), "Node.js v20.x is old");
        assert_eq!(stderr("(node:4711) Warning: x"), "(node:PID) Warning: x");
    }

    #[test]
    fn the_engine_may_word_its_own_errors() {
        assert_eq!(stderr("TypeError: x is not a function\n"), "TypeError: <wording>\n");
        assert_eq!(stderr("TypeError [ERR_X]: the words of Node\n"), "TypeError [ERR_X]: the words of Node\n");
        assert_eq!(stderr("RangeError: mine\n"), "RangeError: mine\n");
        let golden = Golden { stdout: "TypeError: mine\n".into(), ..Golden::default() };
        assert_eq!(golden.normalised("/x"), golden); // stdout is the program's own
    }
}
