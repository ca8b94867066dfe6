//! A word or a number, typed.

use super::sheet::Sheet;
use interleave_course::Given;
use interleave_course::question::Number;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A word or a few.
pub fn short(sheet: &Sheet) -> Html {
    field(sheet, "Your answer", "text", "")
}

/// A number, with what it counts behind it.
pub fn number(sheet: &Sheet, number: &Number) -> Html {
    field(sheet, "Your answer, a number", "decimal", &number.unit)
}

fn field(sheet: &Sheet, label: &'static str, mode: &'static str, unit: &str) -> Html {
    let id = format!("{}-field", sheet.id);
    let typed = sheet.on_given.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Given::Text(input.value())
    });
    let mark = sheet.verdict.map(|verdict| if verdict.right { "right" } else { "wrong" });
    html! {
        <div class={classes!("ask-field", mark)}>
            <label for={id.clone()}>{label}</label>
            <span class="ask-line">
                <input {id} type="text" inputmode={mode} value={sheet.text()} oninput={typed} readonly={sheet.judged()}
                    autocomplete="off" autocapitalize="off" spellcheck="false" />
                if !unit.is_empty() {
                    <span class="unit">{unit.to_owned()}</span>
                }
            </span>
        </div>
    }
}
