//! What is said of each frame.

use super::run::{News, Run};
use super::{Counts, Figures, Level, Micros, Prediction, Results, Scenario, Slice, Use, Who};
use interleave_kernel::Note;

/// Before anything happens.
pub fn opening(scenario: &Scenario) -> Note {
    let what = match (scenario.queries, scenario.using) {
        (1, _) => "runs one query".to_owned(),
        (n, Use::Again) => format!("runs {n} queries and asks the pool for each"),
        (n, Use::Hold) => format!("runs {n} queries on one connection"),
        (n, Use::Nested) => {
            format!("keeps a connection and asks for another for each of {}", count(n - 1, "further query"))
        }
        (n, Use::Together) => format!("runs {n} queries at once"),
    };
    Note::new(format!(
        "**{} requests a second, a pool of {}.** Each request {what}. The server has {}. No connection is open yet.",
        scenario.rate,
        scenario.max,
        count(scenario.cores, "core"),
    ))
}

/// Something has happened: one event and what it led to.
pub fn event(run: &Run) -> Note {
    let scenario = run.scenario();
    let news = run.news();
    let arrivals = news.iter().filter(|item| matches!(item, News::Arrived { .. })).count();
    let (head, rest) = match news {
        rest if arrivals > 1 => (format!("A burst of {arrivals} requests arrives"), rest),
        [News::Arrived { request, slow }, rest @ ..] => {
            let slow = if *slow { ", a slow one," } else { "" };
            (format!("Request {request}{slow} arrives"), rest)
        }
        [News::Answered { who, more: 0, .. }, rest @ ..] if scenario.queries == 1 => {
            (format!("The query of request {} is answered", who.request), rest)
        }
        [News::Answered { who, .. }, rest @ ..] => {
            (format!("Query {} of request {} is answered", who.query, who.request), rest)
        }
        [News::Served { who, place }, rest @ ..] => {
            let words =
                format!("The server is done with request {}, which still holds {}", who.request, connection(*place));
            (words, rest)
        }
        [News::GaveUp { who, waited }, rest @ ..] => (
            format!(
                "Request {} gives up after {}: `timeout exceeded when trying to connect`",
                who.request,
                ms(*waited)
            ),
            rest,
        ),
        [News::Opened { request, place }, rest @ ..] => match request {
            Some(request) => (format!("{} is open, for request {request}", capital(&connection(*place))), rest),
            None => (format!("{} is open, and nobody wants it any more", capital(&connection(*place))), rest),
        },
        [News::Cut { place }, rest @ ..] => {
            (format!("{} has taken too long to open and is cut off", capital(&connection(*place))), rest)
        }
        [News::Closed { place }, rest @ ..] => {
            let idle = ms(scenario.idle_timeout.into());
            (format!("{} is closed: nobody used it for {idle}", capital(&connection(*place))), rest)
        }
        rest => ("Something happens".to_owned(), rest),
    };
    let mut words = format!("**{head}.**");
    for sentence in consequences(scenario, news.first(), rest, run) {
        words.push(' ');
        words += &sentence;
    }
    Note::new(words)
}

