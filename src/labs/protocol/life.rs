//! When each process was up: the lanes have gaps.

use interleave_protocols::diagram::{Deed, Moment, Status};

/// How a process stands. One that is cut off can go down, and is still cut off when it is back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    down: bool,
    cut_off: bool,
}

impl Life {
    pub fn status(self) -> Status {
        match self {
            Life { down: true, .. } => Status::Down,
            Life { cut_off: true, .. } => Status::CutOff,
            _ => Status::Up,
        }
    }

    /// What becomes of it when that happens to it.
    pub fn after(self, deed: Deed) -> Self {
        match deed {
            Deed::Crash => Self { down: true, ..self },
            Deed::Restart => Self { down: false, ..self },
            Deed::Isolate => Self { cut_off: true, ..self },
            Deed::Heal => Self { cut_off: false, ..self },
            _ => self,
        }
    }
}

/// Makes those moments happen to the processes.
pub fn live(lives: &mut [Life], moments: &[Moment]) {
    for moment in moments {
        if let Some(life) = moment.lane.and_then(|lane| lives.get_mut(usize::from(lane))) {
            *life = life.after(moment.deed);
        }
    }
}

/// A part of a lane in which nothing changes: from the middle of a row to the middle of another, both counted within the chunk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub status: Status,
    /// `None` for the upper edge of the chunk.
    pub from: Option<u32>,
    /// `None` for its lower edge.
    pub to: Option<u32>,
}

/// The parts of a lane whose process stood so before the chunk.
pub fn spans<'a>(lane: u8, mut life: Life, moments: impl Iterator<Item = &'a Moment>) -> Vec<Span> {
    let mut spans = vec![Span { status: life.status(), from: None, to: None }];
    for (row, moment) in (0..).zip(moments) {
        if moment.lane != Some(lane) {
            continue;
        }
        life = life.after(moment.deed);
        if let Some(last) = spans.last_mut()
            && last.status != life.status()
        {
            last.to = Some(row);
            spans.push(Span { status: life.status(), from: Some(row), to: None });
        }
    }
    spans
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn moments(deeds: &[(Option<u8>, Deed)]) -> Vec<Moment> {
        deeds.iter().map(|&(lane, deed)| Moment { lane, deed, writes: false, words: "".into() }).collect()
    }

    #[test]
    fn a_lane_has_a_gap_from_a_crash_to_a_restart() {
        let moments =
            moments(&[(Some(0), Deed::Act), (Some(1), Deed::Crash), (None, Deed::Clock), (Some(1), Deed::Restart)]);
        let up = |from, to| Span { status: Status::Up, from, to };
        let down = Span { status: Status::Down, from: Some(1), to: Some(3) };
        assert_eq!(spans(1, Life::default(), moments.iter()), [up(None, Some(1)), down, up(Some(3), None)]);
        assert_eq!(spans(0, Life::default(), moments.iter()), [up(None, None)]);
    }

    #[test]
    fn who_is_cut_off_is_so_after_a_restart() {
        let mut lives = [Life::default()];
        let lane = Some(0);
        live(&mut lives, &moments(&[(lane, Deed::Isolate), (lane, Deed::Crash), (lane, Deed::Restart)]));
        assert_eq!(lives[0].status(), Status::CutOff);
        live(&mut lives, &moments(&[(lane, Deed::Heal)]));
        assert_eq!(lives[0].status(), Status::Up);
    }
}
