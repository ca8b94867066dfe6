//! Files of interviews: ours are good, and what is wrong with one is said where it is.

use interleave_course::Level;
use interleave_course::interview::{Interview, read};
use proptest::prelude::*;
use std::path::Path;

/// A stage with as much of everything as there has to be.
fn stage(id: &str) -> String {
    let good: String = (1..=4).map(|n| format!("[[stage.good]]\nid = \"p{n}\"\ntext = \"T\"\nweight = 1\n")).collect();
    let flag = "[[stage.red_flags]]\ntext = \"T\"\nreason = \"R\"\nweight = 2\n";
    let follow: String = ["missing", "heard"]
        .iter()
        .map(|when| {
            format!(
                "[[stage.follow]]\npoint = \"p1\"\nwhen = \"{when}\"\nminutes = 2\nasks = \"And?\"\nanswer = \"A\"\n"
            )
        })
        .collect();
    format!(
        "[[stage]]\nid = \"{id}\"\ntitle = \"T\"\nminutes = 4\nasks = \"Why?\"\njunior = \"J\"\nsenior = \"S\"\n{good}{flag}{flag}{follow}"
    )
}

const HEAD: &str = "title = \"T\"\nabout = \"A\"\nroles = [\"backend\"]\nlevels = [\"mid\"]\nsituation = \"S\"\n";

fn whole() -> String {
    format!("{HEAD}{}{}{}{}", stage("a"), stage("b"), stage("c"), stage("d"))
}

fn problems(text: &str) -> Vec<String> {
    read("interviews/x.toml", "x", text)
        .map_or_else(|found| found.iter().map(ToString::to_string).collect(), |_| vec![])
}

#[test]
fn a_good_one_is_read() {
    let interview = read("interviews/x.toml", "x", &whole()).unwrap();
    assert_eq!((interview.id.as_str(), interview.stages.len()), ("x", 4));
    assert_eq!(interview.stages[0].from, Level::Junior);
    let json = serde_json::to_string(&interview).unwrap();
    assert_eq!(serde_json::from_str::<Interview>(&json).unwrap(), interview);
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    let wrong = |from: &str, to: &str| problems(&whole().replacen(from, to, 1));
    assert_eq!(wrong("weight = 1", "weight = 3"), ["interviews/x.toml line 6: stage 1: a weight is 1 or 2, not 3"]);
    assert_eq!(wrong("asks = \"Why?\"", "asks = \"Why.\"").len(), 1);
    assert_eq!(wrong("point = \"p1\"", "point = \"p9\"").len(), 1);
    assert_eq!(wrong("id = \"b\"", "id = \"a\""), ["interviews/x.toml line 49: stage 2: there is another stage “a”"]);
    let misspelt = wrong("junior = \"J\"", "jnior = \"J\"");
    assert!(misspelt[0].contains("line 6: stage 1: missing field"), "{misspelt:?}");
    assert!(wrong("minutes = 4\n", "minutes = 4\nhours = 1\n")[0].contains("no field “hours”"));
    assert!(wrong("\"backend\"", "\"barista\"")[0].contains("there is no role “barista”"));
    assert!(wrong("levels = [\"mid\"]", "levels = []")[0].contains("for nobody"));
    assert!(wrong("situation", "situaton")[0].contains("line 5"));
    assert!(problems(&format!("{HEAD}{}", stage("a")))[0].contains("4 to 6 stages"));
    assert!(wrong("when = \"heard\"", "when = \"missing\"")[0].contains("in the same case"));
    assert!(wrong("minutes = 4", "minutes = 4\nfrom = \"senior\"")[0].contains("not for mid"));
}

#[test]
fn those_of_the_site_are_good() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/interviews");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = format!("interviews/{id}.toml");
        let read = read(&file, &id, &text);
        assert!(read.is_ok(), "{read:?}");
        count += 1;
    }
    assert!(count >= 8, "at least eight scenarios, here {count}");
}

proptest! {
    #[test]
    fn no_file_is_too_strange(cut in 0usize..4000, extra in "[ -~\\n]{0,40}") {
        let whole = whole();
        let cut = cut.min(whole.len());
        let _ = read("x", "x", &format!("{}{extra}{}", &whole[..cut], &whole[cut..]));
    }
}
