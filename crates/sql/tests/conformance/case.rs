//! A random schedule file in pieces: what the generator makes, the shrinker takes apart and both testers are given.

/// A schema with data, sessions with their scripts, and orders in which the scripts are run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// One statement each.
    pub setup: Vec<String>,
    pub tables: Vec<String>,
    pub sessions: Vec<Script>,
    /// Sessions by number; the n-th mention of a session is its n-th step. At the end everybody looks at what is left.
    pub orders: Vec<Vec<usize>>,
}

/// What a session does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Of its deadlock check, in milliseconds: they differ, so that it is known who finds a deadlock.
    pub patience: u32,
    pub steps: Vec<String>,
}

impl Case {
    /// The schedule file.
    pub fn spec(&self) -> String {
        // Each in a transaction of its own.
        let mut text: String = self.setup.iter().map(|statement| format!("setup {{ {statement}; }}\n")).collect();
        text += &format!("teardown {{ DROP TABLE {} CASCADE; }}\n", self.tables.join(", "));
        for (number, session) in self.sessions.iter().enumerate() {
            let name = name(number);
            text += &format!("\nsession {name}\nsetup {{ SET deadlock_timeout = {}; }}\n", session.patience);
            for (index, step) in session.steps.iter().enumerate() {
                text += &format!("step {name}{index} {{ {step}; }}\n");
            }
            text += "teardown { ROLLBACK; RESET ALL; SELECT pg_advisory_unlock_all(); }\n";
        }
        text += "\nsession z\n";
        for (index, table) in self.tables.iter().enumerate() {
            text += &format!("step z{index} {{ SELECT * FROM {table} ORDER BY 1, 2, 3, 4; }}\n");
        }
        text.push('\n');
        for order in &self.orders {
            text += "permutation";
            let mut taken = vec![0; self.sessions.len()];
            for &session in order {
                text += &format!(" {}{}", name(session), taken[session]);
                taken[session] += 1;
            }
            (0..self.tables.len()).for_each(|index| text += &format!(" z{index}"));
            text.push('\n');
        }
        text
    }

    /// The same with one of its orders only.
    pub fn only(&self, order: usize) -> Self {
        Self { orders: vec![self.orders[order].clone()], ..self.clone() }
    }
}

/// `a`, `b`, `c`.
pub fn name(session: usize) -> char {
    char::from(b'a' + (session % 26) as u8)
}
