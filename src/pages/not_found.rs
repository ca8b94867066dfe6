//! The page for addresses that lead nowhere.

use super::shell::{Part, page};
use super::site::Draft;
use yew::prelude::*;

pub fn draft() -> Draft {
    let main = html! {
        <div class="text">
            <h1>{"There is no page here"}</h1>
            <p>{"The address may have been mistyped, or the page may have moved. Programs shared by a link are part of the \
                 link itself, so none of them is lost."}</p>
            <p><a href="./">{"Home"}</a>{" · "}<a href="guide/">{"Guide"}</a>{" · "}<a href="labs/">{"Labs"}</a></p>
        </div>
    };
    Draft {
        path: "404.html".into(),
        title: "Not found · Interleave".into(),
        description: "There is no page at this address.".into(),
        body: page(Part::Elsewhere, "404.html", main),
        embed: false,
    }
}
