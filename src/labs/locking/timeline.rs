//! The lanes as a picture: what happened in which moment in which lane, and what the line beside it looks like.

use interleave_sql::lab::Scene;
use interleave_sql::lab::scene::{Entry, Status};

/// A row of the picture: a frame in which a statement began or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub frame: u32,
    /// One for each lane.
    pub cells: Vec<Cell>,
}

/// A lane in a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub mark: Option<Mark>,
    /// The transaction above the mark, and below it.
    pub above: Status,
    pub below: Status,
    /// A statement of this lane waits, and neither begins nor ends here.
    pub waits: bool,
}

/// What happened. Each names an entry of the scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It began and was done.
    Ran(usize),
    /// It began and had to wait.
    Began(usize),
    /// It had waited and is done.
    Ended(usize),
}

/// The moments of a scene, in order.
pub fn moments(scene: &Scene) -> Vec<Moment> {
    let mut frames: Vec<u32> =
        scene.entries.iter().flat_map(|entry| [Some(entry.began), entry.ended]).flatten().collect();
    frames.sort_unstable();
    frames.dedup();
    let lanes = scene.lanes.len();
    let mut now = vec![Cell::default(); lanes];
    let moment = |frame| {
        for cell in &mut now {
            // What was below the moment before is above this one.
            *cell = Cell { mark: None, above: cell.below, ..*cell };
        }
        for (index, entry) in scene.entries.iter().enumerate() {
            let Some(cell) = now.get_mut(usize::from(entry.session)) else { continue };
            if let Some(mark) = mark(entry, index, frame) {
                cell.mark = Some(mark);
                cell.waits = matches!(mark, Mark::Began(_));
                if !cell.waits {
                    cell.below = entry.status;
                }
            }
        }
        let cells = now.iter().map(|cell| Cell { waits: cell.waits && cell.mark.is_none(), ..*cell }).collect();
        Moment { frame, cells }
    };
    frames.into_iter().map(moment).collect()
}

fn mark(entry: &Entry, index: usize, frame: u32) -> Option<Mark> {
    match (entry.began == frame, entry.ended == Some(frame)) {
        (true, true) => Some(Mark::Ran(index)),
        (true, false) => Some(Mark::Began(index)),
        (false, true) => Some(Mark::Ended(index)),
        (false, false) => None,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use interleave_sql::lab::scene::{Lane, Outcome, Progress, WaitsFor};
    use std::rc::Rc;

    fn entry(session: u8, began: u32, ended: Option<u32>, status: Status) -> Rc<Entry> {
        let progress = match ended {
            Some(_) => Progress::Done(Outcome::Command("UPDATE 1".into())),
            None => Progress::Waiting(WaitsFor { what: "a row".into(), blockers: vec![0] }),
        };
        Rc::new(Entry { session, statement: 0, began, ended, progress, waited: None, status, notices: Vec::new() })
    }

    fn scene(entries: Vec<Rc<Entry>>) -> Scene {
        let lane = |name: &str| Lane { name: name.into(), statements: Vec::new() };
        Scene { lanes: Rc::new(vec![lane("Alice"), lane("Bob")]), entries, ..Scene::default() }
    }

    #[test]
    fn nothing_happened_in_no_moments() {
        assert_eq!(moments(&scene(Vec::new())), []);
    }

    #[test]
    fn a_wait_is_a_beginning_what_passes_meanwhile_and_an_end() {
        let moments = moments(&scene(vec![
            entry(0, 1, Some(1), Status::InTransaction),
            entry(1, 2, Some(4), Status::Idle),
            entry(0, 3, Some(3), Status::Idle),
        ]));
        assert_eq!(moments.iter().map(|moment| moment.frame).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let bob: Vec<_> = moments.iter().map(|moment| (moment.cells[1].mark, moment.cells[1].waits)).collect();
        assert_eq!(bob, [(None, false), (Some(Mark::Began(1)), false), (None, true), (Some(Mark::Ended(1)), false)]);
    }

    #[test]
    fn a_transaction_is_a_line_from_begin_to_commit() {
        use Status::{Idle, InTransaction};
        let moments = moments(&scene(vec![
            entry(0, 1, Some(1), InTransaction),
            entry(1, 2, Some(2), Idle),
            entry(0, 3, Some(3), Idle),
        ]));
        let alice: Vec<_> = moments.iter().map(|moment| (moment.cells[0].above, moment.cells[0].below)).collect();
        assert_eq!(alice, [(Idle, InTransaction), (InTransaction, InTransaction), (InTransaction, Idle)]);
    }

    #[test]
    fn who_still_waits_waits_to_the_end() {
        let moments =
            moments(&scene(vec![entry(1, 1, None, Status::InTransaction), entry(0, 2, Some(2), Status::Idle)]));
        assert_eq!(moments[0].cells[1].mark, Some(Mark::Began(0)));
        assert!(moments[1].cells[1].waits);
    }
}
