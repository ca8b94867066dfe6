//! What can be set: how many, how far, through how many connections; and what is in the database.

use super::NPlusOne;
use crate::labs::StageContext;
use crate::labs::choices::{self, Setting, ms, plain};
use interleave_queries::Scenario;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

const HEADER: [Setting<Scenario>; 3] = [
    Setting {
        name: "Products",
        what: "Products on the page that the program makes",
        choices: &[1, 5, 10, 25, 50, 100, 200, 500, 1_000],
        words: |value| if value == 1 { "1 product".into() } else { format!("{} products", plain(value)) },
        get: |scenario| scenario.shop.products,
        set: |scenario, value| scenario.shop.products = value,
    },
    Setting {
        name: "Round trip",
        what: "To the database and back",
        choices: &[0, 50, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000],
        words: |value| format!("round trip {}", ms(value)),
        get: |scenario| scenario.round_trip,
        set: |scenario, value| scenario.round_trip = value,
    },
    Setting {
        name: "Pool size",
        what: "How many connections the program may have",
        choices: &[1, 2, 4, 10, 20, 50],
        words: |value| format!("pool of {value}"),
        get: |scenario| scenario.pool,
        set: |scenario, value| scenario.pool = value,
    },
];

const SHOP: [Setting<Scenario>; 6] = [
    Setting {
        name: "Other products",
        what: "Products of other categories, which are not on the page",
        choices: &[0, 100, 400, 2_000, 5_000, 12_000, 20_000],
        words: plain,
        get: |scenario| scenario.shop.others,
        set: |scenario, value| scenario.shop.others = value,
    },
    Setting {
        name: "SKUs of each",
        what: "SKUs of each product",
        choices: &[0, 1, 3, 5, 10, 20],
        words: plain,
        get: |scenario| scenario.shop.skus,
        set: |scenario, value| scenario.shop.skus = value,
    },
    Setting {
        name: "Images of each",
        what: "Images of each product",
        choices: &[0, 1, 2, 4, 10, 20],
        words: plain,
        get: |scenario| scenario.shop.images,
        set: |scenario, value| scenario.shop.images = value,
    },
    Setting {
        name: "Users",
        what: "Users of the shop",
        choices: &[1, 5, 10, 50, 100, 500],
        words: plain,
        get: |scenario| scenario.shop.users,
        set: |scenario, value| scenario.shop.users = value,
    },
    Setting {
        name: "Orders of each",
        what: "Orders of each user",
        choices: &[0, 1, 4, 8, 20],
        words: plain,
        get: |scenario| scenario.shop.orders,
        set: |scenario, value| scenario.shop.orders = value,
    },
    Setting {
        name: "Items of each",
        what: "Items of each order",
        choices: &[0, 1, 3, 10],
        words: plain,
        get: |scenario| scenario.shop.items,
        set: |scenario, value| scenario.shop.items = value,
    },
];

/// What belongs to the whole lab.
pub fn header(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
    HEADER.iter().map(|setting| choices::pill(setting, scenario, change)).collect()
}

/// What is in the database.
pub fn panel(context: &StageContext<NPlusOne>) -> Html {
    const INDEXES: &[(bool, &str)] = &[(true, "on columns that refer to others"), (false, "none but the primary keys")];
    let indexes = ("Indexes", "PostgreSQL makes none by itself for a column that refers to another table");
    html! {
        <div role="group" class="shop-settings" aria-label="The database">
            <div class="workload">
                { for SHOP.iter().map(|setting| choices::number(setting, context)) }
                { choices::way(context, indexes, INDEXES, context.scenario.shop.indexed, |scenario, on| scenario.shop.indexed = on) }
                { choices::seed(context, "Seeds Math.random, and random() of the database", context.scenario.seed, |scenario, seed| scenario.seed = seed) }
            </div>
            { more(context) }
        </div>
    }
}

/// SQL that is run when all that is there.
fn more(context: &StageContext<NPlusOne>) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let set = Callback::from(move |event: Event| {
        let sql = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        turn.emit(choices::change::<NPlusOne>(at, move |scenario| scenario.shop.sql = sql.clone()));
    });
    html! {
        <label class="setting more-sql">
            <span>{ "And then, in SQL" }</span>
            <textarea class="code" rows="3" spellcheck="false" placeholder="CREATE INDEX ON products (price);" value={context.scenario.shop.sql.clone()} onchange={set} />
        </label>
    }
}