/// What followed, a sentence each; several of a kind in one.
fn consequences(scenario: &Scenario, cause: Option<&News>, news: &[News], run: &Run) -> Vec<String> {
    let mut sentences = Vec::new();
    let opened_for =
        |request: u32| matches!(cause, Some(News::Opened { request: Some(whose), .. }) if *whose == request);
    let mut got: Vec<(u32, usize, Micros)> = Vec::new();
    let mut opens: Vec<(u32, usize)> = Vec::new();
    let mut waits: Vec<(u32, usize)> = Vec::new();
    for item in news {
        match *item {
            // A connection that takes no time to open has been announced.
            News::Got { request, place, .. } if opens.contains(&(request, place)) || opened_for(request) => {}
            News::Got { request, place, waited } => got.push((request, place, waited)),
            News::Opens { request, place } => opens.push((request, place)),
            News::Waits { request, ahead } => waits.push((request, ahead)),
            News::Leaked { place, .. } => {
                let left = run.tally().figures.leaked;
                sentences.push(format!(
                    "Nobody calls `release()` for {}: it is out of the pool for good, with {} leaked so far.",
                    connection(place),
                    left
                ));
            }
            News::Done { who, took } => {
                let after = if scenario.queries > 1 {
                    format!("Request {} is done, after {}.", who.request, ms(took))
                } else {
                    format!("It took {} from its arrival on.", ms(took))
                };
                sentences.push(after);
            }
            News::GaveUp { who, waited } => {
                sentences.push(format!("Request {} fails after {}.", who.request, ms(waited)))
            }
            News::GivenBack { .. }
            | News::Arrived { .. }
            | News::Opened { .. }
            | News::Answered { .. }
            | News::Served { .. }
            | News::Cut { .. }
            | News::Closed { .. } => {}
        }
    }
    if let (Use::Nested, Some(News::Answered { place, more: 1.., .. })) = (scenario.using, cause)
        && !news.iter().any(|item| matches!(item, News::GivenBack { .. }))
    {
        sentences.push(format!("It keeps {} and asks for a second one.", connection(*place)));
    }
    sentences.extend(opens_sentence(scenario, &opens));
    sentences.extend(got_sentence(&got));
    sentences.extend(waits_sentence(scenario, &waits, run));
    let back = news.iter().rfind(|item| matches!(item, News::GivenBack { .. }));
    if let (Some(News::GivenBack { place, .. }), true) = (back, got.is_empty() && opens.is_empty() && waits.is_empty())
    {
        sentences.push(format!("{} is idle: nobody waits.", capital(&connection(*place))));
    }
    sentences
}

fn opens_sentence(scenario: &Scenario, opens: &[(u32, usize)]) -> Option<String> {
    let of = scenario.max;
    match opens {
        [] => None,
        [(request, place)] if scenario.opening == 0 => Some(format!(
            "None is idle, and the pool may have {of}: {} is opened for request {request}.",
            connection(*place)
        )),
        [(request, place)] => Some(format!(
            "None is idle, and the pool may have {of}: {} is being opened for request {request}, which costs the server {}.",
            connection(*place),
            ms(scenario.opening.into())
        )),
        many => Some(format!("{} connections are opened.", many.len())),
    }
}

fn got_sentence(got: &[(u32, usize, Micros)]) -> Option<String> {
    match got {
        [] => None,
        [(request, place, 0)] => {
            Some(format!("{} was idle: request {request} gets it at once.", capital(&connection(*place))))
        }
        [(request, place, waited)] => Some(format!(
            "{} goes to request {request}, which has waited longest: {}.",
            capital(&connection(*place)),
            ms(*waited)
        )),
        many if many.iter().all(|(.., waited)| *waited > 0) => {
            let requests: Vec<String> = many.iter().map(|(request, ..)| request.to_string()).collect();
            Some(format!(
                "{} connections go to those who have waited longest: requests {}.",
                many.len(),
                requests.join(", ")
            ))
        }
        many => Some(format!("{} idle connections are given out.", many.len())),
    }
}

fn waits_sentence(scenario: &Scenario, waits: &[(u32, usize)], run: &Run) -> Option<String> {
    match waits {
        [] => None,
        [(request, ahead)] => {
            let place = match ahead {
                0 => "first in the queue".to_owned(),
                1 => "with one before it".to_owned(),
                n => format!("with {} before it", number(*n as u64)),
            };
            let leaked = run.tally().figures.leaked;
            let why = match leaked {
                0 => format!("All {} connections are taken", scenario.max),
                n if n == scenario.max => "Every connection has leaked".to_owned(),
                n => format!("All connections are taken, {n} of them by requests that are long over"),
            };
            Some(format!("{why}: request {request} waits, {place}."))
        }
        many => {
            let what = if many.iter().all(|(request, _)| *request == many[0].0) { "of its queries" } else { "of them" };
            Some(format!("{} {what} wait: all {} connections are taken.", many.len(), scenario.max))
        }
    }
}

