//! What may be in a progress. Whatever is outside was not written by us: it is refused with a sentence, so that nothing after it
//! has to reckon with it.

use super::carried::Carried;
use super::draft::Draft;
use super::record::Record;
use crate::memory::{Card, DAY, Memory, State, day_of};

/// 2000-01-01, in milliseconds since 1970.
pub(super) const EARLIEST: i64 = 946_684_800_000;
/// 2100-01-01.
pub(super) const LATEST: i64 = 4_102_444_800_000;
/// How far a clock may be ahead of ours.
pub(super) const AHEAD: i64 = 2 * DAY;
/// Bytes of a file: some 300,000 answers.
pub(super) const FILE: usize = 64 << 20;
/// Records, totals and drafts of a file.
pub(super) const ROWS: usize = 500_000;
/// Bytes of what was answered.
const SAID: usize = 500;
/// Bytes of an id or a name.
const NAME: usize = 200;
/// Bytes of a draft's state.
const STATE: usize = 1 << 20;
/// Answers that totals may count.
const ANSWERS: u32 = 1_000_000;
/// Learning steps.
const STEPS: u32 = 100;

/// What was answered, cut to what is kept of it.
pub fn in_short(text: &str) -> String {
    if text.len() <= SAID {
        return text.to_string();
    }
    let end = (0..=SAID - '…'.len_utf8()).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}…", &text[..end])
}

/// What is impossible about a record, if anything is. `until` is the latest time at which it can have been written.
pub(super) fn record(record: &Record, until: i64) -> Result<(), String> {
    name("question", &record.question)?;
    time("time", record.at, until)?;
    // Clocks are at most fourteen hours ahead of UTC and twelve behind.
    if (i64::from(record.day) - i64::from(day_of(record.at))).abs() > 1 {
        return Err(format!("its day, {}, is not the day of its time, {}", record.day, day_of(record.at)));
    }
    if record.said.len() > SAID {
        return Err(format!("what was answered has {} bytes, and {SAID} are kept", record.said.len()));
    }
    match record.took {
        Some(took) if i64::from(took) > DAY => Err(format!("it took {took} ms, which is more than a day")),
        _ => Ok(()),
    }
}

/// The same for totals.
pub(super) fn carried(carried: &Carried, until: i64) -> Result<(), String> {
    name("question", &carried.question)?;
    time("time", carried.at, until)?;
    if carried.answers == 0 || carried.answers > ANSWERS || carried.right > carried.answers {
        return Err(format!("{} of {} answers cannot have been right", carried.right, carried.answers));
    }
    carried.card.map_or(Ok(()), |card| self::card(&card, until))
}

/// And for drafts.
pub(super) fn draft(draft: &Draft, until: i64) -> Result<(), String> {
    name("name", &draft.name)?;
    time("time", draft.saved, until)?;
    match draft.text().len() {
        bytes if bytes > STATE => Err(format!("its state has {bytes} bytes, and {STATE} are kept")),
        _ => Ok(()),
    }
}

/// A card that was answered and scheduled.
fn card(card: &Card, until: i64) -> Result<(), String> {
    match card.state {
        State::New => return Err("its card is new, although it was answered".to_string()),
        State::Learning(step) | State::Relearning(step) if step > STEPS => {
            return Err(format!("its card is at learning step {step}, and there are fewer"));
        }
        _ => {}
    }
    let Some(reviewed) = card.reviewed else { return Err("its card does not say when it was answered".to_string()) };
    time("card's time", reviewed, until)?;
    if !card.memory.is_some_and(Memory::is_plausible) {
        return Err(
            "its card has no memory with a stability of 0.001 to 36500 days and a difficulty of 1 to 10".to_string()
        );
    }
    if card.due < reviewed || card.due - reviewed > 36_500 * DAY {
        return Err(format!("its card is due at {}, before it was answered or a hundred years after it", card.due));
    }
    if card.lapses > ANSWERS {
        return Err(format!("it cannot have been forgotten {} times", card.lapses));
    }
    Ok(())
}

fn time(what: &str, at: i64, until: i64) -> Result<(), String> {
    if at < EARLIEST {
        Err(format!("its {what}, {at}, is before the year 2000 (milliseconds since 1970)"))
    } else if at > until.min(LATEST) {
        Err(format!("its {what}, {at}, is in the future (milliseconds since 1970)"))
    } else {
        Ok(())
    }
}

fn name(what: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        Err(format!("its {what} is empty"))
    } else if text.len() > NAME {
        Err(format!("its {what} has {} bytes, and {NAME} are the most", text.len()))
    } else if text.chars().any(|char| char.is_control() || char == char::REPLACEMENT_CHARACTER) {
        Err(format!("its {what} has characters that are damaged"))
    } else {
        Ok(())
    }
}
