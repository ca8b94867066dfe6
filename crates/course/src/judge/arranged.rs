//! What is put into an order, and what is put together.

use super::{Given, Told, Verdict};
use crate::question::{Answer, Matching, Order};

/// The events in the order in which they happen; each is told whether it stands at its place. The share counts pairs of events that stand in
/// the right order to each other: one event at the wrong end is not everything wrong.
pub fn order(order: &Order, answer: Option<&Answer>, given: &Given) -> Verdict {
    let Some(Answer::Order(truth)) = answer else {
        return Verdict::whole(false, vec![], "", &order.because);
    };
    let placed = if let Given::Order(placed) = given { placed.as_slice() } else { &[] };
    let text = |event: usize| order.events.get(event).map_or("", |event| event.text.trim());
    let told = truth.iter().enumerate().map(|(at, event)| Told {
        text: text(*event).into(),
        right: placed.get(at) == Some(event),
        given: placed.contains(event),
        reason: String::new(),
    });
    let place = |event: &usize| placed.iter().position(|other| other == event);
    let pairs = (0..truth.len()).flat_map(|one| (one + 1..truth.len()).map(move |other| (one, other)));
    let (mut hits, mut of) = (0, 0);
    for (one, other) in pairs {
        let (one, other) = (place(&truth[one]), place(&truth[other]));
        of += 1;
        hits += usize::from(one.is_some() && other.is_some() && one < other);
    }
    let answer = truth.iter().map(|event| text(*event)).collect::<Vec<_>>().join(" → ");
    let mut verdict = Verdict::parts(hits, of, told.collect(), answer, &order.because);
    verdict.right = !truth.is_empty() && placed == truth;
    verdict
}

/// What can be chosen on the right: the right sides of the pairs, then the decoys. The order of this list gives everything away.
pub fn rights(matching: &Matching) -> Vec<&str> {
    let pairs = matching.pairs.iter().map(|pair| pair.right.as_str());
    pairs.chain(matching.decoys.iter().map(|decoy| decoy.text.as_str())).collect()
}

/// The pairs, then the decoys: one that was chosen is told why it belongs to nothing.
pub fn matching(matching: &Matching, given: &Given) -> Verdict {
    let chosen = if let Given::Pairs(chosen) = given { chosen.as_slice() } else { &[] };
    let chosen = &chosen[..chosen.len().min(matching.pairs.len())];
    let pairs = matching.pairs.iter().enumerate().map(|(at, pair)| Told {
        text: format!("{} → {}", pair.left.trim(), pair.right.trim()),
        right: chosen.get(at) == Some(&Some(at)),
        given: chosen.get(at).is_some_and(Option::is_some),
        reason: pair.reason.clone(),
    });
    let decoys = (matching.pairs.len()..).zip(&matching.decoys).map(|(at, decoy)| {
        let given = chosen.contains(&Some(at));
        Told { text: decoy.text.clone(), right: !given, given, reason: decoy.reason.clone() }
    });
    let told: Vec<Told> = pairs.chain(decoys).collect();
    let hits = told[..matching.pairs.len()].iter().filter(|told| told.right).count();
    let answer = told[..matching.pairs.len()].iter().map(|told| told.text.as_str()).collect::<Vec<_>>().join("; ");
    Verdict::parts(hits, matching.pairs.len(), told, answer, "")
}
