//! What things cost. (PostgreSQL's `costsize.c`, `btcostestimate`; manual, 20.7.2 "Planner Cost Constants")

/// The settings that steer the planner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    pub enable_seqscan: bool,
    pub enable_indexscan: bool,
    pub enable_bitmapscan: bool,
    pub enable_sort: bool,
    pub enable_nestloop: bool,
    pub enable_hashjoin: bool,
    pub enable_mergejoin: bool,
    pub enable_hashagg: bool,
    pub enable_material: bool,
    pub seq_page_cost: f64,
    pub random_page_cost: f64,
    pub cpu_tuple_cost: f64,
    pub cpu_index_tuple_cost: f64,
    pub cpu_operator_cost: f64,
    /// In pages.
    pub effective_cache_size: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            enable_seqscan: true,
            enable_indexscan: true,
            enable_bitmapscan: true,
            enable_sort: true,
            enable_nestloop: true,
            enable_hashjoin: true,
            enable_mergejoin: true,
            enable_hashagg: true,
            enable_material: true,
            seq_page_cost: 1.0,
            random_page_cost: 4.0,
            cpu_tuple_cost: 0.01,
            cpu_index_tuple_cost: 0.005,
            cpu_operator_cost: 0.0025,
            effective_cache_size: 524_288.0,
        }
    }
}

impl Settings {
    /// The settings of a session: `is_on` tells those that are switches.
    pub fn of(is_on: impl Fn(&str) -> bool) -> Self {
        Self {
            enable_seqscan: is_on("enable_seqscan"),
            enable_indexscan: is_on("enable_indexscan"),
            enable_bitmapscan: is_on("enable_bitmapscan"),
            enable_sort: is_on("enable_sort"),
            enable_nestloop: is_on("enable_nestloop"),
            enable_hashjoin: is_on("enable_hashjoin"),
            enable_mergejoin: is_on("enable_mergejoin"),
            enable_hashagg: is_on("enable_hashagg"),
            enable_material: is_on("enable_material"),
            ..Self::default()
        }
    }
}

/// What a path that was switched off costs on top.
pub const DISABLED: f64 = 1.0e10;

/// Until the first row, and until the last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    pub startup: f64,
    pub total: f64,
}

impl Cost {
    /// The cost of fetching a part of the rows.
    pub fn fraction(self, fraction: f64) -> f64 {
        self.startup + fraction.clamp(0.0, 1.0) * (self.total - self.startup)
    }

    /// With a penalty if it is switched off.
    pub fn unless(mut self, enabled: bool) -> Self {
        if !enabled {
            self.startup += DISABLED;
            self.total += DISABLED;
        }
        self
    }
}

/// A row estimate: a whole number, at least one.
pub fn clamp_rows(rows: f64) -> f64 {
    if rows <= 1.0 { 1.0 } else { rows.round_ties_even() }
}

/// What an index scan is about.
#[derive(Clone, Copy, Debug)]
pub struct IndexUse {
    pub table_pages: f64,
    pub table_rows: f64,
    /// Entries of the index: fewer than rows if it is partial.
    pub index_rows: f64,
    pub index_pages: f64,
    /// Levels above the leaves.
    pub height: f64,
    /// The part of the table that the conditions on the index leave.
    pub selectivity: f64,
    /// Index entries visited.
    pub entries: f64,
    /// Conditions on the index.
    pub conditions: f64,
    /// Searches: the values of an `= ANY`.
    pub searches: f64,
    /// How well the order of the index is that of the table.
    pub correlation: f64,
    /// How often the scan is repeated, in a nested loop.
    pub loops: f64,
}

impl Settings {
    /// Reading a table from its beginning to its end; `quals` is what the conditions cost a row.
    pub fn seq_scan(&self, pages: f64, rows: f64, quals: f64) -> Cost {
        let total = self.seq_page_cost * pages + (self.cpu_tuple_cost + quals) * rows;
        Cost { startup: 0.0, total }.unless(self.enable_seqscan)
    }

    /// Searching the index alone.
    pub fn index_search(&self, used: &IndexUse) -> Cost {
        let entries = used.entries.min(used.index_rows).max(1.0);
        let pages = if used.index_pages > 1.0 && used.index_rows > 1.0 {
            (entries * used.index_pages / used.index_rows).ceil()
        } else {
            1.0
        };
        let scans = used.searches * used.loops;
        let mut total = if scans > 1.0 {
            let fetched = self.pages_fetched(pages * scans, used.index_pages, used.index_pages, used.table_pages);
            fetched * self.random_page_cost / used.loops
        } else {
            pages * self.random_page_cost
        };
        total += entries * used.searches * (self.cpu_index_tuple_cost + self.cpu_operator_cost * used.conditions);
        let mut startup = 0.0;
        if used.index_rows > 1.0 {
            let descent = used.index_rows.log2().ceil() * self.cpu_operator_cost;
            startup += descent;
            total += used.searches * descent;
        }
        let descent = (used.height + 1.0) * 50.0 * self.cpu_operator_cost;
        Cost { startup: startup + descent, total: total + used.searches * descent }
    }

