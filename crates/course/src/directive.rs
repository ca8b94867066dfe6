//! What the first line of a fenced block asks for: ```` ```js no-run reason="needs a real Redis" ````.

use crate::Language;

/// A fence that means something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// Code; a reason when it is JavaScript that does not run in place.
    Code {
        language: Language,
        not_run: Option<String>,
    },
    /// What the program above prints.
    Output {
        exit: i32,
    },
    Lab {
        lab: String,
        preset: String,
    },
    /// Questions of the bank, by their ids.
    Quiz,
}

/// Reads the info string of a fence. The error is a sentence.
pub fn read(info: &str) -> Result<Directive, String> {
    let mut words = words(info)?.into_iter();
    let name = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    match name.as_str() {
        "js" => code(Language::Script, &rest),
        "mjs" => code(Language::Module, &rest),
        "javascript" | "cjs" | "node" => Err(format!("write ```js (CommonJS) or ```mjs (ES module), not ```{name}")),
        "output" => output(&rest),
        "lab" => lab(&rest),
        "quiz" if rest.is_empty() => Ok(Directive::Quiz),
        "question" => Err("questions stand in content/quizzes; name them by id, one a line, in ```quiz".into()),
        _ if rest.is_empty() => Ok(Directive::Code { language: Language::Other(name), not_run: None }),
        _ => Err(format!("```{name} takes no settings, but “{}” follows", rest.join(" "))),
    }
}

fn code(language: Language, rest: &[String]) -> Result<Directive, String> {
    let not_run = match rest {
        [] => None,
        [no_run, reason] if no_run == "no-run" => match reason.strip_prefix("reason=") {
            Some(reason) if !reason.trim().is_empty() => Some(reason.to_string()),
            _ => return Err("no-run needs a reason: no-run reason=\"needs a real Redis\"".into()),
        },
        [no_run] if no_run == "no-run" => return Err("no-run needs a reason: no-run reason=\"…\"".into()),
        _ => return Err(format!("the only setting of a program is no-run reason=\"…\", not “{}”", rest.join(" "))),
    };
    Ok(Directive::Code { language, not_run })
}

fn output(rest: &[String]) -> Result<Directive, String> {
    match rest {
        [] => Ok(Directive::Output { exit: 0 }),
        [exit] => exit
            .strip_prefix("exit=")
            .and_then(|code| code.parse().ok())
            .map(|exit| Directive::Output { exit })
            .ok_or_else(|| format!("the only setting of output is its exit code, exit=1, not “{exit}”")),
        _ => Err("the only setting of output is its exit code, exit=1".into()),
    }
}

fn lab(rest: &[String]) -> Result<Directive, String> {
    let wanted = || "name the lab and its preset: ```lab event-loop/queues".to_string();
    let [target] = rest else { return Err(wanted()) };
    match target.split_once('/') {
        Some((lab, preset)) if !lab.is_empty() && !preset.is_empty() => {
            Ok(Directive::Lab { lab: lab.into(), preset: preset.into() })
        }
        _ => Err(wanted()),
    }
}

/// Splits at blanks, except inside double quotes, which are dropped.
fn words(info: &str) -> Result<Vec<String>, String> {
    let mut words = vec![];
    let mut word = String::new();
    let mut quoted = false;
    for c in info.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if quoted {
        return Err(format!("a quotation mark is not closed in “{info}”"));
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_say_what_they_are() {
        assert_eq!(read("js"), Ok(Directive::Code { language: Language::Script, not_run: None }));
        assert_eq!(read("mjs"), Ok(Directive::Code { language: Language::Module, not_run: None }));
        assert_eq!(
            read("js no-run reason=\"needs a real Redis\""),
            Ok(Directive::Code { language: Language::Script, not_run: Some("needs a real Redis".into()) })
        );
        assert_eq!(read("output exit=1"), Ok(Directive::Output { exit: 1 }));
        assert_eq!(
            read("lab event-loop/queues"),
            Ok(Directive::Lab { lab: "event-loop".into(), preset: "queues".into() })
        );
        assert_eq!(read(""), Ok(Directive::Code { language: Language::Other(String::new()), not_run: None }));
    }

    #[test]
    fn a_program_that_does_not_run_says_why() {
        assert!(read("js no-run").is_err());
        assert!(read("js no-run reason=\"\"").is_err());
        assert!(read("js no-run reason=\"open").is_err());
    }

    #[test]
    fn what_a_fence_does_not_know_is_an_error() {
        for info in
            ["js fast", "output exit=soon", "output 1 2", "lab", "lab event-loop", "question", "quiz now", "javascript"]
        {
            assert!(read(info).is_err(), "{info}");
        }
    }
}
