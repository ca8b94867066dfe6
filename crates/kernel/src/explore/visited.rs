//! The states a search has met: which, and how each was reached first.

/// A state's place in the order in which states were met. The start is 0.
pub type Index = u32;

/// States in the order in which they were met.
///
/// Per state the table takes 12 to 24 bytes and a link takes 6.
pub struct Visited {
    fingerprints: Fingerprints,
    /// Links in blocks, so that millions of them never have to move to a larger place.
    blocks: Vec<Block>,
}

/// How states were reached first: from which state, by which of the actions it offered.
struct Block {
    parents: Box<[Index; BLOCK]>,
    picks: Box<[u16; BLOCK]>,
}

/// Links in a block: 384 KiB.
const BLOCK: usize = 1 << 16;

impl Visited {
    /// None so far. Only if states are numbered can it say which state was met again; that takes 6 to 12 bytes more.
    pub fn new(numbered: bool) -> Self {
        Self { fingerprints: Fingerprints::new(numbered), blocks: Vec::new() }
    }

    /// Takes a state in, unless it is there. Returns its index, if it is new or states are numbered.
    pub fn insert(&mut self, fingerprint: u64, parent: Index, pick: u16) -> Met {
        let index = self.len();
        if let Some(met) = self.fingerprints.insert(fingerprint) {
            return met;
        }
        let at = index % BLOCK;
        if at == 0 {
            self.blocks.push(Block { parents: Box::new([0; BLOCK]), picks: Box::new([0; BLOCK]) });
        }
        let block = &mut self.blocks[index / BLOCK];
        (block.parents[at], block.picks[at]) = (parent, pick);
        Met::First(index as Index)
    }

    /// Whether that state was met.
    pub fn contains(&self, fingerprint: u64) -> bool {
        self.fingerprints.contains(fingerprint)
    }

    /// How many states there are.
    pub fn len(&self) -> usize {
        self.fingerprints.count
    }

    /// The picks that lead from the start to a state, by the way on which it was met first: in a search by breadth, a shortest one.
    pub fn picks(&self, mut state: Index) -> Vec<u32> {
        let mut picks = Vec::new();
        while state != 0 {
            let (block, at) = (&self.blocks[state as usize / BLOCK], state as usize % BLOCK);
            picks.push(u32::from(block.picks[at]));
            state = block.parents[at];
        }
        picks.reverse();
        picks
    }

    /// Bytes at the worst moment while that many states more are taken in: where the table gets too small, it and a larger one.
    pub fn bytes_with(&self, more: usize) -> usize {
        (self.len() + more).div_ceil(BLOCK) * BLOCK * 6 + self.fingerprints.bytes_with(more)
    }
}

/// What became of a state that was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It is new.
    First(Index),
    /// It was there; which one it is, if states are numbered.
    Again(Option<Index>),
}

/// A set of fingerprints: a table with open addresses, at most two thirds of it full.
///
/// Not the standard library's set: there, a look touches two places that are not in the processor's cache, here one, and looks are most
/// of what a search does. With it, two-phase commit with eight participants takes twice as long (1.9 s against 1.0 s).
struct Fingerprints {
    /// A power of two. Zero is an empty place; whose fingerprint is zero is taken for one.
    table: Vec<u64>,
    /// By place, how many were there before, if states are numbered.
    numbers: Option<Vec<Index>>,
    count: usize,
}

impl Fingerprints {
    fn new(numbered: bool) -> Self {
        Self { table: vec![0; 64], numbers: numbered.then(|| vec![0; 64]), count: 0 }
    }

    /// Takes one in and returns `None`, or says which one was there.
    fn insert(&mut self, fingerprint: u64) -> Option<Met> {
        let place = self.place(fingerprint.max(1));
        if self.table[place] != 0 {
            return Some(Met::Again(self.numbers.as_ref().map(|numbers| numbers[place])));
        }
        self.put(place, fingerprint.max(1), self.count as Index);
        self.count += 1;
        if self.count * 3 >= self.table.len() * 2 {
            self.grow();
        }
        None
    }

