//! Schedule files: what they hold and what must hold in them. (PostgreSQL's `specparse.y`, and `check_testspec` of
//! `isolationtester.c`; the format is told in `src/test/isolation/README`.)

use super::scanner::{Scanner, Token};
use std::fmt;

/// A schedule file that was read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Run on a connection of its own before each permutation, one after the other.
    pub setups: Vec<String>,
    /// Run after each permutation.
    pub teardown: Option<String>,
    /// At least one.
    pub sessions: Vec<Session>,
    /// Empty when every interleaving is asked for.
    pub permutations: Vec<Permutation>,
    /// Steps that no permutation names, in the order of their names. Empty when every interleaving is asked for.
    pub unused: Vec<String>,
}

/// A connection and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub name: String,
    pub setup: Option<String>,
    /// At least one.
    pub steps: Vec<Step>,
    pub teardown: Option<String>,
}

/// SQL that is sent as one string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub name: String,
    pub sql: String,
}

/// Where a step is: its session and its place in it, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepId {
    pub session: usize,
    pub step: usize,
}

/// Steps in the order in which they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permutation {
    pub steps: Vec<PermutationStep>,
}

/// A step of a permutation, with what its report has to wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermutationStep {
    pub id: StepId,
    pub blockers: Vec<Blocker>,
}

/// Why a step that is done is not reported yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// `(*)`: it is reported as waiting when it is sent, whatever it does.
    Once,
    /// `(other)`: not before that step is reported.
    Step(StepId),
    /// `(other notices n)`: not before that step's session has sent `n` more notices.
    Notices { session: usize, count: i32 },
}

/// Why a text is no schedule file. The words are those of PostgreSQL's isolationtester.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecError(String);

impl SpecError {
    pub(super) fn new(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SpecError {}

impl Spec {
    /// Reads and checks a schedule file.
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        let mut parser = Parser { scanner: Scanner::new(text), next: None };
        let setups = parser.setups()?;
        let teardown = parser.block(&Token::Teardown)?;
        let sessions = parser.sessions()?;
        let named = parser.permutations()?;
        let names = Names::of(&sessions)?;
        let permutations = named.iter().map(|steps| names.link(steps)).collect::<Result<Vec<_>, _>>()?;
        let unused = if permutations.is_empty() { Vec::new() } else { names.not_in(&permutations) };
        Ok(Self { setups, teardown, sessions, permutations, unused })
    }

    /// The step at `id`.
    pub fn step(&self, id: StepId) -> &Step {
        &self.sessions[id.session].steps[id.step]
    }
}

/// A step of a permutation as it is written.
struct NamedStep {
    name: String,
    blockers: Vec<NamedBlocker>,
}

enum NamedBlocker {
    Once,
    Step(String),
    Notices(String, i32),
}

/// One word of lookahead, read when it is needed: errors name the line they were found in.
struct Parser<'a> {
    scanner: Scanner<'a>,
    next: Option<Token>,
}

