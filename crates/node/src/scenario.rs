use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that decides a run. The same scenario gives the same tape, on every machine, forever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// The source of the main module.
    pub program: String,
    /// How Node loads it.
    pub module: ModuleKind,
    /// Who wins the race between `setTimeout(…, 0)` and `setImmediate` in the main script. In real Node it depends on
    /// whether a millisecond passed before the loop started; here it is a switch. `false`: the timer is due.
    pub slow_timers: bool,
    /// Seeds `Math.random` and everything else that real Node draws by lot.
    pub seed: u64,
    /// Other files of the program's folder, by their path relative to it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// The database that the program can connect to, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<Database>,
}

/// A PostgreSQL on the network, beyond the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// SQL that is run before the program starts, at no cost.
    pub schema: String,
    /// What the database is called; without a name it is called whatever programs call it. Users may be called anything: there are no
    /// passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The server's name on the network.
    pub host: String,
    pub port: u16,
    /// Microseconds to the server and back.
    pub round_trip: u64,
    /// Microseconds that the server takes to fork a process for a new connection and to let the user in.
    pub connection_cost: u64,
    /// Connections at a time; one more is refused.
    pub max_connections: u32,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            schema: String::new(),
            name: None,
            host: "localhost".into(),
            port: 5432,
            round_trip: 1_000,
            connection_cost: 5_000,
            max_connections: 100,
        }
    }
}

impl Database {
    /// The address that `host` has: this machine's own for `localhost`, another one for every other name.
    pub fn address(&self) -> &str {
        let is_address = self.host.parse::<std::net::IpAddr>().is_ok();
        match self.host.as_str() {
            "localhost" => "127.0.0.1",
            address if is_address => address,
            _ => "10.0.0.5",
        }
    }
}

/// How Node loads the main module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModuleKind {
    /// `require`, `module.exports`; the body runs as a plain call.
    #[default]
    CommonJs,
    /// `import`, top-level `await`; the body runs inside a microtask.
    Module,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            program: String::new(),
            module: ModuleKind::CommonJs,
            slow_timers: false,
            seed: 1,
            files: BTreeMap::new(),
            database: None,
        }
    }
}

impl Scenario {
    /// A CommonJS program with default settings.
    pub fn script(program: impl Into<String>) -> Self {
        Self { program: program.into(), ..Self::default() }
    }
}
