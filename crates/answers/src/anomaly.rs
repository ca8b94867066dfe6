//! Which anomaly is it?

use crate::{Answer, locking};
use interleave_course::question::Anomalies;

/// Runs the schedule; the lab's verdict is one of the options.
pub fn answer(anomalies: &Anomalies) -> Result<Answer, Vec<String>> {
    let known = locking::names();
    let options: Vec<_> = anomalies.options.iter().map(|option| option.text.trim().to_lowercase()).collect();
    let unknown = options.iter().filter(|option| !known.contains(option));
    let mut faults: Vec<_> =
        unknown.map(|option| format!("“{option:.60}” is no name of an anomaly: {}", known.join(", "))).collect();
    match verdict(anomalies) {
        Err(why) => faults.push(why),
        Ok(verdict) => match options.iter().position(|option| *option == verdict) {
            Some(at) if faults.is_empty() => return Ok(Answer::Option(at)),
            Some(_) => {}
            None => faults.push(format!("the verdict of the run is “{verdict}”, which is none of the options")),
        },
    }
    Err(faults)
}

/// What the run is called that the question asks about.
fn verdict(Anomalies { preset, isolation, schedule, .. }: &Anomalies) -> Result<String, String> {
    let mut scenario = locking::preset(preset)?;
    if !isolation.trim().is_empty() {
        scenario.isolation = locking::level(isolation)?;
    }
    if !schedule.trim().is_empty() {
        scenario.schedule = locking::turns(schedule, scenario.sessions.len())?;
    }
    Ok(locking::called(&locking::judge(&scenario)?))
}