impl Parser<'_> {
    fn peek(&mut self) -> Result<&Token, SpecError> {
        let token = match self.next.take() {
            Some(token) => token,
            None => self.scanner.next()?,
        };
        Ok(self.next.insert(token))
    }

    fn take(&mut self) -> Result<Token, SpecError> {
        self.peek()?;
        Ok(self.next.take().unwrap_or(Token::End))
    }

    /// Takes the next word if it is `token`.
    fn is(&mut self, token: &Token) -> Result<bool, SpecError> {
        let is = self.peek()? == token;
        if is {
            self.next = None;
        }
        Ok(is)
    }

    fn syntax_error<T>(&self) -> Result<T, SpecError> {
        Err(self.scanner.error("syntax error"))
    }

    fn name(&mut self) -> Result<String, SpecError> {
        match self.take()? {
            Token::Name(name) => Ok(name),
            _ => self.syntax_error(),
        }
    }

    fn sql(&mut self) -> Result<String, SpecError> {
        match self.take()? {
            Token::Sql(sql) => Ok(sql),
            _ => self.syntax_error(),
        }
    }

    /// `setup { … }` or `teardown { … }`, where there is one.
    fn block(&mut self, keyword: &Token) -> Result<Option<String>, SpecError> {
        Ok(if self.is(keyword)? { Some(self.sql()?) } else { None })
    }

    fn setups(&mut self) -> Result<Vec<String>, SpecError> {
        let mut setups = Vec::new();
        while let Some(sql) = self.block(&Token::Setup)? {
            setups.push(sql);
        }
        Ok(setups)
    }

    fn sessions(&mut self) -> Result<Vec<Session>, SpecError> {
        let mut sessions = Vec::new();
        while self.is(&Token::Session)? {
            let name = self.name()?;
            let setup = self.block(&Token::Setup)?;
            let steps = self.steps()?;
            let teardown = self.block(&Token::Teardown)?;
            sessions.push(Session { name, setup, steps, teardown });
        }
        if sessions.is_empty() { self.syntax_error() } else { Ok(sessions) }
    }

    fn steps(&mut self) -> Result<Vec<Step>, SpecError> {
        let mut steps = Vec::new();
        while self.is(&Token::Step)? {
            steps.push(Step { name: self.name()?, sql: self.sql()? });
        }
        if steps.is_empty() { self.syntax_error() } else { Ok(steps) }
    }

    /// Permutations to the end of the file.
    fn permutations(&mut self) -> Result<Vec<Vec<NamedStep>>, SpecError> {
        let mut permutations = Vec::new();
        while self.is(&Token::Permutation)? {
            let mut steps = Vec::new();
            while let Token::Name(_) = self.peek()? {
                steps.push(NamedStep { name: self.name()?, blockers: self.blockers()? });
            }
            if steps.is_empty() {
                return self.syntax_error();
            }
            permutations.push(steps);
        }
        if self.is(&Token::End)? { Ok(permutations) } else { self.syntax_error() }
    }

    fn blockers(&mut self) -> Result<Vec<NamedBlocker>, SpecError> {
        let mut blockers = Vec::new();
        if !self.is(&Token::Sign('('))? {
            return Ok(blockers);
        }
        loop {
            blockers.push(match self.take()? {
                Token::Sign('*') => NamedBlocker::Once,
                Token::Name(name) if self.is(&Token::Notices)? => match self.take()? {
                    Token::Number(count) => NamedBlocker::Notices(name, count),
                    _ => return self.syntax_error(),
                },
                Token::Name(name) => NamedBlocker::Step(name),
                _ => return self.syntax_error(),
            });
            match self.take()? {
                Token::Sign(',') => {}
                Token::Sign(')') => return Ok(blockers),
                _ => return self.syntax_error(),
            }
        }
    }
}

/// Every step by its name, in the order of the names' bytes.
struct Names<'a>(Vec<(&'a str, StepId)>);

