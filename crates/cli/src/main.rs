fn main() {
    let file = std::env::args().nth(2).unwrap();
    let scenario = interleave_node::Scenario::script(std::fs::read_to_string(&file).unwrap());
    let tape = interleave_node::record(&scenario, &interleave_node::Options::default());
    for (i, f) in tape.frames().iter().enumerate() { println!("{i:3} {:?} {}", f.mark, f.note.plain()); }
    for p in &tape.last().console { print!("{}", p.text); }
    println!("{:?}", tape.last().outcome);
}
