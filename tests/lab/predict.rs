use crate::fixture;
use interleave::labs::Lab;
use interleave::labs::event_loop::EventLoop;
use interleave_kernel::{Mark, Note};
use interleave_node::{Change, NodeTape};

fn names(at: usize) -> (usize, usize, Vec<String>, usize) {
    let asked = EventLoop::predict(&fixture::tape(), at).expect("something runs after this frame");
    (asked.asked_at, asked.answered_at, asked.options.into_iter().map(|option| option.name).collect(), asked.answer)
}

#[test]
fn the_question_is_put_where_the_callback_before_has_ended() {
    // From the middle of the main script: everything that waits when it is done, in the order in which it was made.
    assert_eq!(names(3), (6, 7, vec!["late".into(), "settled".into(), "tick".into(), "found".into()], 2));
}

#[test]
fn a_phase_in_between_does_not_give_the_answer_away() {
    // `late` begins in frame 14; frame 13 says that the timers phase has begun; `settled` ended in frame 12.
    assert_eq!(names(10), (12, 14, vec!["late".into(), "found".into()], 0));
}

#[test]
fn a_question_with_one_answer_is_not_asked() {
    // After `late` nobody waits but `found`.
    assert_eq!(EventLoop::predict(&fixture::tape(), 14), None);
}

#[test]
fn the_reason_is_the_note_of_the_frame_that_answers() {
    let asked = EventLoop::predict(&fixture::tape(), 0).unwrap();
    assert_eq!(asked.why.plain(), "The stack is empty, so the ticks run. tick came from line 6.");
}

#[test]
fn nothing_is_asked_of_a_tape_without_callbacks() {
    assert_eq!(EventLoop::predict(&NodeTape::default(), 0), None);
    let mut tape = NodeTape::default();
    tape.record(Mark::Section, Note::new("Over."), vec![Change::Turn]);
    assert_eq!(EventLoop::predict(&tape, 0), None);
}
