//! Holds the tokens to their promise: text is readable in both themes (WCAG 2.2, 1.4.3: 4.5:1).

const TOKENS: &str = include_str!("../../static/css/tokens.css");
const GROUNDS: [&str; 4] = ["paper", "surface", "sunken", "highlight"];
const TEXTS: [&str; 19] = [
    "ink",
    "muted",
    "faint",
    "accent",
    "role-tick",
    "role-microtask",
    "role-timers",
    "role-pending",
    "role-poll",
    "role-check",
    "role-close",
    "role-pool",
    "role-lock",
    "role-ok",
    "role-fault",
    "session-1",
    "session-2",
    "session-3",
    "session-4",
];

/// The rule that begins with `selector`, up to its end.
fn rule(selector: &str) -> &'static str {
    let start = TOKENS.find(selector).unwrap_or_else(|| panic!("tokens.css has {selector}"));
    TOKENS[start..].split_once('}').expect("a rule ends").0
}

fn colour(rule: &str, name: &str) -> [f64; 3] {
    let value = rule.split_once(&format!("--{name}: #")).unwrap_or_else(|| panic!("--{name} is a hex colour")).1;
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&value[at..at + 2], 16).expect("two hex digits")) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn tint(of: [f64; 3], on: [f64; 3], share: f64) -> [f64; 3] {
    std::array::from_fn(|i| of[i] * share + on[i] * (1.0 - share))
}

#[test]
fn text_is_readable_on_every_ground_of_both_themes() {
    for theme in [":root {", "[data-theme=\"dark\"] {"] {
        let rule = rule(theme);
        for text in TEXTS {
            let ink = colour(rule, text);
            let tinted = tint(ink, colour(rule, "surface"), 0.09);
            let grounds = GROUNDS.map(|ground| (ground, colour(rule, ground)));
            for (ground, paper) in grounds.into_iter().chain([("a tint of itself", tinted)]) {
                let ratio = contrast(ink, paper);
                assert!(ratio >= 4.5, "{theme} --{text} on {ground}: {ratio:.2}");
            }
        }
    }
}

#[test]
fn a_dark_system_and_a_dark_choice_look_the_same() {
    let values = |rule: &str| -> Vec<String> {
        rule.lines().skip(1).map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
    };
    assert_eq!(values(rule(":root:not([data-theme=\"light\"]) {")), values(rule("[data-theme=\"dark\"] {")));
}