    fn contains(&self, fingerprint: u64) -> bool {
        self.table[self.place(fingerprint.max(1))] != 0
    }

    /// Where it is, or belongs. Its upper bits say where to begin: so a table that grows is filled from one end to the other.
    fn place(&self, fingerprint: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut place = (fingerprint >> (64 - self.table.len().ilog2())) as usize;
        while self.table[place] != 0 && self.table[place] != fingerprint {
            place = (place + 1) & mask;
        }
        place
    }

    fn put(&mut self, place: usize, fingerprint: u64, number: Index) {
        self.table[place] = fingerprint;
        if let Some(numbers) = &mut self.numbers {
            numbers[place] = number;
        }
    }

    fn grow(&mut self) {
        let places = self.table.len() * 2;
        let table = std::mem::replace(&mut self.table, vec![0; places]);
        let numbers = self.numbers.as_mut().map(|numbers| std::mem::replace(numbers, vec![0; places]));
        for (place, fingerprint) in table.into_iter().enumerate().filter(|&(_, fingerprint)| fingerprint != 0) {
            let number = numbers.as_ref().map_or(0, |numbers| numbers[place]);
            self.put(self.place(fingerprint), fingerprint, number);
        }
    }

    fn bytes_with(&self, more: usize) -> usize {
        let each = if self.numbers.is_some() { 12 } else { 8 };
        let mut places = self.table.len();
        let mut bytes = places * each;
        while (self.count + more) * 3 >= places * 2 {
            bytes = places * each + places * 2 * each;
            places *= 2;
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_state_is_new_once_and_knows_its_way() {
        for numbered in [false, true] {
            let mut visited = Visited::new(numbered);
            assert_eq!(visited.insert(11, 0, 0), Met::First(0));
            assert_eq!(visited.insert(22, 0, 3), Met::First(1));
            assert_eq!(visited.insert(33, 1, 65_535), Met::First(2));
            assert_eq!(visited.insert(22, 2, 1), Met::Again(numbered.then_some(1)), "the first way stays");
            assert!(visited.contains(33) && !visited.contains(44));
            assert_eq!(visited.len(), 3);
            assert_eq!(visited.picks(2), [3, 65_535]);
            assert_eq!(visited.picks(0), []);
        }
    }

    #[test]
    fn links_outlive_their_block() {
        let mut visited = Visited::new(false);
        let last = BLOCK as u32 + 10;
        for state in 0..=last {
            let fingerprint = u64::from(state + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            assert_eq!(visited.insert(fingerprint, state.saturating_sub(1), 7), Met::First(state));
        }
        assert_eq!(visited.picks(last).len(), BLOCK + 10);
        assert!(visited.picks(last).iter().all(|&pick| pick == 7));
    }

    #[test]
    fn bytes_are_foreseen() {
        let mut visited = Visited::new(false);
        for state in 1..=42_u64 {
            visited.insert(state << 57 | state, 0, 0);
        }
        assert_eq!(visited.fingerprints.table.len(), 64);
        assert_eq!(visited.bytes_with(0), BLOCK * 6 + 64 * 8);
        assert_eq!(visited.bytes_with(1), BLOCK * 6 + 64 * 8 + 128 * 8, "the old table and the new one");
        visited.insert(43, 0, 0);
        assert_eq!(visited.fingerprints.table.len(), 128);
    }

    proptest! {
        #[test]
        fn a_table_of_fingerprints_is_a_set(numbers in prop::collection::vec(prop_oneof![1_u64..200, any::<u64>(), (1_u64..200).prop_map(|n| n << 56)], 0..400)) {
            let (mut table, mut list) = (Fingerprints::new(true), Vec::new());
            for number in numbers.into_iter().filter(|&number| number != 0) {
                let known = list.iter().position(|&it| it == number);
                prop_assert_eq!(table.contains(number), known.is_some());
                prop_assert_eq!(table.insert(number), known.map(|at| Met::Again(Some(at as Index))));
                if known.is_none() {
                    list.push(number);
                }
                prop_assert_eq!(table.count, list.len());
            }
        }
    }
}
