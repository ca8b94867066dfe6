use super::foot::foot;
use super::geometry::Scale;
use super::heads::{heads, lanes, names};
use super::histories::histories;
use super::rules::rules;
use super::scroll::Scroll;
use super::sequence::Sequence;
use super::side::processes;
use super::window::Window;
use crate::labs::Mode;
use interleave_protocols::diagram::Diagram;
use std::rc::Rc;
use yew::prelude::*;

/// One scene of any protocol, as the stage of its lab.
pub struct Stage<'a> {
    pub diagram: &'a Diagram,
    /// The frame that it belongs to.
    pub at: usize,
    pub mode: Mode,
    /// The scenario was edited since: nothing can be chosen until it has run.
    pub stale: bool,
    /// Shows a frame.
    pub go: &'a Callback<usize>,
    /// Makes that offer happen here.
    pub choose: &'a Callback<u16>,
    /// Shows another history.
    pub walk: &'a Callback<u8>,
    /// What else the lab has, in the narrow column beside the diagram.
    pub panels: Html,
    /// What else it has that needs the whole width, below all that.
    pub below: Html,
}

impl Stage<'_> {
    pub fn view(self) -> Html {
        let Stage { diagram, at, mode, stale, go, choose, walk, panels, below } = self;
        if diagram.lanes.is_empty() {
            // Nothing has run, or nothing can: the note says it.
            return html! { <div class="protocol"><div class="seq-body">{ panels }{ below }</div></div> };
        }
        let names = names(diagram);
        let window = Rc::new(Window::of(diagram, Scale::FULL));
        html! {
            <div class={classes!("protocol", lanes(diagram), mode.name())}>
                <div class="seq-body">
                    <Scroll {at}>
                        { heads(diagram) }
                        <Sequence {window} scale={Scale::FULL} names={names.clone()} {at} go={go.clone()} />
                        { foot(diagram, &names, choose, stale) }
                    </Scroll>
                    <div class="seq-side">
                        { processes(diagram) }
                        { rules(diagram, go) }
                        { histories(diagram, walk) }
                        { panels }
                    </div>
                    <div class="seq-below">{ below }</div>
                </div>
            </div>
        }
    }
}
