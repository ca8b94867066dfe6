//! What the labs have to do with a question: where what it asks about can be seen, and where it can be brought about. The build asks, so that
//! a page with questions needs no lab.

use super::Opened;
use crate::player::link::{self, Link, Source};
use interleave_course::bank::Beside;
use interleave_course::question::{Goal, Program, Tape};
use interleave_course::{Answer, Kind, Question, Way};

/// All of it; `None` if that is nothing.
pub fn beside(question: &Question, answer: Option<&Answer>) -> Option<Beside> {
    let beside = Beside {
        replay: address(question, answer),
        task: if let Kind::Lab(goal) = &question.kind { frame(goal) } else { None },
        schedule: match &question.kind {
            Kind::Anomaly(of) => super::planned(&of.preset, &of.isolation, &of.schedule),
            _ => None,
        },
    };
    (beside != Beside::default()).then_some(beside)
}

/// The address of the lab that shows what the question is about: a program, a schedule, a way to the goal. `None` where there is nothing to see.
fn address(question: &Question, answer: Option<&Answer>) -> Option<String> {
    let opened = match &question.kind {
        Kind::Output(predict) => program(&predict.program)?,
        Kind::Order(order) => match &order.of {
            Tape::Program(of) => program(of)?,
            Tape::Lab { lab, preset } => at_preset(lab, preset)?,
        },
        Kind::Anomaly(anomalies) => super::with_schedule(&anomalies.preset, &anomalies.isolation, &anomalies.schedule)?,
        Kind::Lab(goal) => match answer {
            Some(Answer::Reach(Way::Schedule(letters))) => super::with_schedule(&goal.preset, "", letters)?,
            Some(Answer::Reach(Way::Picks(picks))) => super::with_picks(&goal.preset, Some(picks))?,
            _ => opening(goal)?,
        },
        _ => return None,
    };
    Some(written("labs", opened))
}

/// The address of the lab in a frame of its own, as whoever is to reach the goal finds it.
fn frame(goal: &Goal) -> Option<String> {
    Some(written("embed", opening(goal)?))
}

/// The lab where nothing has been done for the goal yet: statements in the order that the question says, a protocol in which nothing goes
/// wrong.
fn opening(goal: &Goal) -> Option<Opened> {
    let Goal { lab, preset, schedule, .. } = goal;
    if !schedule.trim().is_empty() {
        return super::with_schedule(preset, "", schedule).filter(|(known, _)| known == lab);
    }
    super::with_picks(preset, None).or_else(|| at_preset(lab, preset))
}

fn written(room: &str, (lab, source): Opened) -> String {
    format!("{room}/{lab}/{}", link::query(lab, "1", &Link { source, step: 1 }))
}

/// The lab that steps through a program. One that is an ES module and asks a database has none.
fn program(program: &Program) -> Option<Opened> {
    match (program.needs_a_database(), program.module) {
        (true, true) => None,
        (true, false) => Some(super::with_database(&program.program, &program.schema)),
        (false, module) => Some(super::without_database(&program.program, module)),
    }
}

/// A lab at one of its presets. Some labs of the command line are settings of another one here: the preset says of which.
fn at_preset(lab: &str, preset: &str) -> Option<Opened> {
    let source = Source::Preset(preset.to_owned());
    match super::lab(lab) {
        Some(entry) if entry.presets().iter().any(|known| known.id == preset) => Some((entry.id, source)),
        _ => super::with_picks(preset, None).map(|(lab, _)| (lab, source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str) -> Question {
        let json = format!(r#"{{"id": "q", "level": "mid", "stem": "?", "because": "", {kind}}}"#);
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn a_program_opens_in_the_lab_that_can_run_it() {
        let plain = question(r#""kind": "output", "program": "console.log(1)""#);
        assert!(address(&plain, None).unwrap().starts_with("labs/event-loop/?v=1&lab=event-loop&s="));
        let asks = question(r#""kind": "output", "program": "require('pg')""#);
        assert!(address(&asks, None).unwrap().starts_with("labs/n-plus-one/?v=1&lab=n-plus-one&s="));
        let module = question(r#""kind": "output", "module": true, "program": "import pg from 'pg'""#);
        assert_eq!(address(&module, None), None);
    }

    #[test]
    fn a_goal_is_shown_by_its_way_once_that_is_known() {
        let goal = question(r#""kind": "lab", "lab": "locking", "preset": "lost-update", "goal": "none""#);
        assert_eq!(address(&goal, None).as_deref(), Some("labs/locking/?v=1&lab=locking&preset=lost-update&at=1"));
        let way = Answer::Reach(Way::Schedule("AAAABBBB".into()));
        assert!(address(&goal, Some(&way)).unwrap().starts_with("labs/locking/?v=1&lab=locking&s="));
        let Kind::Lab(goal) = goal.kind else { unreachable!() };
        assert_eq!(frame(&goal).as_deref(), Some("embed/locking/?v=1&lab=locking&preset=lost-update&at=1"));
    }

    #[test]
    fn a_protocol_begins_calmly_for_whoever_is_to_break_it() {
        let preset = crate::labs::lab("saga").unwrap().presets()[0].id;
        let text = format!(r#""kind": "lab", "lab": "saga", "preset": "{preset}", "goal": "x""#);
        let asked = question(&text);
        let Kind::Lab(goal) = &asked.kind else { unreachable!() };
        let opened = frame(goal).unwrap();
        assert!(opened.starts_with("embed/saga/?v=1&lab=saga&s="));
        assert_eq!(address(&asked, None), Some(opened.replacen("embed", "labs", 1)), "never the preset’s own story");
    }

    #[test]
    fn statements_begin_in_the_order_that_the_question_says() {
        let goal = |lab: &str, preset: &str, schedule: &str| {
            let fields =
                format!(r#""lab": "{lab}", "preset": "{preset}", "schedule": "{schedule}", "goal": "deadlock""#);
            let Kind::Lab(goal) = question(&format!(r#""kind": "lab", {fields}"#)).kind else { unreachable!() };
            goal
        };
        let serial = crate::labs::with_schedule("deadlock", "", "AAAABBBB").unwrap();
        assert_eq!(frame(&goal("locking", "deadlock", "aaaa BBBB")), Some(written("embed", serial)));
        assert_eq!(frame(&goal("locking", "deadlock", "AAAACCCC")), None, "there is no third session");
        assert_eq!(frame(&goal("locking", "no-such", "AAAABBBB")), None);
        assert_eq!(frame(&goal("saga", "deadlock", "AAAABBBB")), None, "that preset is none of this lab");
    }
}
