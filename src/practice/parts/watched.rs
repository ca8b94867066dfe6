//! A component that is drawn again whenever the store has changed.

use crate::practice::store::Store;
use yew::prelude::*;

/// Draws the component again after each change of the store, here or in another tab.
#[hook]
pub fn use_store_changes(store: &Store) {
    let update = use_force_update();
    let watch = store.clone();
    use_effect_with(store.clone(), move |_| {
        let watch = watch.watch(Callback::from(move |()| update.force_update()));
        move || drop(watch)
    });
}
