//! The workloads one can open the lab at: one idea each.

use crate::labs::PresetInfo;
use interleave_sql::workload::{Sweep, Workload};

pub struct Preset {
    pub info: PresetInfo,
    pub workload: fn() -> Workload,
}

/// Every preset, in the order of the gallery. The first is what the lab opens at.
pub const PRESETS: &[Preset] = &[
    Preset {
        info: PresetInfo {
            group: "",
            id: "hot-accounts",
            title: "A few hot accounts",
            idea: "Four accounts that everybody wants: unprotected updates get lost, and every protection has its price.",
        },
        workload: Workload::default,
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "low-contention",
            title: "Hardly anybody meets",
            idea: "When two clients rarely want the same row, a lock or a version costs next to nothing, and SERIALIZABLE pays for \
                   false alarms. Without protection, losses are rare but there.",
        },
        workload: || Workload { rows: 200, hot: 64, heat: 50, ..Workload::default() },
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "one-hot-row",
            title: "One hot row",
            idea: "A counter that all increment: optimistic clients keep failing each other, waiting ones form a queue, the atomic \
                   update hardly notices.",
        },
        workload: || Workload { hot: 1, heat: 100, ..Workload::default() },
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "long-think-time",
            title: "Long think time",
            idea: "Clients that think for a second between transactions seldom meet, even on few rows: optimism is cheap.",
        },
        workload: || Workload { think: 1_000_000, hot: 2, duration: 18_000_000, ..Workload::default() },
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "call-inside",
            title: "A slow call inside the transaction",
            idea: "The application calls a service between reading and writing: a lock is held all the while, and an optimistic client \
                   learns only afterwards that it was for nothing.",
        },
        workload: || Workload { work: 200_000, duration: 8_000_000, ..Workload::default() },
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "transfers",
            title: "Transfers that deadlock",
            idea: "Each transfer takes two accounts, in whichever order they come: now and then two clients wait for each other.",
        },
        workload: || Workload { transfers: true, hot: 4, heat: 100, ..Workload::default() },
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "transfers-in-order",
            title: "The same transfers in order",
            idea: "The account with the lower number always first: nobody can wait in a circle, and the deadlocks are gone.",
        },
        workload: || Workload { transfers: true, ordered: true, hot: 4, heat: 100, ..Workload::default() },
    },
    Preset {
        info: PresetInfo {
            group: "",
            id: "more-clients",
            title: "More and more clients",
            idea: "Two hot accounts, and from 1 to 32 clients: where does another client stop to help?",
        },
        workload: || Workload {
            sweep: Sweep::Clients,
            hot: 2,
            heat: 100,
            think: 50_000,
            duration: 2_500_000,
            ..Workload::default()
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_workloads_that_can_be_run_as_they_are() {
        for preset in PRESETS {
            let workload = (preset.workload)();
            assert_eq!(workload.bounded(), workload, "{}", preset.info.id);
        }
    }
}
