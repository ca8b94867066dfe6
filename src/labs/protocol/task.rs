//! What questions ask about: a preset in which nothing has gone wrong yet, and a way to a goal.

use super::catalogue::{CATALOGUE, Told};
use super::subject::Play;
use interleave_protocols::play::Way;

/// A preset, and the page of the lab that has it.
fn preset(id: &str) -> Option<(&'static str, &'static Told)> {
    CATALOGUE.labs.iter().find_map(|offer| Some((offer.lab(), offer.presets.iter().find(|preset| preset.id == id)?)))
}

/// A preset that goes calmly, for somebody who is to bring something about; or by picks, as a search has found them.
pub fn play(id: &str, picks: Option<&[u16]>) -> Option<(&'static str, Play)> {
    let (lab, preset) = preset(id)?;
    let way = picks.map_or(Way::Calm, |picks| Way::Picks(picks.to_vec()));
    Some((lab, Play { subject: preset.subject.clone(), histories: vec![way], here: 0 }))
}