impl<'a> Names<'a> {
    fn of(sessions: &'a [Session]) -> Result<Self, SpecError> {
        let of_session = |(session, found): (usize, &'a Session)| {
            found.steps.iter().enumerate().map(move |(step, is)| (is.name.as_str(), StepId { session, step }))
        };
        let mut names: Vec<_> = sessions.iter().enumerate().flat_map(of_session).collect();
        names.sort();
        match names.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(SpecError(format!("duplicate step name: {}", pair[0].0))),
            None => Ok(Self(names)),
        }
    }

    fn find(&self, name: &str) -> Option<StepId> {
        self.0.binary_search_by_key(&name, |(name, _)| name).ok().map(|at| self.0[at].1)
    }

    fn link(&self, named: &[NamedStep]) -> Result<Permutation, SpecError> {
        let mut steps = Vec::new();
        for step in named {
            let id = self
                .find(&step.name)
                .ok_or_else(|| SpecError(format!("undefined step \"{}\" specified in permutation", step.name)))?;
            steps.push(PermutationStep { id, blockers: Vec::new() });
        }
        for (step, linked) in named.iter().zip(&mut steps) {
            for blocker in &step.blockers {
                linked.blockers.push(self.link_blocker(named, step, linked.id, blocker)?);
            }
        }
        Ok(Permutation { steps })
    }

    /// Only steps of the same permutation can be waited for, and only those of other sessions.
    fn link_blocker(
        &self,
        permutation: &[NamedStep],
        step: &NamedStep,
        id: StepId,
        blocker: &NamedBlocker,
    ) -> Result<Blocker, SpecError> {
        let (NamedBlocker::Step(name) | NamedBlocker::Notices(name, _)) = blocker else { return Ok(Blocker::Once) };
        let there = permutation.iter().any(|other| other.name == *name);
        let Some(other) = self.find(name).filter(|_| there) else {
            return Err(SpecError(format!(
                "undefined blocking step \"{name}\" referenced in permutation step \"{}\"",
                step.name
            )));
        };
        if other.session == id.session {
            return Err(SpecError(format!("permutation step \"{}\" cannot block on its own session", step.name)));
        }
        Ok(match blocker {
            NamedBlocker::Notices(_, count) => Blocker::Notices { session: other.session, count: *count },
            _ => Blocker::Step(other),
        })
    }

    fn not_in(&self, permutations: &[Permutation]) -> Vec<String> {
        let used =
            |id: StepId| permutations.iter().any(|permutation| permutation.steps.iter().any(|step| step.id == id));
        self.0.iter().filter(|(_, id)| !used(*id)).map(|(name, _)| (*name).to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "
        setup { CREATE TABLE pets (name text); }
        setup { INSERT INTO pets VALUES ('cat'); }
        teardown { DROP TABLE pets; }
        session one
        setup { BEGIN; }
        step a1 { SELECT 1; }
        step a2 { COMMIT; }
        teardown { SELECT 2; }
        session \"Two\"
        step b1 { SELECT 3; }
    ";

    fn permuted(line: &str) -> Result<Spec, String> {
        Spec::parse(&format!("{TWO}{line}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_is_read_in_full() {
        let spec = permuted("permutation a1(*) b1(a2, a1 notices 2) a2\npermutation b1").unwrap();
        assert_eq!(spec.setups.len(), 2);
        assert_eq!(spec.teardown.as_deref(), Some("DROP TABLE pets;"));
        assert_eq!(spec.sessions[0].setup.as_deref(), Some("BEGIN;"));
        assert_eq!(spec.sessions[0].teardown.as_deref(), Some("SELECT 2;"));
        assert_eq!(spec.sessions[1].name, "Two");
        assert_eq!(spec.permutations.len(), 2);
        let [a1, b1, a2] = &spec.permutations[0].steps[..] else { panic!("three steps") };
        assert_eq!((a1.id, &a1.blockers[..]), (StepId { session: 0, step: 0 }, &[Blocker::Once][..]));
        assert_eq!(b1.blockers, [Blocker::Step(a2.id), Blocker::Notices { session: 0, count: 2 }]);
        assert_eq!(spec.step(a2.id).sql, "COMMIT;");
        assert!(spec.unused.is_empty());
    }

    #[test]
    fn steps_that_are_left_out_are_named_in_order() {
        assert_eq!(permuted("permutation b1").unwrap().unused, ["a1", "a2"]);
        assert!(permuted("").unwrap().unused.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused_in_the_testers_words() {
        let refused = |line: &str| permuted(line).unwrap_err();
        assert_eq!(refused("permutation c1"), "undefined step \"c1\" specified in permutation");
        assert_eq!(
            refused("permutation a1(a2) b1"),
            "undefined blocking step \"a2\" referenced in permutation step \"a1\""
        );
        assert_eq!(refused("permutation a1 a2(a1)"), "permutation step \"a2\" cannot block on its own session");
        assert_eq!(refused("session three step b1 { }"), "duplicate step name: b1");
        assert_eq!(refused("permutation\n\n"), "syntax error at line 14");
        assert_eq!(refused("permutation a1(b1 notices)"), "syntax error at line 12");
        assert_eq!(refused("step c {}\n teardown {} setup {}"), "syntax error at line 13");
    }

    #[test]
    fn a_file_needs_a_session() {
        assert_eq!(Spec::parse("").unwrap_err().to_string(), "syntax error at line 1");
        assert_eq!(Spec::parse("session a\n").unwrap_err().to_string(), "syntax error at line 2");
    }
}
