use super::island::{self, Place};
use super::{Lab, Name, PresetInfo};
#[cfg(feature = "prerender")]
use {super::Mode, yew::Html};

/// A lab without its types: what pages list, mount and render.
pub struct Entry {
    /// Part of links and of page addresses.
    pub id: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    pub(super) name: Name,
    /// The app that brings it to life, if that is not the one of every page.
    #[cfg_attr(not(feature = "prerender"), expect(dead_code, reason = "only the page's placeholder says it"))]
    app: Option<&'static str>,
    pub(super) mount: fn(Place),
    #[cfg(feature = "prerender")]
    placeholder: fn(Name, Option<&'static str>, &str, Mode) -> Option<Html>,
}

impl Entry {
    /// The entry of a lab.
    pub const fn of<L: Lab>() -> Self {
        Self::named::<L>(Name::of::<L>())
    }

    /// The entry of a lab under one of its names.
    pub const fn named<L: Lab>(name: Name) -> Self {
        Self {
            id: name.id,
            title: name.title,
            summary: name.summary,
            name,
            app: None,
            mount: island::mount::<L>,
            #[cfg(feature = "prerender")]
            placeholder: prerendered::placeholder::<L>,
        }
    }

    /// The same for an app of its own.
    pub const fn in_app(self, app: &'static str) -> Self {
        Self { app: Some(app), ..self }
    }

    /// What the lab offers to begin with.
    pub fn presets(&self) -> Vec<PresetInfo> {
        (self.name.presets)()
    }

    /// See [`super::placeholder`].
    #[cfg(feature = "prerender")]
    pub fn placeholder(&self, preset: &str, mode: Mode) -> Option<Html> {
        (self.placeholder)(self.name, self.app, preset, mode)
    }
}

#[cfg(feature = "prerender")]
pub(super) use prerendered::render;

#[cfg(feature = "prerender")]
mod prerendered {
    use super::super::{Lab, Mode, Name};
    use crate::player::{Opening, Player, Preview};
    use std::rc::Rc;
    use yew::prelude::*;

    /// The island with the first frame of a preset in it, and the little a browser needs to show the same frame
    /// before it has recorded anything. `app` is what brings it to life, if that is not the app of every page.
    pub fn placeholder<L: Lab>(name: Name, app: Option<&'static str>, preset: &str, mode: Mode) -> Option<Html> {
        let scenario = L::preset(preset)?;
        let preview = Preview::<L>::of(L::record_here(&scenario));
        let data = preview.encode();
        let opening = Rc::new(Opening::<L>::preset(name, preset)?.with_preview(Some(preview)));
        Some(html! {
            <div data-lab={name.id} data-app={app} data-preset={preset.to_owned()} data-mode={mode.name()} data-preview={data} inert=true>
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
