//! Saving, and hearing of what others have saved.

use super::idb::Change;
use super::tabs::{Tabs, Word};
use super::{Place, Saving, Store, clock, rows};
use interleave_course::memory::Rating;
use interleave_course::progress::{Draft, Merged, Progress, Record, Session, Stored, in_short};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// An answer, before it has an id and a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub question: String,
    pub rating: Rating,
    /// Whether a machine found it right.
    pub right: Option<bool>,
    /// What was answered; it is cut to what is kept.
    pub said: String,
    /// How long it took, in milliseconds.
    pub took: Option<u32>,
    pub session: Session,
}

impl Store {
    /// Takes answers and begins to save them together. They count at once; [`Store::saving`] says when the disk has them.
    pub fn answer(&self, answers: Vec<Answered>) {
        let now = clock::moment();
        let mut changes = vec![];
        for Answered { question, rating, right, said, took, session } in answers {
            let record = self.0.writer.borrow_mut().record(now, &question, rating, session);
            let record = Record { right, said: in_short(&said), took, ..record };
            let row = Stored::from(&record);
            // What is refused was not made by a page of ours: there is nothing that a learner could do about it.
            if self.0.progress.borrow_mut().add(record).is_ok() {
                changes.push(row);
            }
        }
        self.save(changes);
        self.ask_to_stay();
    }

    /// Keeps something that is not finished.
    pub fn save_draft(&self, draft: Draft) {
        let row = Stored::from(&draft);
        if self.0.progress.borrow_mut().save_draft(draft).is_ok() {
            self.save(vec![row]);
        }
    }

    /// What was begun of a kind, saved last, and not finished.
    pub fn begun(&self, kind: Session) -> Option<Draft> {
        self.progress().drafts().filter(|draft| draft.kind == kind).max_by_key(|draft| draft.saved).cloned()
    }

    /// Closes everything of a kind that was begun.
    pub fn close(&self, kind: Session) {
        let open = |draft: &&Draft| draft.kind == kind;
        let names: Vec<String> = self.progress().drafts().filter(open).map(|draft| draft.name.clone()).collect();
        names.iter().for_each(|name| self.save_draft(Draft::closed(kind, name, clock::now())));
    }

    /// Takes over what a file had; everything stays that was there.
    pub fn merge(&self, other: Progress) -> Merged {
        let before: BTreeMap<String, String> = self.progress().stored().map(|row| (row.key, row.json)).collect();
        let merged = self.0.progress.borrow_mut().merge(other);
        let new = |row: &Stored| before.get(&row.key) != Some(&row.json);
        let rows: Vec<Stored> = self.progress().stored().filter(new).collect();
        self.save(rows);
        merged
    }

    /// Deletes everything, what cannot be read as well.
    pub fn delete_everything(&self) {
        *self.0.progress.borrow_mut() = Progress::default();
        self.0.damaged.borrow_mut().clear();
        *self.0.decks.borrow_mut() = Rc::default();
        let clear = [rows::RECORDS, rows::CARRIED, rows::DRAFTS, rows::DECKS].map(|store| Change::Clear { store });
        *self.0.unsaved.borrow_mut() = clear.to_vec();
        self.flush();
        self.changed();
    }

    /// Tries again to save what could not be saved.
    pub fn try_again(&self) {
        self.flush();
    }

    fn save(&self, rows: Vec<Stored>) {
        let damaged = self.0.damaged.borrow();
        let writable = rows.into_iter().filter(|row| !damaged.contains(&row.key)).filter_map(rows::put).collect();
        drop(damaged);
        self.write(writable);
    }

    pub(super) fn write(&self, changes: Vec<Change>) {
        self.0.unsaved.borrow_mut().extend(changes);
        self.flush();
        self.changed();
    }

