//! What serde_yaml and serde-saphyr say of the same mistakes, and how long a header takes each.

use std::time::Instant;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only read")]
struct Header {
    title: String,
    #[serde(default)]
    tags: Vec<String>,
}

const MISTAKES: [(&str, &str); 3] = [
    ("a key twice", "title: One\ntags: [a]\ntitle: Two\n"),
    ("an unknown key", "title: One\ntagz: [a]\n"),
    ("a bracket left open", "title: One\ntags: [a, b\n"),
];

fn main() {
    for (name, text) in MISTAKES {
        println!("== {name}");
        println!("serde_yaml:   {}", serde_yaml::from_str::<Header>(text).unwrap_err());
        println!("serde-saphyr: {}", serde_saphyr::from_str::<Header>(text).unwrap_err());
    }
    let header = "title: \"A title of usual length\"\ntags: [one, two, three]\n";
    let time = |read: &dyn Fn()| {
        let start = Instant::now();
        for _ in 0..20_000 {
            read();
        }
        start.elapsed().as_secs_f64() / 20_000.0 * 1e6
    };
    let old = time(&|| drop(serde_yaml::from_str::<Header>(header)));
    let new = time(&|| drop(serde_saphyr::from_str::<Header>(header)));
    println!("== a header: serde_yaml {old:.1} µs, serde-saphyr {new:.1} µs");
}
