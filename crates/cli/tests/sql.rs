//! `interleave sql` and `interleave isolation` as a person uses them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn interleave(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_interleave"));
    command.args(args).env_remove("PGISOLATIONTIMEOUT");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn shell(input: &str) -> String {
    let output = interleave(&["sql", "--echo"], input);
    assert_eq!((output.status.code(), &output.stderr[..]), (Some(0), &b""[..]));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_session_waits_for_another() {
    let shown = shell(
        "CREATE TABLE pets (id int PRIMARY KEY, name text); INSERT INTO pets VALUES (1, 'rex');\n\
         BEGIN; UPDATE pets SET name = 'tom' WHERE id = 1;\n\
         \\session b\n\
         BEGIN;\n\
         UPDATE pets SET name = name || '!'\n\
         RETURNING *;\n\
         SELECT 1;\n\
         \\session a\n\
         COMMIT;\n\
         \\session b\n\
         SELECT nobody FROM pets;\n\
         SELECT 1;\n\
         \\q\n",
    );
    assert_eq!(
        shown,
        "a=# CREATE TABLE pets (id int PRIMARY KEY, name text); INSERT INTO pets VALUES (1, 'rex');\n\
         CREATE TABLE\nINSERT 0 1\n\
         a=# BEGIN; UPDATE pets SET name = 'tom' WHERE id = 1;\nBEGIN\nUPDATE 1\n\
         a=*# \\session b\n\
         b=# BEGIN;\nBEGIN\n\
         b=*# UPDATE pets SET name = name || '!'\n\
         b-*# RETURNING *;\nb waits for a: the end of the transaction\n\
         b=*# SELECT 1;\nb still waits for a: the end of the transaction: \\session goes to another one, \\cancel gives up.\n\
         b=*# \\session a\n\
         a=*# COMMIT;\nCOMMIT\nb:\n id | name \n----+------\n  1 | tom!\n(1 row)\n\nUPDATE 1\n\
         a=# \\session b\n\
         b=*# SELECT nobody FROM pets;\n\
         ERROR:  column \"nobody\" does not exist\nLINE 1: SELECT nobody FROM pets;\n               ^\n\
         b=!# SELECT 1;\n\
         ERROR:  current transaction is aborted, commands ignored until end of transaction block\n\
         b=!# \\q\n"
    );
}

#[test]
fn time_passes_when_somebody_must_wait_for_it() {
    let shown = shell(
        "CREATE TABLE t (i int); BEGIN; LOCK TABLE t;\n\\session b\nSET lock_timeout = '2s'; SELECT * FROM t;\n\\wait 1\n\\wait\n",
    );
    assert!(shown.ends_with(
        "SET\nb waits for a: the table t\nb=# \\wait 1\nb=# \\wait\nERROR:  canceling statement due to lock timeout\nb=# "
    ));
}

#[test]
fn tables_are_described() {
    let shown = shell(
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int NOT NULL REFERENCES p ON DELETE CASCADE, n varchar(9) UNIQUE);\n\\d\n\\d c\n\\d x\n\\x\n",
    );
    let (_, described) = shown.split_once("\\d\n").unwrap();
    assert_eq!(
        described,
        "   List of relations\n Schema | Name | Type  \n--------+------+-------\n public | c    | table\n public | p    | table\n(2 rows)\n\n\
         a=# \\d c\n             Table \"public.c\"\n Column |         Type         | Nullable \n--------+----------------------+----------\n\
         \x20p      | integer              | not null\n n      | character varying(9) | \n\
         Indexes:\n    \"c_n_key\" UNIQUE CONSTRAINT, btree (n)\n\
         Foreign-key constraints:\n    \"c_p_fkey\" FOREIGN KEY (p) REFERENCES p(id) ON DELETE CASCADE\n\n\
         a=# \\d x\nDid not find any relation named \"x\".\n\
         a=# \\x\ninvalid command \\x\nTry \\? for help.\na=# "
    );
}

#[test]
fn a_schedule_is_run_from_standard_input() {
    let output = interleave(&["isolation", "-"], "session a step s { SELECT 1 AS one } session b step t { }");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "Parsed test spec with 2 sessions\n\nstarting permutation: s t\nstep s: SELECT 1 AS one\none\n---\n  1\n(1 row)\n\nstep t: \n\
         \nstarting permutation: t s\nstep t: \nstep s: SELECT 1 AS one\none\n---\n  1\n(1 row)\n\n"
    );
}

#[test]
fn a_schedule_that_is_none_is_refused() {
    let output = interleave(&["isolation", "-"], "session a\nstep s { SELECT 1 }\npermutation t\n");
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(1), &b""[..]));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "undefined step \"t\" specified in permutation\n");
    let output = interleave(&["isolation", "no-such-file.spec"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("interleave: cannot read no-such-file.spec: "));
    let output = interleave(&["isolation", "-"], "setup { nonsense } session a step s { SELECT 1 }");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "setup failed: ERROR:  syntax error at or near \"nonsense\"\nLINE 1: nonsense\n        ^\n"
    );
}
