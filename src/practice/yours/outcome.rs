//! What came of the files: a sentence, and what is wrong with them.

use super::bringing::Brought;
use crate::practice::words::count;
use interleave_course::Problem;
use yew::prelude::*;

/// The most problems that are listed; of more, how many.
const LISTED: usize = 60;

/// `under_way`: the number of the file that is being read, and of how many.
pub fn view(brought: &[Brought], under_way: Option<(usize, usize)>) -> Html {
    let busy = under_way.is_some();
    html! {
        <div class="yours-outcome">
            <p class={classes!("yours-told", busy.then_some("busy"))} role="status">{ match under_way {
                Some((_, 1)) => "Reading…".into(),
                Some((at, of)) => format!("Reading {at} of {of}…"),
                None => summary(brought),
            } }</p>
            if !busy {
                { problems(brought) }
            }
        </div>
    }
}

/// `412 questions in 1 deck; 3 problems`
pub fn summary(brought: &[Brought]) -> String {
    if brought.is_empty() {
        return String::new();
    }
    let questions: usize = brought.iter().map(|one| one.questions).sum();
    let decks = brought.iter().filter(|one| one.questions > 0).count();
    let problems: usize =
        brought.iter().map(|one| one.problems.len() + one.more + usize::from(one.failure.is_some())).sum();
    let read = match questions {
        0 => "No question could be read".into(),
        _ => format!("{} in {}", count(questions, "question"), count(decks, "deck")),
    };
    let again = match brought.iter().filter(|one| one.again).count() {
        0 => String::new(),
        1 if decks == 1 => ", which was here before; your answers to it count on".into(),
        again => format!(", {again} of which were here before; your answers to them count on"),
    };
    let wrong = if problems == 0 { String::new() } else { format!("; {}", count(problems, "problem")) };
    format!("{read}{again}{wrong}.")
}

fn problems(brought: &[Brought]) -> Html {
    let bad: Vec<&Brought> = brought.iter().filter(|one| one.failure.is_some() || !one.problems.is_empty()).collect();
    let mut left = LISTED;
    bad.into_iter()
        .map(|one| {
            let listed = one.problems.len().min(left);
            left -= listed;
            of_file(one, listed)
        })
        .collect()
}

/// The problems of a file, `listed` of them one by one.
fn of_file(one: &Brought, listed: usize) -> Html {
    let more = one.problems.len() - listed + one.more;
    html! {
        <section class="yours-problems" aria-label={format!("Problems of {}", one.file)}>
            <h3>{ &one.file }</h3>
            <ul>
                if let Some(failure) = &one.failure {
                    <li class="left-out">{ failure }</li>
                }
                { for one.problems[..listed].iter().map(problem) }
                if more > 0 {
                    <li class="more">{ format!("and {more} more") }</li>
                }
            </ul>
        </section>
    }
}

fn problem(problem: &Problem) -> Html {
    // What is about the file as a whole is no matter of its first line.
    let place = match problem.question {
        Some(question) => format!("line {}, question {question}: ", problem.line),
        None if problem.line > 1 => format!("line {}: ", problem.line),
        None => String::new(),
    };
    let error = problem.is_error();
    html! {
        <li class={if error { "left-out" } else { "noted" }}>
            <span class="problem-place">{ place }</span>
            if !error {
                <span class="problem-kind">{"note: "}</span>
            }
            { &problem.message }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brought(questions: usize, problems: usize, again: bool) -> Brought {
        let problems = (0..problems).map(|at| Problem::error("a.gift", at as u32 + 1, "wrong")).collect();
        Brought { file: "a.gift".into(), questions, problems, again, ..Brought::default() }
    }

    #[test]
    fn what_came_of_it_is_a_sentence() {
        let failed = Brought { failure: Some("No.".into()), ..brought(0, 0, false) };
        assert_eq!(summary(&[]), "");
        assert_eq!(summary(&[brought(412, 3, false)]), "412 questions in 1 deck; 3 problems.");
        assert_eq!(summary(&[brought(1, 0, false), brought(2, 0, false)]), "3 questions in 2 decks.");
        assert_eq!(summary(&[brought(0, 1, false)]), "No question could be read; 1 problem.");
        assert_eq!(summary(&[failed, brought(1, 0, false)]), "1 question in 1 deck; 1 problem.");
        assert_eq!(
            summary(&[brought(9, 0, true)]),
            "9 questions in 1 deck, which was here before; your answers to it count on."
        );
    }
}
