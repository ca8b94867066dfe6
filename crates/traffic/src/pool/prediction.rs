//! What the formulas say of a scenario, or why they have nothing to say.

use super::{Arrivals, Distribution, MMc, Scenario, Use};
use serde::{Deserialize, Serialize};

/// What M/M/c says of the waits for a connection. Times are in microseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Prediction {
    Holds {
        /// How much of the pool is in use.
        utilisation: f64,
        /// The probability of having to wait.
        waiting: f64,
        mean: f64,
        median: f64,
        within_95: f64,
        within_99: f64,
        /// Mean number of those who wait.
        queue: f64,
    },
    /// The assumptions that do not hold, each as a sentence.
    Fails(Vec<String>),
}

/// One in so many who would have given up is too few to change anything.
const FEW: f64 = 0.001;

/// What is known before a run.
pub fn prediction(scenario: &Scenario) -> Prediction {
    let scenario = scenario.bounded();
    let model = model(&scenario);
    let mut wrong = Vec::new();
    let mut check = |holds: bool, says: &str| {
        if !holds {
            wrong.push(says.to_owned());
        }
    };
    check(scenario.arrivals == Arrivals::Poisson, "requests do not arrive independently of each other");
    check(scenario.distribution == Distribution::Exponential, "times of queries are not exponential");
    check(scenario.slow == 0, "slow requests and quick ones are two distributions");
    check(scenario.held == 0, "a connection is held for longer than its query runs");
    check(
        scenario.queries == 1,
        match scenario.using {
            Use::Together => "a request asks for several connections at once",
            Use::Hold => "the times of several queries add up, and a sum is not exponential",
            Use::Again | Use::Nested => {
                "a request asks again when it has been served, so that asking depends on waiting"
            }
        },
    );
    check(scenario.leak == 0, "connections leak: there are fewer of them all the time");
    check(
        scenario.max <= scenario.cores,
        "the pool has more connections than the server has cores, so that queries slow each other down",
    );
    check(scenario.idle_timeout == 0 || scenario.opening == 0, "connections are closed and opened again");
    check(model.is_stable(), "more is asked for than the pool can serve: the queue grows without end");
    if model.is_stable() && scenario.acquire_timeout > 0 {
        let patience = f64::from(scenario.acquire_timeout);
        check(model.longer_than(patience) < FEW, "some give up before they are served");
    }
    match (model.mean_wait(), model.mean_queue(), model.within(0.5), model.within(0.95), model.within(0.99)) {
        (Some(mean), Some(queue), Some(median), Some(within_95), Some(within_99)) if wrong.is_empty() => {
            Prediction::Holds {
                utilisation: model.utilisation(),
                waiting: model.waiting_probability(),
                mean,
                median,
                within_95,
                within_99,
                queue,
            }
        }
        _ => Prediction::Fails(wrong),
    }
}

/// The queue that a scenario would be, if it were one that is known.
pub fn model(scenario: &Scenario) -> MMc {
    let arrivals = f64::from(scenario.rate) * f64::from(scenario.queries) / 1e6;
    MMc { arrivals, service: f64::from(scenario.service), servers: scenario.max }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_which_assumption_does_not_hold() {
        let reasons = |scenario: Scenario| match prediction(&scenario) {
            Prediction::Holds { .. } => Vec::new(),
            Prediction::Fails(reasons) => reasons,
        };
        let base = Scenario { rate: 100, service: 40_000, max: 5, ..Scenario::default() };
        assert_eq!(reasons(base.clone()), Vec::<String>::new());
        let fails = |scenario: Scenario| reasons(scenario).len();
        assert_eq!(fails(Scenario { arrivals: Arrivals::Uniform, ..base.clone() }), 1);
        assert_eq!(fails(Scenario { distribution: Distribution::Fixed, slow: 10, ..base.clone() }), 2);
        assert_eq!(fails(Scenario { max: 17, ..base.clone() }), 1);
        assert_eq!(fails(Scenario { leak: 100, ..base.clone() }), 1);
        assert_eq!(fails(Scenario { rate: 125, ..base.clone() }), 1);
        // A patience that one in a thousand would lose does no harm; a shorter one does.
        assert_eq!(fails(Scenario { acquire_timeout: 1_000_000, ..base.clone() }), 0);
        assert_eq!(fails(Scenario { acquire_timeout: 100_000, ..base }), 1);
    }
}