    /// Writes what is not on the disk yet. One transaction at a time; what comes meanwhile is written by the next.
    fn flush(&self) {
        let Some(database) = self.0.database.borrow().clone() else { return };
        if *self.0.saving.borrow() == Saving::Under || self.0.unsaved.borrow().is_empty() {
            return;
        }
        *self.0.saving.borrow_mut() = Saving::Under;
        let store = self.clone();
        spawn_local(async move {
            let changes = store.0.unsaved.borrow().clone();
            let result = database.change(&changes).await;
            let saved = result.is_ok();
            *store.0.saving.borrow_mut() = result.map_or_else(Saving::Failed, |()| Saving::Saved);
            if saved {
                store.written(&changes);
            }
            store.changed();
        });
    }

    fn written(&self, changes: &[Change]) {
        // Deleting everything has replaced what was under way.
        let mut unsaved = self.0.unsaved.borrow_mut();
        if unsaved.starts_with(changes) {
            unsaved.drain(..changes.len());
        }
        let more = !unsaved.is_empty();
        drop(unsaved);
        if let Some(tabs) = &*self.0.tabs.borrow() {
            let key = |change: &Change| match change {
                Change::Put { key, .. } | Change::Remove { key, .. } => Some(key.clone()),
                Change::Clear { .. } => None,
            };
            let keys: Option<Vec<String>> = changes.iter().map(key).collect();
            tabs.tell(&keys.filter(|keys| keys.len() <= 200).map_or(Word::Everything, Word::Written));
        }
        if more {
            self.flush();
        }
    }

    pub(super) fn listen(&self, name: &str) {
        let Some(database) = self.0.database.borrow().clone() else { return };
        let state = Rc::downgrade(&self.0);
        let tabs = Tabs::join(&format!("{name}-progress"), move |word| {
            if let Some(state) = state.upgrade() {
                spawn_local(Store(state).hear(word));
            }
        });
        *self.0.tabs.borrow_mut() = tabs;
        let state = Rc::downgrade(&self.0);
        let endings = database.on_end(move |newer| {
            let Some(state) = state.upgrade() else { return };
            let why = if newer {
                "a newer version of this site is open in another tab. Reload the page to get it"
            } else {
                "the browser has closed its database. Reload the page to open it again"
            };
            *state.database.borrow_mut() = None;
            *state.place.borrow_mut() = Place::Memory(why.to_string());
            Store(state).changed();
        });
        *self.0.endings.borrow_mut() = endings.into();
    }

    async fn hear(self, word: Word) {
        let Some(database) = self.0.database.borrow().clone() else { return };
        match word {
            Word::Written(keys) => {
                self.read_decks(&database, Some(&keys)).await;
                if let Ok(read) = rows::some(&database, &keys, clock::now()).await {
                    self.0.progress.borrow_mut().merge(read.progress);
                }
            }
            Word::Everything => {
                self.read_decks(&database, None).await;
                if let Ok(read) = rows::everything(&database, clock::now()).await {
                    *self.0.progress.borrow_mut() = read.progress;
                    *self.0.damaged.borrow_mut() = read.damaged;
                    // What this tab has not saved yet is not lost with it.
                    let unsaved = self.0.unsaved.borrow().clone();
                    let rows = unsaved.into_iter().filter_map(|change| match change {
                        Change::Put { store, key, text } if store != rows::DECKS => Some(Stored { key, json: text }),
                        _ => None,
                    });
                    let version = interleave_course::progress::VERSION;
                    let own = Progress::restore(rows, version, clock::now()).progress;
                    self.0.progress.borrow_mut().merge(own);
                }
            }
        }
        self.changed();
    }

    /// Asks the browser, once and silently, not to delete the database when space is short.
    pub(super) fn ask_to_stay(&self) {
        if self.0.asked_to_stay.replace(true) || self.place() != Place::Database {
            return;
        }
        if let Some(window) = web_sys::window() {
            let storage = js_sys::Reflect::get(&window.navigator(), &"storage".into());
            // Not there on insecure addresses.
            if storage.is_ok_and(|storage| storage.is_object()) {
                let _ = window.navigator().storage().persist();
            }
        }
    }
}