    /// Fetching rows in the order of an index; `quals` is what the other conditions cost a row.
    /// Of the pages that this leads to `fetched` is the part that has to be read at all.
    pub fn index_scan(&self, used: &IndexUse, quals: f64, fetched: f64) -> Cost {
        let search = self.index_search(used);
        let rows = clamp_rows(used.selectivity * used.table_rows);
        let (most, least) = if used.loops > 1.0 {
            let most = self.pages_fetched(rows * used.loops, used.table_pages, used.index_pages, used.table_pages);
            let least = (used.selectivity * used.table_pages).ceil();
            let least = self.pages_fetched(least * used.loops, used.table_pages, used.index_pages, used.table_pages);
            let (most, least) = ((most * fetched).ceil(), (least * fetched).ceil());
            (most * self.random_page_cost / used.loops, least * self.random_page_cost / used.loops)
        } else {
            let most = self.pages_fetched(rows, used.table_pages, used.index_pages, used.table_pages);
            let most = (most * fetched).ceil() * self.random_page_cost;
            let pages = ((used.selectivity * used.table_pages).ceil() * fetched).ceil();
            let least = if pages > 0.0 { self.random_page_cost + (pages - 1.0) * self.seq_page_cost } else { 0.0 };
            (most, least)
        };
        let io = most + used.correlation * used.correlation * (least - most);
        let total = search.total + io + (self.cpu_tuple_cost + quals) * rows;
        Cost { startup: search.startup, total }.unless(self.enable_indexscan)
    }

    /// Fetching rows that an index named in the order of the table; `quals` is what all conditions cost a row.
    pub fn bitmap_scan(&self, used: &IndexUse, quals: f64, result_rows: f64) -> Cost {
        let search = self.index_search(used);
        let startup = search.total + 0.1 * self.cpu_operator_cost * result_rows;
        let rows = clamp_rows(used.selectivity * used.table_rows);
        let pages = used.table_pages.max(1.0);
        let fetched = if used.loops > 1.0 {
            self.pages_fetched(rows * used.loops, used.table_pages, used.index_pages, used.table_pages) / used.loops
        } else {
            2.0 * pages * rows / (2.0 * pages + rows)
        };
        let fetched = if fetched >= pages { pages } else { fetched.ceil() };
        let per_page = if fetched >= 2.0 {
            self.random_page_cost - (self.random_page_cost - self.seq_page_cost) * (fetched / pages).sqrt()
        } else {
            self.random_page_cost
        };
        let total = startup + fetched * per_page + (self.cpu_tuple_cost + quals) * rows;
        Cost { startup, total }.unless(self.enable_bitmapscan)
    }

    /// Pages read to fetch rows that lie anywhere, with a cache. (Mackert and Lohman)
    fn pages_fetched(&self, rows: f64, pages: f64, index_pages: f64, table_pages: f64) -> f64 {
        let pages = pages.max(1.0);
        let all = (table_pages + index_pages).max(1.0);
        let cached = (self.effective_cache_size * pages / all).max(1.0).ceil();
        let fetched = 2.0 * pages * rows / (2.0 * pages + rows);
        if pages <= cached {
            return if fetched >= pages { pages } else { fetched.ceil() };
        }
        let limit = 2.0 * pages * cached / (2.0 * pages - cached);
        if rows <= limit { fetched.ceil() } else { (cached + (rows - limit) * (pages - cached) / pages).ceil() }
    }

    /// Sorting rows that cost so much; `limit` is how many are wanted.
    pub fn sort(&self, input: f64, rows: f64, limit: Option<f64>) -> Cost {
        let rows = rows.max(2.0);
        let compare = 2.0 * self.cpu_operator_cost;
        let steps = match limit {
            Some(limit) if rows > 2.0 * limit => rows * (2.0 * limit).log2(),
            _ => rows * rows.log2(),
        };
        let startup = input + compare * steps;
        Cost { startup, total: startup + self.cpu_operator_cost * rows }.unless(self.enable_sort)
    }

    /// Sorting rows that come in the order of the first keys, group by group.
    pub fn incremental_sort(&self, input: Cost, rows: f64, groups: f64, limit: Option<f64>) -> Cost {
        let rows = rows.max(2.0);
        let group = self.sort(0.0, 1.5 * rows / groups, limit);
        let read = (input.total - input.startup) / groups;
        let startup = input.startup + group.startup + read;
        let run = group.total - group.startup
            + (group.total + read) * (groups - 1.0)
            + self.cpu_tuple_cost * (rows + 2.0 * groups);
        Cost { startup, total: startup + run }
    }
}
