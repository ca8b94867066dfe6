//! IndexedDB, as much of it as a store of rows needs: texts under keys, in a few object stores.
//!
//! Directly over web-sys: of the crates that wrap it, `idb` and `rexie` bring a part of tokio and know no durability, and
//! `indexed_db_futures` is larger than what is here.

use super::request::{Event, done, first};
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction};

/// How long a browser may take to open a database, in milliseconds. Some never answer in private windows.
const PATIENCE: u32 = 5000;

/// Why there is no database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The browser has none to give, or gives none to this page: a private window, or storage that is switched off.
    Missing(String),
    /// It was written by a newer version of this site.
    Newer,
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Database(IdbDatabase);

/// Something to be done to a row, or to all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Writes a row, whether or not there is one under its key.
    Put { store: &'static str, key: String, text: String },
    /// Removes a row, if there is one.
    Remove { store: &'static str, key: String },
    /// Removes all rows of an object store.
    Clear { store: &'static str },
}

impl Change {
    fn store(&self) -> &'static str {
        match self {
            Self::Put { store, .. } | Self::Remove { store, .. } | Self::Clear { store } => store,
        }
    }
}

impl Database {
    /// Opens the database of that name and makes it if there is none.
    pub async fn open(name: &str, version: u32, stores: &'static [&'static str]) -> Result<Self, Refused> {
        let missing = |error: JsValue| Refused::Missing(words(&error));
        let factory = web_sys::window().and_then(|window| factory(&window));
        let factory = factory.ok_or_else(|| Refused::Missing("this browser offers no IndexedDB".into()))?;
        let request = factory.open_with_u32(name, version).map_err(missing)?;
        let upgrade = request.clone();
        let _upgrades = gloo::events::EventListener::once(&request, "upgradeneeded", move |_| {
            let Ok(database) = upgrade.result().and_then(JsCast::dyn_into::<IdbDatabase>) else { return };
            for store in stores {
                // One that is there already is refused, and stays.
                let _ = database.create_object_store(store);
            }
        });
        let opened = Box::pin(first(&request, ["success", "error", "blocked"]));
        match select(opened, TimeoutFuture::new(PATIENCE)).await {
            Either::Left((Event("success"), _)) => {
                let database = request.result().map_err(missing)?;
                Ok(Self(database.unchecked_into()))
            }
            Either::Left((Event("blocked"), _)) => Err(Refused::Missing("another tab holds an older version".into())),
            Either::Left(_) => Err(refused(&request)),
            Either::Right(_) => Err(Refused::Missing("the browser does not answer".into())),
        }
    }

    /// Every row of an object store: its key and its text. A value that is no text, or a key that is none, is an empty one: damaged.
    pub async fn all(&self, store: &str) -> Result<Vec<(String, String)>, String> {
        let transaction = self.0.transaction_with_str(store).map_err(|error| words(&error))?;
        let rows = transaction.object_store(store).map_err(|error| words(&error))?;
        let keys = rows.get_all_keys().map_err(|error| words(&error))?;
        let values = rows.get_all().map_err(|error| words(&error))?;
        finished(&transaction).await?;
        let list = |request: IdbRequest| {
            request.result().map(|list| js_sys::Array::from(&list)).map_err(|error| words(&error))
        };
        let text = |value: JsValue| value.as_string().unwrap_or_default();
        Ok(list(keys)?.iter().map(text).zip(list(values)?.iter().map(text)).collect())
    }

    /// The texts under some keys; nothing where there is none.
    pub async fn some(&self, store: &str, keys: &[String]) -> Result<Vec<(String, String)>, String> {
        let transaction = self.0.transaction_with_str(store).map_err(|error| words(&error))?;
        let rows = transaction.object_store(store).map_err(|error| words(&error))?;
        let requests: Result<Vec<_>, _> = keys.iter().map(|key| rows.get(&key.as_str().into())).collect();
        let requests = requests.map_err(|error| words(&error))?;
        finished(&transaction).await?;
        let found = |(key, request): (&String, &IdbRequest)| Some((key.clone(), request.result().ok()?.as_string()?));
        Ok(keys.iter().zip(&requests).filter_map(found).collect())
    }

    /// Makes some changes, all of them or none, and comes back when they are on the disk.
    pub async fn change(&self, changes: &[Change]) -> Result<(), String> {
        let mut stores: Vec<_> = changes.iter().map(Change::store).collect();
        stores.sort_unstable();
        stores.dedup();
        if stores.is_empty() {
            return Ok(());
        }
        let transaction = self.write(&stores).map_err(|error| words(&error))?;
        for change in changes {
            let rows = transaction.object_store(change.store()).map_err(|error| words(&error))?;
            request(&rows, change).map_err(|error| words(&error))?;
        }
        finished(&transaction).await
    }

    /// A transaction whose end means that the disk has it, where the browser offers that: web-sys has not taken the option up yet.
    fn write(&self, stores: &[&str]) -> Result<IdbTransaction, JsValue> {
        let names: js_sys::Array = stores.iter().map(|store| JsValue::from_str(store)).collect();
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: js_sys::Function = js_sys::Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        begin.call3(&self.0, &names, &"readwrite".into(), &options)?.dyn_into()
    }

    /// Tells when the connection ends by itself: a newer version of the site wants the database, or the browser was told to forget.
    pub fn on_end(&self, end: impl Fn(bool) + 'static) -> [gloo::events::EventListener; 2] {
        let (database, end) = (self.0.clone(), std::rc::Rc::new(end));
        let closed = end.clone();
        [
            gloo::events::EventListener::new(&self.0, "versionchange", move |_| {
                database.close();
                end(true);
            }),
            gloo::events::EventListener::new(&self.0, "close", move |_| closed(false)),
        ]
    }

    /// Closes it. What was begun is finished.
    pub fn close(&self) {
        self.0.close();
    }
}

fn factory(window: &web_sys::Window) -> Option<IdbFactory> {
    // Reading the property throws where a document may not keep anything.
    window.indexed_db().ok().flatten()
}

fn request(rows: &IdbObjectStore, change: &Change) -> Result<IdbRequest, JsValue> {
    match change {
        Change::Put { key, text, .. } => rows.put_with_key(&text.as_str().into(), &key.as_str().into()),
        Change::Remove { key, .. } => rows.delete(&key.as_str().into()),
        Change::Clear { .. } => rows.clear(),
    }
}

async fn finished(transaction: &IdbTransaction) -> Result<(), String> {
    if done(transaction).await {
        return Ok(());
    }
    Err(transaction.error().map_or_else(|| "the browser gave it up".to_string(), |error| error.message()))
}

fn refused(request: &IdbRequest) -> Refused {
    let error = request.error().ok().flatten();
    match error {
        Some(error) if error.name() == "VersionError" => Refused::Newer,
        Some(error) => Refused::Missing(error.message()),
        None => Refused::Missing("the browser does not say why".into()),
    }
}

/// What a browser says of an error.
pub fn words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "an error without words".into())
}