/// A part of the run has passed.
pub fn slice(slice: &Slice, began: Micros, before: u32, run: &Run) -> Note {
    let seconds = seconds(slice.end);
    let waiting = run.queue().len() as u64;
    let mut words = format!(
        "**{seconds}.** In the last {}: {} answered, {} of the pool in use, {} waiting on average.",
        self::seconds(slice.end - began),
        count(slice.done, "request"),
        percent(slice.utilisation.into()),
        decimal(slice.waiting.into()),
    );
    if slice.failed > 0 {
        words += &format!(" {} failed: no connection in time.", count(slice.failed, "request"));
    }
    if slice.leaked > before {
        words += &format!(
            " {} leaked, {} of {} by now.",
            count(slice.leaked - before, "connection"),
            slice.leaked,
            run.scenario().max
        );
    }
    if waiting > 0 {
        words += &format!(
            " {} for a connection now.",
            if waiting == 1 { "1 waits".into() } else { format!("{} wait", number(waiting)) }
        );
    }
    Note::new(words)
}

/// The watch ends.
pub fn results(counts: &Counts, figures: &Figures) -> Note {
    let mut words = format!(
        "**{} are over.** {} of {} answered, {} a second. The wait for a connection was {} on average, {} for half of them and within {} for 95 of a hundred.",
        seconds(figures.clock),
        number(counts.done.into()),
        count(counts.arrived, "request"),
        decimal(figures.done_per_second()),
        time(figures.waits.mean),
        if figures.waits.median == 0 { "nothing".into() } else { time(figures.waits.median.into()) },
        time(figures.waits.within_95.into()),
    );
    if counts.failed > 0 {
        words += &format!(" {} failed.", number(counts.failed.into()));
    }
    if figures.left > 0 {
        words += &format!(
            " {} without a connection when the watch ends.",
            if figures.left == 1 { "1 is".into() } else { format!("{} are", number(figures.left.into())) }
        );
    }
    if figures.leaked > 0 {
        words += &format!(" {} leaked.", count(figures.leaked, "connection"));
    }
    Note::new(words)
}

/// What the laws say of it.
pub fn laws(results: &Results) -> Note {
    let figures = &results.figures;
    let little = format!(
        "**Little’s law, L = λW:** {} asked a second, each waited {}: {} waiting on average, and that is what was counted.",
        decimal(figures.asked_per_second()),
        time(figures.wait),
        decimal(figures.waiting),
    );
    Note::new(match &results.prediction {
        Prediction::Holds { mean, waiting, within_95, .. } => format!(
            "{little} M/M/c predicted a mean wait of {} and 95 of a hundred within {}, with {} having to wait at all. One run differs from \
             that; the mean of many does not.",
            time(*mean),
            time(*within_95),
            percent(*waiting),
        ),
        Prediction::Fails(reasons) => {
            format!("{little} M/M/c predicts nothing here: {}.", reasons.join("; "))
        }
    })
}

/// The same traffic with a pool of another size.
pub fn level(level: &Level) -> Note {
    let figures = &level.figures;
    let failed =
        if figures.failed > 0 { format!(" {} failed.", count(figures.failed, "request")) } else { String::new() };
    let quick = &figures.took_of[0];
    let took = match quick.count {
        0 => "No quick request is answered.".to_owned(),
        _ => {
            let (mean, within) = (time(quick.mean), time(quick.within_95.into()));
            format!("Quick requests take {mean} on average, and 95 of a hundred of them {within} at most.")
        }
    };
    let wait = time(figures.waits.mean);
    Note::new(format!("**A pool of {}.** The wait for a connection is {wait} on average. {took}{failed}", level.max))
}

