//! The server as a client sees it: bytes in, bytes out, each at its time.

use interleave_kernel::{Exchange, Packet, Remote, Segment};
use interleave_sql::wire::{Server, Settings};

const SCHEMA: &str =
    "CREATE TABLE pets (id int PRIMARY KEY, name text NOT NULL); INSERT INTO pets VALUES (1, 'cat'), (2, 'dog')";
const MILLI: u64 = 1_000_000;

struct Wire {
    server: Server,
}

/// A message: its kind, and its fields.
type Message = (char, Vec<u8>);

impl Wire {
    fn new(settings: Settings) -> Self {
        Self { server: Server::start(SCHEMA, settings).expect("a good schema") }
    }

    /// Connects somebody; what comes of it.
    fn connect(&mut self, connection: u32, user: &str, at: u64) -> Vec<(u64, Vec<Message>)> {
        let mut startup = vec![0, 3, 0, 0];
        startup.extend(format!("user\0{user}\0\0").as_bytes());
        let mut bytes = (startup.len() as u32 + 4).to_be_bytes().to_vec();
        bytes.extend(startup);
        let packets = [Segment::Open, Segment::Data(bytes)].map(|carries| Packet { connection, at, carries });
        messages(self.server.exchange(packets.into(), at), connection)
    }

    /// Sends something, and lets a millisecond pass.
    fn send(&mut self, connection: u32, at: u64, bytes: Vec<u8>) -> Vec<(u64, Vec<Message>)> {
        let packet = Packet { connection, at, carries: Segment::Data(bytes) };
        messages(self.server.exchange(vec![packet], at + MILLI), connection)
    }

    /// Lets time pass; what a connection gets meanwhile.
    fn until(&mut self, connection: u32, at: u64) -> Vec<(u64, Vec<Message>)> {
        messages(self.server.exchange(Vec::new(), at), connection)
    }
}

fn message(kind: u8, fields: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend((fields.len() as u32 + 4).to_be_bytes());
    bytes.extend(fields);
    bytes
}

fn query(text: &str) -> Vec<u8> {
    message(b'Q', format!("{text}\0").as_bytes())
}

/// Parse, Bind, Describe, Execute, Sync: what a client sends for a text with values.
fn extended(text: &str, values: &[&str]) -> Vec<u8> {
    let mut bind = b"\0\0\0\0".to_vec();
    bind.extend((values.len() as u16).to_be_bytes());
    for value in values {
        bind.extend((value.len() as u32).to_be_bytes());
        bind.extend(value.as_bytes());
    }
    bind.extend([0; 2]);
    [
        message(b'P', format!("\0{text}\0\0\0").as_bytes()),
        message(b'B', &bind),
        message(b'D', b"P\0"),
        message(b'E', b"\0\0\0\0\0"),
        message(b'S', b""),
    ]
    .concat()
}

fn messages(exchange: Exchange, wanted: u32) -> Vec<(u64, Vec<Message>)> {
    let data = |packet: Packet| match packet.carries {
        Segment::Data(bytes) if packet.connection == wanted => Some((packet.at, split(&bytes))),
        Segment::End if packet.connection == wanted => Some((packet.at, vec![('.', Vec::new())])),
        _ => None,
    };
    exchange.sent.into_iter().filter_map(data).collect()
}

fn split(mut bytes: &[u8]) -> Vec<Message> {
    let mut found = Vec::new();
    while let [kind, a, b, c, d, ..] = *bytes {
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        found.push((char::from(kind), bytes[5..=length].to_vec()));
        bytes = &bytes[1 + length..];
    }
    found
}

fn kinds(messages: &[Message]) -> String {
    messages.iter().map(|(kind, _)| *kind).collect()
}

/// A field of an error.
fn field(messages: &[Message], kind: char) -> Option<String> {
    let (_, bytes) = messages.iter().find(|(kind, _)| *kind == 'E')?;
    let fields = bytes.split(|byte| *byte == 0).filter(|field| !field.is_empty());
    let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
    fields.map(text).find(|field| field.starts_with(kind)).map(|field| field[1..].to_owned())
}

#[test]
fn a_simple_query_is_answered_when_the_work_on_it_is_done() {
    let mut wire = Wire::new(Settings::default());
    wire.connect(0, "ada", 0);
    let answer = wire.send(0, 10 * MILLI, query("SELECT * FROM pets ORDER BY id"));
    assert_eq!(kinds(&answer[0].1), "TDDCZ");
    // A statement (40 µs) on one table (20); two rows found in order by its index take the rest.
    assert_eq!(answer[0].0, 10 * MILLI + 64_000);
}

#[test]
fn a_statement_is_parsed_bound_described_and_run() {
    let mut wire = Wire::new(Settings::default());
    wire.connect(0, "ada", 0);
    let answer = wire.send(0, 10 * MILLI, extended("SELECT name FROM pets WHERE id = $1", &["2"]));
    assert_eq!(kinds(&answer[0].1), "12TDCZ");
    assert_eq!(answer[0].1[3].1, b"\0\x01\0\0\0\x03dog");
    let answer = wire.send(0, 20 * MILLI, extended("DELETE FROM pets WHERE id = $1", &["7"]));
    assert_eq!(kinds(&answer[0].1), "12nCZ");
}

