//! What a learner has done, kept by this browser and nowhere else.
//!
//! Every answer is a row of its own, written when it is given, in one transaction that ends when the disk has it. A tab gives away
//! ids that no other tab has, so two tabs write different rows and none is lost; a channel tells the others which rows are new.
//! Rows that cannot be read are counted and left as they are: nothing is ever written under their keys.
//!
//! ```text
//! idb.rs, request.rs  IndexedDB           rows.rs  rows and object stores
//! tabs.rs             the other tabs      clock.rs  what time it is here
//! decks.rs            decks of the learner's own
//! ```
//!
//! Where there is no database, everything works until the page is left, and the page says so.

pub mod clock;
mod decks;
pub mod idb;
mod keep;
mod request;
mod rows;
mod tabs;

use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use idb::{Change, Database, Refused};
use interleave_course::progress::{Progress, Writer};
use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};
use tabs::Tabs;
use yew::Callback;

pub use decks::{Yours, unpacked};
pub use keep::Answered;
pub use rows::LAYOUT;

/// The database of every page of the site.
const NAME: &str = "interleave";

/// Where answers are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the browser's database.
    Database,
    /// In this page, as long as it is open. Why, in words for the learner.
    Memory(String),
}

/// How saving stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// All that was given is on the disk.
    Saved,
    /// Something is on its way to it.
    Under,
    /// The browser refused, in its words. It is tried again with the next answer.
    Failed(String),
}

/// The store of a page. Copies are the same store.
#[derive(Clone)]
pub struct Store(Rc<State>);

struct State {
    database: RefCell<Option<Database>>,
    progress: RefCell<Progress>,
    writer: RefCell<Writer>,
    place: RefCell<Place>,
    damaged: RefCell<BTreeSet<String>>,
    /// What the learner has brought, by name.
    decks: RefCell<Rc<Vec<Yours>>>,
    /// What is not on the disk yet, in the order in which it was given.
    unsaved: RefCell<Vec<Change>>,
    saving: RefCell<Saving>,
    tabs: RefCell<Option<Tabs>>,
    /// Whether the browser was asked to keep the database when space is short.
    asked_to_stay: Cell<bool>,
    watchers: RefCell<Vec<(u32, Callback<()>)>>,
    next_watcher: Cell<u32>,
    endings: RefCell<Vec<gloo::events::EventListener>>,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.place()).finish()
    }
}

thread_local! {
    static PAGE: Shared<LocalBoxFuture<'static, Store>> = Store::open_named(NAME).boxed_local().shared();
}

impl Store {
    /// The page's store: opened once, however many ask.
    pub async fn open() -> Self {
        PAGE.with(Shared::clone).await
    }

    /// Opens a store of another name. Tests do.
    pub async fn open_named(name: &'static str) -> Self {
        let opened = Database::open(name, LAYOUT, rows::STORES).await;
        let (device, tab) = (clock::chance(), clock::chance());
        let store = match opened {
            Ok(database) => match Self::read(&database, device).await {
                Ok((device, read)) => Self::new(Some(database), Place::Database, device, tab, read),
                Err(words) => Self::in_memory(&words, device, tab),
            },
            Err(Refused::Newer) => {
                let words =
                    "a newer version of this site has written the answers on this device. Reload the page to get it";
                Self::in_memory(words, device, tab)
            }
            Err(Refused::Missing(words)) => Self::in_memory(&words, device, tab),
        };
        let database = store.0.database.borrow().clone();
        if let Some(database) = database {
            store.read_decks(&database, None).await;
        }
        store.listen(name);
        store
    }

    fn in_memory(why: &str, device: u32, tab: u32) -> Self {
        let read = rows::Read { progress: Progress::default(), damaged: BTreeSet::new() };
        Self::new(None, Place::Memory(why.to_string()), device, tab, read)
    }

    fn new(database: Option<Database>, place: Place, device: u32, tab: u32, read: rows::Read) -> Self {
        let writer = read.progress.writer(device, tab);
        Self(Rc::new(State {
            database: RefCell::new(database),
            writer: RefCell::new(writer),
            progress: RefCell::new(read.progress),
            place: RefCell::new(place),
            damaged: RefCell::new(read.damaged),
            decks: RefCell::default(),
            unsaved: RefCell::default(),
            saving: RefCell::new(Saving::Saved),
            tabs: RefCell::default(),
            asked_to_stay: Cell::default(),
            watchers: RefCell::default(),
            next_watcher: Cell::default(),
            endings: RefCell::default(),
        }))
    }

    /// The rows, and who this device is: the number that was drawn at first.
    async fn read(database: &Database, drawn: u32) -> Result<(u32, rows::Read), String> {
        let (read, device) = futures::try_join!(rows::everything(database, clock::now()), database.all(rows::DEVICE))?;
        let known = device.iter().find(|(key, _)| key == "id").and_then(|(_, id)| u32::from_str_radix(id, 16).ok());
        if known.is_none() {
            let id = Change::Put { store: rows::DEVICE, key: "id".into(), text: format!("{drawn:08x}") };
            // Where nothing can be written, answers say so when they come.
            let _ = database.change(&[id]).await;
        }
        Ok((known.unwrap_or(drawn), read))
    }

    /// Everything that is known. Not to be held over an `await`.
    pub fn progress(&self) -> Ref<'_, Progress> {
        self.0.progress.borrow()
    }

    /// Where answers are kept.
    pub fn place(&self) -> Place {
        self.0.place.borrow().clone()
    }

    /// How saving stands.
    pub fn saving(&self) -> Saving {
        self.0.saving.borrow().clone()
    }

    /// How many rows cannot be read. They are left as they are.
    pub fn damaged(&self) -> usize {
        self.0.damaged.borrow().len()
    }

    /// Calls back whenever something has changed, here or in another tab, as long as what is returned lives.
    pub fn watch(&self, changed: Callback<()>) -> Watch {
        let id = self.0.next_watcher.get();
        self.0.next_watcher.set(id.wrapping_add(1));
        self.0.watchers.borrow_mut().push((id, changed));
        Watch { store: Rc::downgrade(&self.0), id }
    }

    fn changed(&self) {
        let watchers = self.0.watchers.borrow().clone();
        watchers.iter().for_each(|(_, changed)| changed.emit(()));
    }
}

/// Somebody who is told of changes, until this is dropped.
pub struct Watch {
    store: Weak<State>,
    id: u32,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(state) = self.store.upgrade() {
            state.watchers.borrow_mut().retain(|(id, _)| *id != self.id);
        }
    }
}
