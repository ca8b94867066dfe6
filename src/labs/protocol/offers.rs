//! What may happen next, sorted by where: by lane, and within a lane by message.

use interleave_protocols::diagram::{Arrow, Deed, Diagram, Offer, Place};

/// All that may happen next.
#[derive(Debug, Default, PartialEq)]
pub struct Offers<'a> {
    pub everywhere: Vec<&'a Offer>,
    /// One for each lane.
    pub columns: Vec<Column<'a>>,
}

/// What may happen at a lane.
#[derive(Debug, Default, PartialEq)]
pub struct Column<'a> {
    /// What its process would do.
    pub acts: Vec<&'a Offer>,
    /// Messages on their way to it, oldest first.
    pub letters: Vec<Letter<'a>>,
    /// What may happen to the process.
    pub befalls: Vec<&'a Offer>,
}

/// A message on its way, and what may become of it.
#[derive(Debug, PartialEq)]
pub struct Letter<'a> {
    /// Its index among the arrows.
    pub at: u32,
    pub arrow: &'a Arrow,
    /// Another one is in front of it, and may be overtaken at most.
    pub behind: bool,
    pub offers: Vec<&'a Offer>,
}

impl<'a> Offers<'a> {
    pub fn of(diagram: &'a Diagram) -> Self {
        let mut offers = Offers { everywhere: Vec::new(), columns: Vec::new() };
        offers.columns.resize_with(diagram.lanes.len(), Column::default);
        for (at, arrow) in (0..).zip(&diagram.arrows).filter(|(_, arrow)| arrow.end.is_open()) {
            if let Some(column) = offers.columns.get_mut(usize::from(arrow.to)) {
                let behind = column.letters.iter().any(|other| other.arrow.from == arrow.from);
                column.letters.push(Letter { at, arrow, behind, offers: Vec::new() });
            }
        }
        for offer in &diagram.offers {
            offers.add(offer, diagram);
        }
        offers
    }

    fn add(&mut self, offer: &'a Offer, diagram: &Diagram) {
        let lane = match offer.place {
            Place::Everywhere => None,
            Place::Lane(lane) | Place::Link(_, lane) => Some(lane),
            Place::Arrow(at) => diagram.arrows.get(at as usize).map(|arrow| arrow.to),
        };
        let column = lane.and_then(|lane| self.columns.get_mut(usize::from(lane)));
        let Some(column) = column else { return self.everywhere.push(offer) };
        if let Some(letter) = column.letters.iter_mut().find(|letter| letter.is_at(offer.place)) {
            letter.offers.push(offer);
        } else if offer.deed == Deed::Act {
            column.acts.push(offer);
        } else {
            column.befalls.push(offer);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.columns.iter().all(Column::is_empty)
    }
}

impl Letter<'_> {
    /// Whether what may happen there is offered beside this message. What may happen to a link is, beside the first message on it.
    fn is_at(&self, place: Place) -> bool {
        match place {
            Place::Arrow(at) => self.at == at,
            Place::Link(from, to) => (self.arrow.from, self.arrow.to) == (from, to),
            Place::Everywhere | Place::Lane(_) => false,
        }
    }
}

impl Column<'_> {
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty() && self.letters.is_empty() && self.befalls.is_empty()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use interleave_protocols::diagram::{End, Lane};

    fn offer(pick: u16, deed: Deed, place: Place) -> Offer {
        Offer { pick, deed, place, words: String::new(), next: false }
    }

    #[test]
    fn an_offer_stands_where_it_would_happen() {
        let arrow = |sent| Arrow { from: 0, to: 1, words: "prepare".into(), sent, twin: false, end: End::Flying };
        let diagram = Diagram {
            lanes: vec![Lane::default(), Lane::default()],
            arrows: vec![arrow(1), arrow(2)],
            offers: vec![
                offer(0, Deed::Act, Place::Lane(0)),
                offer(1, Deed::Deliver, Place::Arrow(0)),
                offer(2, Deed::Lose, Place::Arrow(1)),
                offer(3, Deed::Hold, Place::Link(0, 1)),
                offer(4, Deed::Hold, Place::Link(1, 0)),
                offer(5, Deed::Crash, Place::Lane(1)),
                offer(6, Deed::Clock, Place::Everywhere),
            ],
            ..Diagram::default()
        };
        let picks = |offers: &[&Offer]| offers.iter().map(|offer| offer.pick).collect::<Vec<_>>();
        let offers = Offers::of(&diagram);
        assert_eq!(picks(&offers.everywhere), [6]);
        assert_eq!((picks(&offers.columns[0].acts), picks(&offers.columns[0].befalls)), (vec![0], vec![4]));
        let there = &offers.columns[1];
        assert_eq!(there.letters.iter().map(|letter| picks(&letter.offers)).collect::<Vec<_>>(), [vec![1, 3], vec![2]]);
        assert_eq!(picks(&there.befalls), [5]);
    }
}
