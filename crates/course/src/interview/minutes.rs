//! A conversation written down, as Markdown.

use super::Interview;
use super::conversation::{Compared, Conversation};
use std::fmt::Write;

impl Conversation {
    /// All of it: what was asked and said, what was ticked, the verdict, and what to study. `site` is put before addresses.
    pub fn minutes(&self, interview: &Interview, site: &str) -> String {
        let mut text = format!("# {}\n\nMock interview, {}, {}.\n", interview.title, self.role, self.level.name());
        let verdict = self.verdict(interview);
        let _ = write!(
            text,
            "\n**Verdict: {}** ({:.0} % of what is good to hear).",
            verdict.band.name(),
            verdict.share * 100.0
        );
        for bound in &verdict.bounds {
            let _ = write!(text, " Bounded, because {bound}.");
        }
        let _ = write!(text, "\n\n## Situation\n\n{}\n", interview.situation.trim());
        for (stage, heard) in self.stages(interview) {
            let _ = write!(text, "\n## {}\n\n{}\n", stage.title, quoted(&stage.asks));
            said(&mut text, &heard.said);
            text.push('\n');
            for point in &stage.good {
                tick(&mut text, heard.good.contains(&point.id), &point.text);
            }
            for (at, flag) in stage.red_flags.iter().enumerate().filter(|(at, _)| heard.red_flags.contains(at)) {
                let _ = (at, writeln!(text, "- **Red flag:** {} {}", flag.text, flag.reason));
            }
            for followed in &heard.follow_ups {
                let Some(follow) = stage.follow.get(followed.index) else { continue };
                let _ = write!(text, "\n{}\n", quoted(&follow.asks));
                said(&mut text, &followed.said);
                let compared = match followed.compared {
                    Some(Compared::All) => "All of it was there.",
                    Some(Compared::Part) => "Part of it was there.",
                    Some(Compared::Nothing) => "It was not there.",
                    None => "Not compared.",
                };
                let _ = write!(text, "\n{compared} Good to hear: {}\n", one_line(&follow.answer));
            }
        }
        if !verdict.missing.is_empty() {
            text.push_str("\n## What to study next\n\n");
            for point in &verdict.missing {
                let _ = match &*point.study {
                    "" => writeln!(text, "- {}", point.text),
                    study => writeln!(text, "- {} <{site}{study}>", point.text),
                };
            }
        }
        text
    }
}

fn said(text: &mut String, said: &str) {
    let _ = match said.trim() {
        "" => writeln!(text, "\n*Answered aloud.*"),
        said => writeln!(text, "\n{said}"),
    };
}

fn tick(text: &mut String, ticked: bool, point: &str) {
    let _ = writeln!(text, "- [{}] {point}", if ticked { 'x' } else { ' ' });
}

/// As a quotation: each line after `>`.
fn quoted(text: &str) -> String {
    text.trim().lines().map(|line| format!("> {line}").trim_end().to_string()).collect::<Vec<_>>().join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
