//! Everything as one file: out, in again, and gone.

use crate::practice::parts::download::{download, today};
use crate::practice::parts::watched::use_store_changes;
use crate::practice::store::Store;
use crate::practice::store::clock::now;
use crate::practice::words::count;
use interleave_course::progress::{Imported, import};
use std::rc::Rc;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct FilesProps {
    pub store: Store,
}

/// What is being done with files.
#[derive(Clone)]
enum Doing {
    Nothing,
    Reading,
    /// It was read; nothing is merged before the learner says so.
    Read(Rc<Imported>),
    /// A sentence about what was done, or why it was not.
    Told(String),
    /// Everything is about to be deleted.
    Deleting,
}

/// Export, import, delete.
#[component]
pub fn Files(props: &FilesProps) -> Html {
    use_store_changes(&props.store);
    let doing = use_state(|| Doing::Nothing);
    let told = use_node_ref();
    let answers = props.store.progress().records().count();
    let set = |what: Doing| {
        let doing = doing.clone();
        Callback::from(move |_: MouseEvent| doing.set(what.clone()))
    };
    let merge = |imported: &Rc<Imported>| {
        let (doing, store, imported) = (doing.clone(), props.store.clone(), imported.clone());
        Callback::from(move |_: MouseEvent| {
            let merged = store.merge(imported.progress.clone());
            doing.set(Doing::Told(format!(
                "{} taken over. Nothing that was here is lost.",
                count(merged.new, "new answer")
            )));
        })
    };
    let delete = {
        let (doing, store) = (doing.clone(), props.store.clone());
        Callback::from(move |_: MouseEvent| {
            store.delete_everything();
            doing.set(Doing::Told("Everything is deleted from this device.".into()));
        })
    };
    {
        let (told, asks) = (told.clone(), matches!(*doing, Doing::Read(_) | Doing::Deleting));
        use_effect_with(asks, move |asks| {
            if let Some(element) = told.cast::<HtmlElement>().filter(|_| *asks) {
                let _ = element.focus();
            }
        });
    }
    html! {
        <section class="files" aria-labelledby="export">
            <h2 id="export">{"Your answers as a file"}</h2>
            <p class="lead">{ format!("{} on this device, and nowhere else. Take them to another browser, or keep a copy.", count(answers, "answer")) }</p>
            <div class="files-ways">
                <button type="button" class="button" onclick={export(&props.store, &doing)}>{"Export"}</button>
                <label class="button files-choose">{"Import…"}<input type="file" accept=".json,application/json" onchange={choose(&doing)} /></label>
                <button type="button" class="button quiet" onclick={set(Doing::Deleting)}>{"Delete everything…"}</button>
            </div>
            <div class="files-told" ref={told} tabindex="-1">
                <p role="status">{ match &*doing {
                    Doing::Reading => "Reading the file…".to_string(),
                    Doing::Told(words) => words.clone(),
                    Doing::Read(imported) => summary(&props.store, imported),
                    Doing::Nothing | Doing::Deleting => String::new(),
                } }</p>
                { match &*doing {
                    Doing::Read(imported) => html! {
                        <>
                            { faults(imported) }
                            <p class="files-ways">
                                <button type="button" class="button main" onclick={merge(imported)}>{"Take them over"}</button>
                                <button type="button" class="button" onclick={set(Doing::Nothing)}>{"Leave it"}</button>
                            </p>
                        </>
                    },
                    Doing::Deleting => html! {
                        <>
                            <p><strong>{ format!("Delete {} for good?", count(answers, "answer")) }</strong>
                                {" Drafts, decks that you have brought, and rows that cannot be read go with them. There is no copy anywhere else unless you have exported one."}</p>
                            <p class="files-ways">
                                <button type="button" class="button danger" onclick={delete}>{"Delete everything"}</button>
                                <button type="button" class="button" onclick={set(Doing::Nothing)}>{"Keep it"}</button>
                            </p>
                        </>
                    },
                    _ => Html::default(),
                } }
            </div>
        </section>
    }
}

fn export(store: &Store, doing: &UseStateHandle<Doing>) -> Callback<MouseEvent> {
    let (doing, store) = (doing.clone(), store.clone());
    Callback::from(move |_| {
        let name = format!("interleave-progress-{}.json", today());
        let text = store.progress().export();
        doing.set(Doing::Told(match download(&name, "application/json", &text) {
            Ok(()) => format!("{name} is in your downloads."),
            Err(_) => "The browser refused to save a file.".into(),
        }));
    })
}

/// Reads the file that was chosen.
fn choose(doing: &UseStateHandle<Doing>) -> Callback<Event> {
    let doing = doing.clone();
    Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again.
        input.set_value("");
        doing.set(Doing::Reading);
        let doing = doing.clone();
        spawn_local(async move {
            doing.set(match bytes(&file).await {
                None => Doing::Told("The browser could not read the file.".into()),
                Some(bytes) => match import(&bytes, now()) {
                    Ok(imported) => Doing::Read(Rc::new(imported)),
                    Err(fault) => Doing::Told(format!(
                        "{} holds no answers of Interleave: {}.",
                        file.name(),
                        fault.message.trim_end_matches('.')
                    )),
                },
            });
        });
    })
}

async fn bytes(file: &File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// What a file would bring: "42 new answers, 3 damaged left out".
fn summary(store: &Store, imported: &Imported) -> String {
    let progress = store.progress();
    let (mut new, mut known, mut differing) = (0, 0, 0);
    for record in imported.progress.records() {
        match progress.record(record.id) {
            None => new += 1,
            Some(own) if own == record => known += 1,
            Some(_) => differing += 1,
        }
    }
    let mut parts = vec![count(new, "new answer")];
    let mut tell = |number: usize, words: &str| {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    };
    tell(known, "already here");
    tell(differing, "that differ from yours; of each, one is kept");
    tell(imported.progress.carried().count(), "totals of an older version");
    tell(imported.progress.drafts().count(), "not finished");
    tell(imported.dropped, "damaged, left out");
    format!("The file has {}.", parts.join(", "))
}

fn faults(imported: &Imported) -> Html {
    if imported.faults.is_empty() {
        return Html::default();
    }
    html! {
        <details>
            <summary>{"What is damaged"}</summary>
            <ul>{ for imported.faults.iter().map(|fault| html! { <li>{ fault.to_string() }</li> }) }</ul>
        </details>
    }
}
