//! What does it print?

use super::sheet::Sheet;
use crate::draw::markdown::code;
use interleave_course::judge::{Line, difference};
use interleave_course::question::Program;
use interleave_course::{Answer, Given};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The program, and what its database has in it.
pub fn program(program: &Program) -> Html {
    html! {
        <>
            if !program.schema.trim().is_empty() {
                <p class="ask-hint">{"Its database:"}</p>
                {code(program.schema.trim(), "sql")}
                <p class="ask-hint">{"The program:"}</p>
            }
            {code(program.program.trim_end(), if program.module { "mjs" } else { "js" })}
        </>
    }
}

/// Where its output is typed; judged, the difference to what it prints.
pub fn answer(sheet: &Sheet) -> Html {
    let id = format!("{}-field", sheet.id);
    let text = sheet.text();
    if let (true, Some(Answer::Output { text: printed, .. })) = (sheet.judged(), sheet.answer) {
        return laid(&difference(printed, &text));
    }
    let typed = sheet.on_given.reform(|event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        Given::Text(area.value())
    });
    let lines = if text.trim().is_empty() { 0 } else { text.trim_end().lines().count() };
    let counted = match lines {
        0 => String::from("nothing yet"),
        1 => "1 line".into(),
        lines => format!("{lines} lines"),
    };
    html! {
        <div class="ask-field">
            <label for={id.clone()}>{"What it prints, line by line"}</label>
            <textarea {id} rows={(lines + 1).clamp(4, 12).to_string()} value={text} oninput={typed} readonly={sheet.judged()}
                autocomplete="off" autocapitalize="off" spellcheck="false" wrap="off" />
            <span class="ask-count">{counted}</span>
        </div>
    }
}

/// What was printed and what was typed, beside each other.
fn laid(lines: &[Line]) -> Html {
    let line = |line: &Line| {
        let (class, sign, words, text) = match line {
            Line::Same(text) => ("same", " ", "", text),
            Line::Missing(text) => ("missing", "+", "printed, not in your answer: ", text),
            Line::Extra(text) => ("extra", "−", "in your answer, not printed: ", text),
        };
        html! {
            <span class={classes!("code-line", class)}>
                <span class="sign" aria-hidden="true">{sign}</span>
                <span class="visually-hidden">{words}</span>{text.clone()}{"\n"}
            </span>
        }
    };
    let differs = lines.iter().any(|line| !matches!(line, Line::Same(_)));
    html! {
        <figure class="ask-diff">
            <figcaption>{if differs { "+ is printed, − is only in your answer" } else { "It prints" }}</figcaption>
            <div class="listing">
                <pre tabindex="0" aria-label="What it prints, and your answer"><samp>{for lines.iter().map(line)}</samp></pre>
            </div>
        </figure>
    }
}
