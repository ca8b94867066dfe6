//! The tester against a server that knows six words.

use super::{Reply, Server, transcript};
use crate::error::SqlError;
use crate::query::plan::OutputColumn;
use crate::store::{Micros, SessionId};
use crate::value::Type;
use std::collections::VecDeque;

/// `lock`, `try n` (lock within n seconds), `unlock`, `sleep n`, `notice`, `rows n`, `fail`, separated by `;`.
#[derive(Default)]
struct Toy {
    now: Micros,
    sessions: Vec<Session>,
    owner: Option<usize>,
}

#[derive(Default)]
struct Session {
    rest: VecDeque<String>,
    replies: Vec<Reply>,
    waits_for_lock: bool,
    alarm: Option<Micros>,
}

impl Toy {
    /// Everybody goes on for as long as they can.
    fn settle(&mut self) {
        while let Some(session) = (0..self.sessions.len()).find(|&session| self.can_go_on(session)) {
            self.word(session);
        }
    }

    fn can_go_on(&self, session: usize) -> bool {
        let is = &self.sessions[session];
        let waits = is.waits_for_lock && self.owner.is_some() || is.alarm.is_some() && !is.waits_for_lock;
        !is.rest.is_empty() && !waits
    }

    fn word(&mut self, session: usize) {
        let word = self.sessions[session].rest.front().cloned().unwrap_or_default();
        let number = || word.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0);
        let reply = match word.split(' ').next() {
            Some("lock" | "try") if self.owner.is_some_and(|owner| owner != session) => {
                self.sessions[session].waits_for_lock = true;
                let seconds = number();
                self.sessions[session].alarm = (seconds > 0).then(|| self.now + seconds * 1_000_000);
                return;
            }
            Some("lock" | "try") => {
                self.owner = Some(session);
                Reply::Command("LOCK".into())
            }
            Some("unlock") => {
                self.owner = self.owner.filter(|owner| *owner != session);
                Reply::Command("UNLOCK".into())
            }
            Some("sleep") => {
                self.sessions[session].rest[0] = "woken".into();
                self.sessions[session].alarm = Some(self.now + number() * 1_000_000);
                return;
            }
            Some("rows") => {
                let column = OutputColumn::new("n", Type::Int4, None);
                let rows = (1..=number()).map(|n| vec![Some(n.to_string())]).collect();
                Reply::Rows { columns: vec![column], rows, tag: String::new() }
            }
            Some("notice") => {
                let message = SqlError::new("00000", "look").detail("There.");
                self.sessions[session].replies.push(Reply::Notice { severity: "NOTICE", message });
                Reply::Command("DO".into())
            }
            Some("fail") => return self.fail(session, "no"),
            Some("") => Reply::Empty,
            _ => Reply::Command("OK".into()),
        };
        let is = &mut self.sessions[session];
        (is.waits_for_lock, is.alarm) = (false, None);
        is.rest.pop_front();
        is.replies.push(reply);
    }

    fn fail(&mut self, session: usize, why: &str) {
        let error = SqlError::new("XX000", why).hint("Do not.");
        let is = &mut self.sessions[session];
        is.rest.clear();
        (is.waits_for_lock, is.alarm) = (false, None);
        is.replies.push(Reply::Error { severity: "ERROR", error });
    }
}

impl Server for Toy {
    fn connect(&mut self, _: &str) -> SessionId {
        self.sessions.push(Session::default());
        SessionId(self.sessions.len() as u16 - 1)
    }

    fn send(&mut self, session: SessionId, sql: &str) {
        self.sessions[usize::from(session.0)].rest = sql.split(';').map(|word| word.trim().to_owned()).collect();
        self.settle();
    }

    fn is_busy(&self, session: SessionId) -> bool {
        !self.sessions[usize::from(session.0)].rest.is_empty()
    }

    fn is_blocked(&self, session: SessionId, others: &[SessionId]) -> bool {
        let holds = |owner: usize| others.contains(&SessionId(owner as u16));
        self.sessions[usize::from(session.0)].waits_for_lock && self.owner.is_some_and(holds)
    }

    fn take_replies(&mut self, session: SessionId) -> Vec<Reply> {
        std::mem::take(&mut self.sessions[usize::from(session.0)].replies)
    }

    fn cancel(&mut self, session: SessionId) {
        self.fail(usize::from(session.0), "canceling statement due to user request");
        self.settle();
    }

    fn next_alarm(&self) -> Option<Micros> {
        self.sessions.iter().filter_map(|session| session.alarm).min()
    }

    fn advance_to(&mut self, time: Micros) {
        while let Some(alarm) = self.next_alarm().filter(|alarm| *alarm <= time) {
            self.now = alarm;
            let due = self.sessions.iter().position(|session| session.alarm == Some(alarm)).expect("it is somebody's");
            if self.sessions[due].waits_for_lock {
                self.fail(due, "too late");
            } else {
                self.sessions[due].alarm = None;
            }
            self.settle();
        }
        self.now = time;
    }

    fn now(&self) -> Micros {
        self.now
    }
}

const PEOPLE: &str = "
session a
step al { lock }
step au { unlock }
step an { notice; rows 1 }
step a0 { rows 2; notice }
step a2 { rows 1; rows 1; notice }
session b
step bl { lock }
step bt { try 2 }
step bs { sleep 7 }
step bu { unlock }
step bw { sleep 1; lock }
step bf { rows 1; fail; rows 1 }
session c
step cl { lock }
step cu { unlock }
";

/// What is printed for a permutation, header and unused steps left out.
fn printed(permutation: &str) -> String {
    let all = transcript(&format!("{PEOPLE}permutation {permutation}"), &mut Toy::default());
    all.split_once("starting permutation:").map_or(all.clone(), |(_, rest)| rest.to_owned())
}

