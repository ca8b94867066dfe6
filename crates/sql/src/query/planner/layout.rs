//! Where the columns of the flat row are in the rows of a plan.

use crate::expr::Expr;
use crate::query::logical::{AGGREGATES, GROUP_KEYS, SETS};
use crate::query::plan::Plan;
use crate::query::rewrite::{substitute, substitute_plan};

/// The columns a plan hands up, as places in the flat row.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub columns: Vec<usize>,
    /// The place of each flat column in the plan's row.
    places: Vec<Option<usize>>,
}

impl Layout {
    /// The layout of a row of these columns of a flat row of that width.
    pub fn new(columns: Vec<usize>, width: usize) -> Self {
        let mut places = vec![None; width];
        for (place, column) in columns.iter().enumerate() {
            places[*column] = Some(place);
        }
        Self { columns, places }
    }

    /// This row followed by another.
    pub fn join(&self, right: &Layout) -> Self {
        Self::new([self.columns.as_slice(), &right.columns].concat(), self.places.len())
    }

    /// The place of a flat column.
    pub fn index(&self, column: usize) -> usize {
        self.places.get(column).copied().flatten().expect("a plan hands up every column that is read")
    }

    pub fn has(&self, column: usize) -> bool {
        self.places.get(column).is_some_and(Option::is_some)
    }

    /// Makes an expression over the flat row one over the plan's.
    pub fn place(&self, expr: &mut Expr) {
        substitute(expr, 0, &mut |column| (column < GROUP_KEYS).then(|| Expr::Column(self.index(column))));
    }

    /// The same for a plan that runs for each of these rows.
    pub fn place_below(&self, plan: &mut Plan) {
        substitute_plan(plan, 1, &mut |column| Some(Expr::Column(self.index(column))));
    }
}

/// The place of a key or an aggregate in a grouped row with so many keys.
pub fn grouped(column: usize, keys: usize) -> usize {
    match column {
        SETS.. => column,
        AGGREGATES.. => keys + column - AGGREGATES,
        _ => column.saturating_sub(GROUP_KEYS),
    }
}