/// What the sizes come to.
pub fn sizes(levels: &[Level]) -> Option<Note> {
    let best = enough(levels)?;
    let (first, last) = (levels.first()?, levels.last()?);
    let beyond = match best.figures.leaked {
        0 if best.max < last.max => " Larger pools gain next to nothing, or lose.".to_owned(),
        0 => " No smaller one comes near it.".to_owned(),
        leaked => format!(" But {leaked} of them have leaked by now: in a longer run it ends as the others do."),
    };
    Some(Note::new(format!(
        "**From {} to {} connections, {} are enough:** 95 of a hundred quick requests take {} at most.{beyond}",
        first.max,
        last.max,
        best.max,
        time(best.figures.took_of[0].within_95.into()),
    )))
}

/// The smallest pool that comes within a twentieth of the best one: of those that answer as many requests as any, the one with the shortest times.
pub fn enough(levels: &[Level]) -> Option<&Level> {
    let most = levels.iter().map(|level| level.figures.done).max()?;
    // Answering a few soon and the others never is no merit.
    let able = || levels.iter().filter(|level| u64::from(level.figures.done) * 100 >= u64::from(most) * 99);
    let within = |level: &Level| u64::from(level.figures.took_of[0].within_95);
    let shortest = able().map(within).min()?;
    able().find(|level| within(level) * 20 <= shortest * 21)
}

/// The run was cut short.
pub fn stopped(why: &str) -> Note {
    Note::new(format!("**The run was cut short:** {why}. What follows is about the time until then."))
}

/// `connection 3`
fn connection(place: usize) -> String {
    format!("connection {}", place + 1)
}

fn capital(words: &str) -> String {
    format!("{}{}", words[..1].to_uppercase(), &words[1..])
}

fn count(count: u32, what: &str) -> String {
    let what = match what.strip_suffix('y') {
        Some(stem) if count != 1 => format!("{stem}ies"),
        _ => format!("{what}{}", if count == 1 { "" } else { "s" }),
    };
    format!("{} {what}", number(count.into()))
}

/// Digits in groups of three.
fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// With the digits that matter at its size.
fn decimal(value: f64) -> String {
    match value {
        value if value >= 100.0 => number(libm::round(value) as u64),
        value if value >= 9.95 => format!("{value:.1}").trim_end_matches(".0").into(),
        value if value < 0.005 => "0".into(),
        value => format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').into(),
    }
}

/// A time in milliseconds.
fn ms(micros: Micros) -> String {
    time(micros as f64)
}

/// A mean time, given in microseconds.
fn time(micros: f64) -> String {
    match micros {
        0.0 => "0 ms".into(),
        micros if micros < 5.0 => "next to nothing".into(),
        micros => format!("{} ms", decimal(micros / 1000.0)),
    }
}

fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0))
}

fn seconds(micros: Micros) -> String {
    format!("{} s", decimal(micros as f64 / 1e6))
}

/// Requests that news are about, the first first.
pub fn about(news: &[News]) -> Vec<u32> {
    let mut requests = Vec::new();
    for item in news {
        let request = match *item {
            News::Arrived { request, .. }
            | News::Got { request, .. }
            | News::Opens { request, .. }
            | News::Waits { request, .. }
            | News::GivenBack { request, .. }
            | News::Leaked { request, .. } => Some(request),
            News::Opened { request, .. } => request,
            News::Served { who, .. }
            | News::Answered { who, .. }
            | News::GaveUp { who, .. }
            | News::Done { who, .. } => Some(who.request),
            News::Cut { .. } | News::Closed { .. } => None,
        };
        requests.extend(request.filter(|request| !requests.contains(request)));
    }
    requests
}

/// Requests that end, and whether they were answered.
pub fn leaving(news: &[News]) -> Vec<(Who, bool)> {
    let ends = news.iter().filter_map(|item| match item {
        News::Done { who, .. } => Some((*who, true)),
        News::GaveUp { who, .. } => Some((*who, false)),
        _ => None,
    });
    ends.collect()
}
