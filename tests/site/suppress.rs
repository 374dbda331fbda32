//! `netsite suppress`: of a raw file a safe one, which can be committed.

use std::fs;

use serde_json::Value;

use super::disclosure::{RAW, SECRET, has_number, patients, site_of};
use super::harness::{Run, TestSite, files, netsite};

/// Runs `netsite suppress` on `raw.csv` beside the site's content, into `safe.csv`.
pub(crate) fn suppress(site: &TestSite, more: &[&str]) -> Run {
    let (raw, safe) = (site.path("raw.csv"), site.path("safe.csv"));
    let mut all = vec!["suppress", raw.to_str().unwrap(), "--output", safe.to_str().unwrap()];
    all.extend(more);
    netsite(&all)
}

#[test]
fn a_safe_file_is_made_and_can_be_committed() {
    let site = TestSite::new().file("raw.csv", RAW);
    let receipt = site.path("receipt.json");
    let run = suppress(&site, &["--rule", "patients", "--unit", "%", "--receipt", receipt.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("are hidden (") && run.stderr.contains("to the nearest 5"), "{}", run.stderr);
    let safe = fs::read_to_string(site.path("safe.csv")).unwrap();
    let written = fs::read_to_string(&receipt).unwrap();
    for secret in SECRET {
        for (what, text) in [("output", &safe), ("receipt", &written), ("words", &run.stderr)] {
            assert!(!has_number(text, secret), "the {what} holds {secret}: {text}");
        }
    }
    let receipt: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(
        (receipt["rule"].as_str(), receipt["withheld"][0]["row"].as_u64()),
        (Some("patients"), Some(2))
    );
    assert_eq!(fs::read_to_string(site.path("raw.csv")).unwrap(), RAW, "the raw file stands as it was");
    let built = site_of(&safe);
    let run = built.build();
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert_eq!(built.output("benchmarks/scans/data.csv"), safe, "what is safe is published as it stands");
}

#[test]
fn no_file_is_overwritten_unasked() {
    let site = TestSite::new().file("raw.csv", RAW).file("safe.csv", "mine");
    let rule = ["--rule", "patients", "--unit", "%"];
    let run = suppress(&site, &rule);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is there already") && run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(site.path("safe.csv")).unwrap(), "mine");
    let raw = site.path("raw.csv");
    let raw = raw.to_str().unwrap();
    let over = netsite(&["suppress", raw, "--output", raw, "--rule", "patients", "--unit", "%", "--force"]);
    assert_eq!(over.code, 2, "{}", over.stderr);
    assert_eq!(fs::read_to_string(raw).unwrap(), RAW);
    let over = suppress(&site, &[&rule[..], &["--force", "--receipt", raw]].concat());
    assert_eq!(over.code, 2, "{}", over.stderr);
    assert_eq!(fs::read_to_string(raw).unwrap(), RAW);
    assert_eq!(suppress(&site, &[&rule[..], &["--force"]].concat()).code, 0);
    assert!(fs::read_to_string(site.path("safe.csv")).unwrap().starts_with("period,value,organisation"));
    let left: Vec<String> = files(&site.path("")).into_keys().collect();
    assert_eq!(left, ["netsite.yaml", "raw.csv", "safe.csv"], "nothing else is left behind");
}

#[test]
fn a_raw_file_with_problems_makes_none_and_is_not_repeated() {
    let cases = [
        ("period,value\n2024-04,6\n2024-05,about 6173\n", "not-a-number", "6173"),
        ("2024-04,6173\n2024-05,6\n", "missing-column", "6173"),
        ("period,value\n2024-04,3.25\n2024-05,12.5\n", "no-unit", "3.25"),
        ("period,value\n6.5,2024-04\n", "unreadable-period", "6.5"),
        ("period,value\n2024-04,6.5%\n", "mixed-units", "6.5"),
    ];
    for (raw, code, secret) in cases {
        let site = TestSite::new().file("raw.csv", raw);
        for format in ["json", "human"] {
            let run = suppress(&site, &["--rule", "patients", "--format", format]);
            assert_eq!(run.code, 1, "{code}: {}", run.stderr);
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(said.contains(code), "{code}: {said}");
            assert!(!said.contains(secret), "{code} repeats {secret}: {said}");
            assert!(!site.path("safe.csv").exists(), "{code}");
        }
    }
}

#[test]
fn a_raw_file_in_the_content_is_sent_out() {
    let site = TestSite::new().file("content/raw.csv", RAW);
    let raw = site.path("content/raw.csv");
    let safe = site.path("safe.csv");
    let (raw, safe) = (raw.to_str().unwrap(), safe.to_str().unwrap());
    let run = netsite(&["suppress", raw, "--output", safe, "--rule", "patients", "--unit", "%"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("move it out of the site's folder"), "{}", run.stderr);
    let none = netsite(&["suppress", "no-such.csv", "--output", safe, "--rule", "staff"]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("there is no such file"), "{}", none.stderr);
}

#[test]
fn whatever_is_made_safe_can_be_committed() {
    let mut seed = 7_u32;
    let mut next = |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % most
    };
    let site = TestSite::new()
        .file("content/organisations.csv", "ods,name\nXA11,Alder\nXB22,Birch\nXC33,Cedar\nXD44,Dogwood\n");
    for number in 0..12 {
        let is_staff = number % 2 == 1;
        let mut raw = "period,organisation,value,numerator,denominator\n".to_string();
        for month in 4..8 {
            let mut all = (0, 0);
            let mut line = |name: &str, counted: u32, of: u32| {
                let rate = f64::from(counted) / f64::from(of) * 100.0;
                raw.push_str(&format!("2024-0{month},{name},{rate:.2},{counted},{of}\n"));
            };
            for name in ["XA11", "XB22", "XC33", "XD44"] {
                let of = 1 + next(90);
                let counted = next(of + 1);
                all = (all.0 + counted, all.1 + of);
                line(name, counted, of);
            }
            line("Total", all.0, all.1);
        }
        site.write("raw.csv", &raw);
        let safe = site.path(&format!("content/benchmarks/b{number}/data.csv"));
        let rule = if is_staff { "staff" } else { "patients" };
        let text = patients("").replace("title: Scans", &format!("title: Scans {number}"));
        let text = text.replace("counts: patients", &format!("counts: {rule}"));
        site.write(&format!("content/benchmarks/b{number}/index.md"), text);
        let run = netsite(&[
            "suppress",
            site.path("raw.csv").to_str().unwrap(),
            "--rule",
            rule,
            "--unit",
            "%",
            "--output",
            safe.to_str().unwrap(),
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    fs::remove_file(site.path("raw.csv")).unwrap();
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stdout);
}
