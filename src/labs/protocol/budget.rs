//! What may go wrong, and how often: a number for each kind of fault.

use super::stepper::Stepper;
use interleave_protocols::{Budget, Fault};
use yew::prelude::*;

/// The most of one kind that can be set here. Each more of it multiplies the orders that there are.
const MOST: u8 = 3;

/// A stepper for each of these kinds.
pub fn steppers(kinds: &[Fault], faults: Budget, change: &Callback<Budget>) -> Html {
    let stepper = |&fault: &Fault| {
        let (name, what) = words(fault);
        let change = change.reform(move |most| faults.with(fault, u8::try_from(most).unwrap_or(MOST)));
        // A link may say more than can be set here.
        let most = MOST.max(faults.left(fault));
        html! { <Stepper key={name} {name} {what} value={u64::from(faults.left(fault))} most={u64::from(most)} {change} /> }
    };
    html! {
        <fieldset class="faults">
            <legend>{ "What may go wrong, and how often at most" }</legend>
            { for kinds.iter().map(stepper) }
        </fieldset>
    }
}

/// A kind of fault as one counts it, after its name in a budget, and what it is.
fn words(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::Crash => ("Crashes", "A process stops and loses its memory"),
        Fault::Loss => ("Losses", "A message is lost on its way"),
        Fault::Duplicate => ("Duplicates", "A message arrives twice"),
        Fault::Reorder => ("Reorders", "A message overtakes another one on the same link"),
        Fault::Delay => ("Delays", "A timer goes off while what it waits for is still on its way"),
        Fault::Hold => ("Holds", "A link carries nothing for a while"),
        Fault::Partition => ("Partitions", "A process is cut off from all others for a while"),
    }
}
