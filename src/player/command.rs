//! What one can tell a player, by button or by key.

use interleave_kernel::{Mark, Scene, Tape};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    First,
    Back,
    /// Plays, or pauses.
    Play,
    Forward,
    /// Forward over a whole unit: to where the next callback begins or this one ends.
    Over,
    /// Forward to the next section: a phase of the loop.
    Section,
    BackOver,
    BackSection,
    Last,
    /// Asks what comes next.
    Predict,
    /// Lists the keys.
    Keys,
}

impl Command {
    /// The frame this command leads to from frame `at`; `None` for a command that is no move.
    pub fn target<S: Scene>(self, tape: &Tape<S>, at: usize) -> Option<usize> {
        let last = tape.len().saturating_sub(1);
        match self {
            Command::First => Some(0),
            Command::Back => Some(at.saturating_sub(1)),
            Command::Forward => Some((at + 1).min(last)),
            Command::Over => Some(tape.next_mark(at, Mark::Unit)),
            Command::Section => Some(tape.next_mark(at, Mark::Section)),
            Command::BackOver => Some(tape.previous_mark(at, Mark::Unit)),
            Command::BackSection => Some(tape.previous_mark(at, Mark::Section)),
            Command::Last => Some(last),
            Command::Play | Command::Predict | Command::Keys => None,
        }
    }

    /// Whether it moves forward, to where a prediction could be asked for.
    pub fn advances(self) -> bool {
        matches!(self, Command::Forward | Command::Over | Command::Section)
    }

    /// The command of a key as the browser names it; `None` for a key that is someone else's.
    pub fn of_key(key: &str, shift: bool) -> Option<Self> {
        Some(match key {
            " " => Command::Play,
            "ArrowRight" if shift => Command::Over,
            "ArrowRight" => Command::Forward,
            "ArrowLeft" if shift => Command::BackOver,
            "ArrowLeft" => Command::Back,
            "]" | "PageDown" => Command::Section,
            "[" | "PageUp" => Command::BackSection,
            "Home" => Command::First,
            "End" => Command::Last,
            "p" | "P" => Command::Predict,
            "?" => Command::Keys,
            _ => return None,
        })
    }
}

/// The keys as they are listed for the reader of a lab that speaks of `unit`s and `section`s.
pub fn keys(unit: &str, section: &str) -> [(&'static [&'static str], String); 11] {
    [
        (&["Space"], "play, pause".into()),
        (&["→"], "next step".into()),
        (&["←"], "step back".into()),
        (&["Shift →"], format!("over the whole {unit}")),
        (&["Shift ←"], format!("back over the {unit}")),
        (&["]", "Page Down"], format!("next {section}")),
        (&["[", "Page Up"], format!("{section} before")),
        (&["Home"], "first step".into()),
        (&["End"], "last step".into()),
        (&["P"], "predict what comes next".into()),
        (&["?"], "show or hide this list".into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_kernel::Note;

    #[derive(Clone, Default)]
    struct Blank;
    impl Scene for Blank {
        type Change = ();
        fn apply(&mut self, (): &()) {}
    }

    #[test]
    fn commands_lead_to_frames() {
        let mut tape = Tape::<Blank>::default();
        for mark in [Mark::Section, Mark::Step, Mark::Unit, Mark::Step, Mark::Section] {
            tape.record(mark, Note::default(), vec![]);
        }
        let to = |command: Command, at| command.target(&tape, at);
        assert_eq!(to(Command::Forward, 1), Some(2));
        assert_eq!(to(Command::Forward, 4), Some(4));
        assert_eq!(to(Command::Back, 0), Some(0));
        assert_eq!(to(Command::Over, 0), Some(2));
        assert_eq!(to(Command::Section, 0), Some(4));
        assert_eq!(to(Command::BackOver, 4), Some(2));
        assert_eq!(to(Command::BackSection, 3), Some(0));
        assert_eq!(to(Command::Last, 0), Some(4));
        assert_eq!(to(Command::Play, 0), None);
    }

    #[test]
    fn an_empty_tape_has_one_place_to_be() {
        let tape = Tape::<Blank>::default();
        for command in [Command::Forward, Command::Over, Command::Section, Command::Last, Command::Back] {
            assert_eq!(command.target(&tape, 0), Some(0));
        }
    }

    #[test]
    fn shift_makes_the_arrows_longer() {
        assert_eq!(Command::of_key("ArrowRight", false), Some(Command::Forward));
        assert_eq!(Command::of_key("ArrowRight", true), Some(Command::Over));
        assert_eq!(Command::of_key("?", true), Some(Command::Keys));
        assert_eq!(Command::of_key("Tab", false), None);
    }
}
