//! Who writes the address bar: the lab that was touched last, a moment after it came to rest.

use gloo::timers::callback::Timeout;
use std::cell::RefCell;

/// Browsers refuse to rewrite the address more than about a hundred times in half a minute.
const REST: u32 = 250;

thread_local! {
    static PENDING: RefCell<Option<(Timeout, String)>> = const { RefCell::new(None) };
}

/// Puts `query` into the address bar soon, in place of what any lab wanted there before.
pub fn claim(query: String) {
    let timer = Timeout::new(REST, settle);
    PENDING.set(Some((timer, query)));
}

/// Writes what waits to be written now.
pub fn settle() {
    let Some((timer, query)) = PENDING.take() else { return };
    drop(timer);
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    let (Ok(path), Ok(hash), Ok(history)) = (location.pathname(), location.hash(), window.history()) else { return };
    // The whole path: a bare query would be resolved against the page's base, which is the site's root.
    let address = format!("{path}{query}{}{hash}", foreign(&location.search().unwrap_or_default()));
    // Refused in sandboxed frames without an origin; the lab works without it.
    let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
}

/// The parameters that are not ours, as they would follow ours: an embedding page may have set some.
fn foreign(search: &str) -> String {
    let ours = ["v", "lab", "on", "preset", "s", "at"];
    let pairs = search.trim_start_matches('?').split('&');
    let kept = pairs.filter(|pair| !pair.is_empty() && !ours.contains(&pair.split('=').next().unwrap_or_default()));
    kept.fold(String::new(), |text, pair| format!("{text}&{pair}"))
}

/// The absolute address of this page, or of the page `path` under the site's base, with `query`.
pub fn absolute(path: Option<&str>, query: &str) -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    match path {
        None => Some(format!("{}{}{query}", location.origin().ok()?, location.pathname().ok()?)),
        Some(path) => {
            let base = window.document()?.base_uri().ok()??;
            let root = &base[..=base.rfind('/')?];
            Some(format!("{root}{path}{query}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn what_others_put_into_the_address_stays() {
        assert_eq!(foreign("?v=1&theme=dark&at=3&x"), "&theme=dark&x");
        assert_eq!(foreign(""), "");
    }
}
