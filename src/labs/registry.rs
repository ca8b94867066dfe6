use super::island::{self, Place};
use super::{Lab, PresetInfo};
#[cfg(feature = "prerender")]
use {super::Mode, yew::Html};

/// A lab without its types: what pages list, mount and render.
pub struct Entry {
    /// Part of links and of page addresses.
    pub id: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    presets: fn() -> Vec<PresetInfo>,
    pub(super) mount: fn(Place),
    #[cfg(feature = "prerender")]
    placeholder: fn(&str, Mode) -> Option<Html>,
}

impl Entry {
    /// The entry of a lab.
    pub const fn of<L: Lab>() -> Self {
        Self {
            id: L::ID,
            title: L::TITLE,
            summary: L::SUMMARY,
            presets: L::presets,
            mount: island::mount::<L>,
            #[cfg(feature = "prerender")]
            placeholder: prerendered::placeholder::<L>,
        }
    }

    /// What the lab offers to begin with.
    pub fn presets(&self) -> Vec<PresetInfo> {
        (self.presets)()
    }

    /// See [`super::placeholder`].
    #[cfg(feature = "prerender")]
    pub fn placeholder(&self, preset: &str, mode: Mode) -> Option<Html> {
        (self.placeholder)(preset, mode)
    }
}

#[cfg(feature = "prerender")]
pub(super) use prerendered::render;

#[cfg(feature = "prerender")]
mod prerendered {
    use super::super::{Lab, Mode};
    use crate::player::{Opening, Player, Preview};
    use std::rc::Rc;
    use yew::prelude::*;

    /// The island with the first frame of a preset in it, and the little a browser needs to show the same frame
    /// before it has recorded anything.
    pub fn placeholder<L: Lab>(preset: &str, mode: Mode) -> Option<Html> {
        let scenario = L::preset(preset)?;
        let preview = Preview::<L>::of(L::record_here(&scenario));
        let data = preview.encode();
        let opening = Rc::new(Opening::<L>::preset(preset)?.with_preview(Some(preview)));
        Some(html! {
            <div data-lab={L::ID} data-preset={preset.to_owned()} data-mode={mode.name()} data-preview={data} inert=true>
                <Player<L> {opening} {mode} island={AttrValue::Static("")} />
            </div>
        })
    }

    #[derive(Properties, PartialEq)]
    struct Around {
        html: Html,
    }

    #[component]
    fn Whole(around: &Around) -> Html {
        around.html.clone()
    }

    /// Renders what needs no browser. `None` when it waits for something, which nothing in a first frame does.
    pub fn render(html: Html) -> Option<String> {
        use futures::FutureExt;
        let renderer = yew::LocalServerRenderer::<Whole>::with_props(Around { html }).hydratable(false);
        futures::executor::block_on(renderer.render().map(Some))
    }
}
