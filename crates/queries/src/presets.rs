//! Programs to begin with.

use crate::scenario::Scenario;
use crate::shop::Shop;

/// A scenario with a story.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Links name it: it *never* changes.
    pub id: &'static str,
    /// The heading it stands under.
    pub group: &'static str,
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub idea: &'static str,
    program: &'static str,
    set: fn(&mut Scenario),
}

impl Preset {
    /// What is set in it.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = Scenario { program: self.program.into(), ..Scenario::default() };
        (self.set)(&mut scenario);
        scenario
    }

    /// Text of its program.
    pub fn program(&self) -> &'static str {
        self.program
    }

    /// The preset of that id.
    pub fn find(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }
}

const CATALOGUE: &str = "The product catalogue";
const MORE: &str = "More ways to be slow";

/// Every preset, in the order of the gallery. The first is what the lab opens at.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "catalogue-lazy",
        group: CATALOGUE,
        title: "Lazy relations",
        idea: "No line looks like a query, and yet there are 201: each product asks for its SKUs and its images when they are touched.",
        program: include_str!("../programs/catalogue-lazy.js"),
        set: |_| {},
    },
    Preset {
        id: "catalogue-in",
        group: CATALOGUE,
        title: "Eager, by IN",
        idea: "One query for each relation with all keys in a list: three, however many products there are.",
        program: include_str!("../programs/catalogue-in.js"),
        set: |_| {},
    },
    Preset {
        id: "catalogue-join",
        group: CATALOGUE,
        title: "Eager, by join",
        idea: "One query for everything. Two relations to many multiply: 3 SKUs and 4 images are 12 rows for each product.",
        program: include_str!("../programs/catalogue-join.js"),
        set: |_| {},
    },
    Preset {
        id: "catalogue-dataloader",
        group: CATALOGUE,
        title: "DataLoader",
        idea: "Each product asks for itself; what is asked in one tick becomes one query.",
        program: include_str!("../programs/catalogue-dataloader.js"),
        set: |_| {},
    },
    Preset {
        id: "catalogue-projection",
        group: CATALOGUE,
        title: "Projection",
        idea: "The same three queries, with the fields that the page shows and no others: most of the bytes stay where they are.",
        program: include_str!("../programs/catalogue-projection.js"),
        set: |_| {},
    },
    Preset {
        id: "catalogue-over-eager",
        group: CATALOGUE,
        title: "Over-eager",
        idea: "Every relation is included so that nobody forgets one: few queries, and rows and bytes that nobody shows.",
        program: include_str!("../programs/catalogue-over-eager.js"),
        set: |_| {},
    },
    Preset {
        id: "catalogue-all-at-once",
        group: CATALOGUE,
        title: "All at once",
        idea: "`Promise.all` around it does not make it fewer: 200 queries queue up before a pool of four connections.",
        program: include_str!("../programs/catalogue-all-at-once.js"),
        set: |_| {},
    },
    Preset {
        id: "loop-of-queries",
        group: MORE,
        title: "A query in a loop",
        idea: "The honest N+1, with nothing but `pg`: the loop stands there for everybody to see.",
        program: include_str!("../programs/loop-of-queries.js"),
        set: |_| {},
    },
    Preset {
        id: "orders-three-levels",
        group: MORE,
        title: "N+1 inside of N+1",
        idea: "Users, their orders, the items of each order, the SKU of each item: every level multiplies the one above.",
        program: include_str!("../programs/orders-three-levels.js"),
        set: |_| {},
    },
    Preset {
        id: "missing-index",
        group: MORE,
        title: "A missing index",
        idea: "Three queries and still slow: without an index the database reads 35,000 SKUs to find 300 of them.",
        program: include_str!("../programs/missing-index.js"),
        set: |scenario| scenario.shop = Shop { others: 12_000, users: 10, indexed: false, ..Shop::default() },
    },
    Preset {
        id: "held-in-a-transaction",
        group: MORE,
        title: "A loop in a transaction",
        idea: "The loop holds one connection from BEGIN to COMMIT, and all those round trips long nobody else gets it.",
        program: include_str!("../programs/held-in-a-transaction.js"),
        set: |_| {},
    },
];
