//! SARIF as code scanning reads it.

use serde_json::Value;

use super::harness::{TestSite, netsite, page};

fn sarif(site: &TestSite) -> Value {
    let run = netsite(&["check", "--root", site.path("").to_str().unwrap(), "--format", "sarif"]);
    serde_json::from_str(&run.stdout).unwrap()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn every_result_has_its_rule_level_and_place() {
    let site = TestSite::new()
        .page("a", "", "Text.\n")
        .file("content/a page é.md", page("A", "", "𝒳 [b](nowhere.md)\n\n[About](/a/)\n"))
        .file("netsite.yaml", "title: T\nbase_url: https://test.example/\nchecks: {absolute-link: advice}\n");
    let log = sarif(&site);
    assert_eq!((&log["version"], &log["runs"].as_array().unwrap().len()), (&Value::from("2.1.0"), &1));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for (result, (code, level)) in
        results(&log).iter().zip([("broken-link", "error"), ("absolute-link", "note")])
    {
        assert_eq!((&result["ruleId"], &result["level"]), (&code.into(), &level.into()));
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], code);
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{text}");
        }
        assert!(!rule["help"]["markdown"].as_str().unwrap().is_empty());
    }
    let place = &results(&log)[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/a%20page%20%C3%A9.md");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    // Columns count characters, and the log says so.
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 10, "startColumn": 7, "endLine": 10, "endColumn": 17})
    );
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
}

#[test]
fn a_clean_site_is_a_whole_log_without_results() {
    let log = sarif(&TestSite::new().page("a", "", "Text.\n"));
    assert_eq!((&log["version"], results(&log).len()), (&Value::from("2.1.0"), 0));
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_equal_lines_apart() {
    let fingerprints = |body: &str| {
        let log = sarif(&TestSite::new().page("a", "", body));
        let of = |result: &Value| {
            result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().to_string()
        };
        results(&log).iter().map(of).collect::<Vec<_>>()
    };
    let first = fingerprints("[b](nowhere.md)\n");
    let moved = fingerprints("A line before.\n\n[b](nowhere.md)\n\n[b](nowhere.md)\n");
    assert_eq!(first[0], moved[0]);
    assert_ne!(moved[0], moved[1]);
    assert_eq!(moved[0].split(':').next(), moved[1].split(':').next());
}

#[test]
fn a_problem_without_a_file_has_a_place_all_the_same() {
    // The address is taken by a page of netsite's own.
    let log = sarif(&TestSite::new().page("search", "", "Text.\n").page("a", "", "[b](c.md)\n"));
    for result in results(&log) {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.is_empty() && !uri.starts_with('/'), "{uri}");
    }
}
