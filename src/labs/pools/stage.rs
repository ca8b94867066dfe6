use super::{Pools, course, flow, settings, sizes, waits};
use crate::labs::StageContext;
use interleave_traffic::pool::Scene;
use yew::prelude::*;

/// One scene of a pool: what is set, who waits and who is served now, and what the run comes to.
pub fn stage(scene: &Scene, context: &StageContext<Pools>) -> Html {
    html! {
        <div class="pools">
            { settings::panel(context) }
            { flow::flow(scene, context.scenario) }
            { course::course(scene, context.scenario) }
            { waits::waits(scene) }
            { sizes::sizes(scene, context.scenario) }
        </div>
    }
}
