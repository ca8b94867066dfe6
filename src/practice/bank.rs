//! The bank, fetched once a page.

use crate::labs::Failure;
use interleave_course::catalogue::Catalogue;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Where the build writes it, relative to the site.
pub const ADDRESS: &str = "practice/bank.json";

thread_local! {
    static KEPT: RefCell<Option<Rc<Catalogue>>> = const { RefCell::new(None) };
}

/// Every question there is.
///
/// # Errors
/// When it cannot be fetched or read; asking again tries again.
pub async fn bank() -> Result<Rc<Catalogue>, Failure> {
    if let Some(bank) = KEPT.with_borrow(Clone::clone) {
        return Ok(bank);
    }
    let bytes = fetch().await.map_err(|_| unreachable())?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable())?;
    let bank = Rc::new(Catalogue::read(text).map_err(|_| unreadable())?);
    KEPT.set(Some(bank.clone()));
    Ok(bank)
}

/// The bytes of the file, which is relative to the page's base, the site. As text it would be made a string of the browser's first: that takes
/// as long as all the rest.
async fn fetch() -> Result<Vec<u8>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let base = window.document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default();
    // The base is the site's root; without a `<base>` it is the page itself, and so is what follows its last slash.
    let site = base.rfind('/').map_or("", |slash| &base[..=slash]);
    let response = JsFuture::from(window.fetch_with_str(&format!("{site}{ADDRESS}"))).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

fn unreachable() -> Failure {
    Failure {
        title: "The questions could not be loaded.".into(),
        advice: "Check the connection and try again. What you have answered is safe.".into(),
    }
}

fn unreadable() -> Failure {
    Failure {
        title: "The questions could not be read.".into(),
        advice: "The page and its questions are of different versions. Reload the page.".into(),
    }
}
