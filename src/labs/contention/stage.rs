use super::Contention;
use super::{curves, settings, standings};
use crate::labs::StageContext;
use interleave_sql::workload::Scene;
use yew::prelude::*;

/// One scene of a comparison: what is set, the strategies side by side, and all of them against contention.
pub fn stage(scene: &Scene, context: &StageContext<Contention>) -> Html {
    html! {
        <div class="contention">
            { settings::panel(context) }
            { standings::standings(scene, context.scenario) }
            { curves::curves(scene, context.scenario) }
        </div>
    }
}
