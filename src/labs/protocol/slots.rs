//! Who draws what: a node that has nothing to show any more takes what is new, as to make nodes costs more than to change them.

/// Numbers for what is drawn, by its own number. What stays keeps its slot.
#[derive(Debug, Default)]
pub struct Slots(Vec<(u32, u32)>);

impl Slots {
    /// The slots of all that is drawn now, in that order: no two of them are the same.
    pub fn assign(&mut self, drawn: impl Iterator<Item = u32> + Clone) -> Vec<u32> {
        let (kept, freed): (Vec<_>, Vec<_>) =
            self.0.iter().partition(|(number, _)| drawn.clone().any(|it| it == *number));
        let mut free = freed.into_iter().map(|(_, slot)| slot);
        let mut unused = (0..).filter(|slot| self.0.iter().all(|(_, taken)| taken != slot));
        let mut slot = |number| match kept.iter().find(|(it, _)| *it == number) {
            Some(&(_, slot)) => Some(slot),
            None => free.next().or_else(|| unused.next()),
        };
        let assigned: Vec<(u32, u32)> = drawn.filter_map(|number| Some((number, slot(number)?))).collect();
        self.0 = assigned;
        self.0.iter().map(|&(_, slot)| slot).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_takes_the_place_of_what_went() {
        let mut slots = Slots::default();
        assert_eq!(slots.assign([10, 20, 30].into_iter()), [0, 1, 2]);
        assert_eq!(slots.assign([20, 30, 40].into_iter()), [1, 2, 0], "two have stayed");
        assert_eq!(slots.assign([900, 910].into_iter()), [1, 2], "none of them has");
        assert_eq!(slots.assign([890, 900, 910].into_iter()), [0, 1, 2], "one more node");
    }
}