#[test]
fn a_lock_is_waited_for_and_got() {
    assert_eq!(
        printed("al bl au bu"),
        " al bl au bu\nstep al: lock\nstep bl: lock <waiting ...>\nstep au: unlock\nstep bl: <... completed>\nstep bu: unlock\n"
    );
}

#[test]
fn a_session_that_waits_is_waited_for_before_its_next_step() {
    assert_eq!(
        printed("al bt bu au"),
        " al bt bu au\nstep al: lock\nstep bt: try 2 <waiting ...>\nstep bt: <... completed>\nERROR:  too late\n\
         step bu: unlock\nstep au: unlock\n"
    );
}

#[test]
fn a_pause_is_no_wait_for_a_lock() {
    assert_eq!(printed("bs al au"), " bs al au\nstep bs: sleep 7\nstep al: lock\nstep au: unlock\n");
    assert_eq!(
        printed("al bw au bu"),
        " al bw au bu\nstep al: lock\nstep bw: sleep 1; lock <waiting ...>\nstep au: unlock\nstep bw: <... completed>\nstep bu: unlock\n"
    );
}

#[test]
fn notices_come_before_the_report_of_their_own_statement() {
    let look = "a: NOTICE:  look\nDETAIL:  There.\n";
    assert_eq!(printed("an"), format!(" an\n{look}step an: notice; rows 1\nn\n-\n1\n(1 row)\n\n"));
    // So does one that comes right after the first result: it is read along with it.
    assert_eq!(printed("a0"), format!(" a0\n{look}step a0: rows 2; notice\nn\n-\n1\n2\n(2 rows)\n\n"));
    // One after the second result waits until the first is printed.
    assert_eq!(
        printed("a2"),
        format!(" a2\nstep a2: rows 1; rows 1; notice\nn\n-\n1\n(1 row)\n\n{look}n\n-\n1\n(1 row)\n\n")
    );
}

#[test]
fn an_error_ends_its_string() {
    assert_eq!(printed("bf"), " bf\nstep bf: rows 1; fail; rows 1\nn\n-\n1\n(1 row)\n\nERROR:  no\n");
}

#[test]
fn markers_hold_reports_back() {
    assert_eq!(
        printed("al(*) bl au"),
        " al bl au\nstep al: lock <waiting ...>\nstep bl: lock <waiting ...>\nstep al: <... completed>\nstep au: unlock\nstep bl: <... completed>\n"
    );
    assert_eq!(
        printed("al bl(al) au bu"),
        " al bl au bu\nstep al: lock\nstep bl: lock <waiting ...>\nstep au: unlock\nstep bl: <... completed>\nstep bu: unlock\n"
    );
    let look = "a: NOTICE:  look\nDETAIL:  There.\n";
    assert_eq!(
        printed("bs(an notices 1) an"),
        format!(
            " bs an\nstep bs: sleep 7 <waiting ...>\n{look}step an: notice; rows 1\nn\n-\n1\n(1 row)\n\nstep bs: <... completed>\n"
        )
    );
}

#[test]
fn patience_ends() {
    assert_eq!(
        printed("al bl bu"),
        " al bl bu\nstep al: lock\nstep bl: lock <waiting ...>\nisolationtester: canceling step bl after 300 seconds\n\
         step bl: <... completed>\nERROR:  canceling statement due to user request\nstep bu: unlock\n"
    );
    let held = "step al: lock\nstep bl: lock <waiting ...>\nstep cl: lock <waiting ...>\nstep au: unlock\n";
    assert_eq!(
        printed("al bl(cl) cl au bu"),
        format!(" al bl cl au bu\n{held}step bl timed out after 600 seconds\nactive steps are: bl cl\n")
    );
    assert_eq!(
        printed("al bl(cl) cl(bl) au"),
        format!(
            " al bl cl au\n{held}isolationtester: canceling step cl after 300 seconds\n\
             failed to complete permutation due to mutually-blocking steps\n"
        )
    );
}

#[test]
fn without_permutations_every_order_is_run() {
    let all = transcript("session a step a1 {a} step a2 {a} session b step b1 {b}", &mut Toy::default());
    let headers: Vec<_> = all.lines().filter_map(|line| line.strip_prefix("starting permutation: ")).collect();
    assert_eq!(headers, ["a1 a2 b1", "a1 b1 a2", "b1 a1 a2"]);
    assert!(all.starts_with("Parsed test spec with 2 sessions\n\nstarting permutation: a1 a2 b1\nstep a1: a\n"));
}

#[test]
fn set_up_and_tear_down_print_their_last_rows() {
    let spec = "setup { rows 1 } setup { notice } teardown { rows 2; fail }
        session a setup { notice; rows 1; rows 2 } step s { a } teardown { fail }";
    assert_eq!(
        transcript(spec, &mut Toy::default()),
        "Parsed test spec with 1 sessions\n\nstarting permutation: s\nn\n-\n1\n(1 row)\n\n\
         a: NOTICE:  look\nDETAIL:  There.\nn\n-\n1\n2\n(2 rows)\n\nstep s: a\n\
         teardown of session a failed: ERROR:  no\nHINT:  Do not.\nteardown failed: ERROR:  no\nHINT:  Do not.\n"
    );
    let fails = |spec: &str| transcript(spec, &mut Toy::default()).lines().skip(3).collect::<Vec<_>>().join("\n");
    assert_eq!(fails("setup { fail } session a step s { a }"), "setup failed: ERROR:  no\nHINT:  Do not.");
    assert_eq!(fails("setup { } session a step s { a }"), "setup failed: ");
    assert_eq!(fails("session a setup { fail } step s { a }"), "setup of session a failed: ERROR:  no\nHINT:  Do not.");
}