#[test]
fn after_an_error_everything_up_to_sync_is_left_out() {
    let mut wire = Wire::new(Settings::default());
    wire.connect(0, "ada", 0);
    let answer = wire.send(0, 10 * MILLI, extended("SELECT name FROM pets WHERE id = $1", &["x"]));
    assert_eq!(kinds(&answer[0].1), "1EZ");
    assert_eq!(field(&answer[0].1, 'C').as_deref(), Some("22P02"));
    assert_eq!(field(&answer[0].1, 'W').as_deref(), Some("unnamed portal parameter $1 = '...'"));
    let answer = wire.send(0, 20 * MILLI, query("INSERT INTO pets VALUES (1, 'cow')"));
    assert_eq!(kinds(&answer[0].1), "EZ");
    for (kind, value) in [('C', "23505"), ('s', "public"), ('t', "pets"), ('n', "pets_pkey")] {
        assert_eq!(field(&answer[0].1, kind).as_deref(), Some(value));
    }
}

#[test]
fn who_waits_for_a_row_is_answered_when_it_is_let_go() {
    let mut wire = Wire::new(Settings::default());
    wire.connect(0, "ada", 0);
    wire.connect(1, "bob", 0);
    wire.send(0, 10 * MILLI, query("BEGIN; UPDATE pets SET name = 'a' WHERE id = 1"));
    assert!(wire.send(1, 20 * MILLI, query("UPDATE pets SET name = 'b' WHERE id = 1")).is_empty());
    let packet = Packet { connection: 0, at: 30 * MILLI, carries: Segment::Data(query("COMMIT")) };
    let exchange = wire.server.exchange(vec![packet], 40 * MILLI);
    let served = exchange.served.iter().find(|served| served.connection == 1).expect("it has been answered");
    assert_eq!((served.began, served.waited, served.rows), (20 * MILLI, 10 * MILLI, 1));
    let answer = messages(exchange, 1);
    assert_eq!(kinds(&answer[0].1), "CZ");
    assert!(answer[0].0 > 30 * MILLI);
}

#[test]
fn a_deadlock_is_found_after_a_second() {
    let mut wire = Wire::new(Settings::default());
    wire.connect(0, "ada", 0);
    wire.connect(1, "bob", 0);
    for connection in [0, 1] {
        let text = format!("BEGIN; UPDATE pets SET name = 'x' WHERE id = {}", connection + 1);
        assert_eq!(kinds(&wire.send(connection, 10 * MILLI, query(&text))[0].1), "CCZ");
    }
    assert_eq!(wire.send(0, 20 * MILLI, query("UPDATE pets SET name = 'y' WHERE id = 2")), []);
    assert_eq!(wire.send(1, 30 * MILLI, query("UPDATE pets SET name = 'y' WHERE id = 1")), []);
    // Who began to wait first looks first, and finds the circle that the other has closed meanwhile.
    assert!(wire.until(0, 1_019 * MILLI).is_empty());
    let answer = wire.until(0, 1_021 * MILLI);
    assert_eq!(answer.len(), 1, "{answer:?} {:?}", wire.until(1, 5_000 * MILLI));
    assert_eq!(field(&answer[0].1, 'C').as_deref(), Some("40P01"));
    assert_eq!(answer[0].0, 1_020 * MILLI + 64_000, "planned and run, as far as it came");
}

#[test]
fn one_connection_too_many_is_refused() {
    let mut wire = Wire::new(Settings { max_connections: 4, ..Settings::default() });
    assert_eq!(kinds(&wire.connect(0, "ada", 0)[0].1).chars().last(), Some('Z'));
    let refused = wire.connect(1, "ada", 10 * MILLI);
    assert_eq!(field(&refused[0].1, 'C').as_deref(), Some("53300"));
    assert_eq!(refused[1].1[0].0, '.', "and the connection ends");
    for connection in 2..5 {
        assert_eq!(kinds(&wire.connect(connection, "postgres", 20 * MILLI)[0].1).chars().last(), Some('Z'));
    }
    let refused = wire.connect(5, "postgres", 30 * MILLI);
    assert_eq!(field(&refused[0].1, 'M').as_deref(), Some("sorry, too many clients already"));
}

#[test]
fn a_schema_that_fails_says_where() {
    let error = Server::start("CREATE TABLE a (b int);\n\nINSERT INTO a VALUES ('x')", Settings::default()).err();
    let words =
        "The schema cannot be set up: PostgreSQL says on line 3: invalid input syntax for type integer: \"x\" (22P02).";
    assert_eq!(error.as_deref(), Some(words));
}

#[test]
fn garbage_ends_the_connection_and_nothing_else() {
    let mut wire = Wire::new(Settings::default());
    wire.connect(0, "ada", 0);
    wire.connect(1, "bob", 0);
    let answer = wire.send(0, 10 * MILLI, vec![b'Q', 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(field(&answer[0].1, 'S').as_deref(), Some("FATAL"));
    assert_eq!(kinds(&wire.send(1, 20 * MILLI, query("SELECT 1"))[0].1), "TDCZ");
}
