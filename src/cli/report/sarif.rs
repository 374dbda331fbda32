//! Problems as SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>), with what GitHub's code scanning asks for:
//! rules with help, places relative to the repository's root, and fingerprints that stay when lines move.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Report;
use crate::diagnostic::{Located, Severity};
use crate::text::upper_first;
use crate::verdict::{Bound, bound, rule};

/// Code scanning takes no more results of one run.
const MOST_RESULTS: usize = 25_000;

pub(super) fn log(report: &Report<'_>) -> Value {
    let mut order: Vec<usize> = (0..report.problems.len()).collect();
    if order.len() > MOST_RESULTS {
        // The gravest are kept.
        let gravity = |problem: &Located| (!problem.is_error(), !problem.is_warning());
        order.sort_by_key(|index| gravity(&report.problems[*index]));
        order.truncate(MOST_RESULTS);
        order.sort_unstable();
    }
    let codes: BTreeSet<&str> = order.iter().map(|index| report.problems[*index].code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let results: Vec<Value> = order
        .into_iter()
        .map(|index| {
            let problem = &report.problems[index];
            let times = seen.entry(&problem.fingerprint).or_default();
            *times += 1;
            let mut result = result(problem, report.folder, *times);
            let rule = codes.binary_search(&problem.code.as_str()).unwrap_or_default();
            result.insert("ruleIndex".to_string(), rule.into());
            if let Some(was_there) = report.was_there.get(index) {
                let state = if *was_there { "unchanged" } else { "new" };
                result.insert("baselineState".to_string(), state.into());
            }
            Value::Object(result)
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "netsite",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| described(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "%SRCROOT%": { "description": { "text": "The root of the repository." } },
            },
            "results": results,
        }],
    })
}

fn described(code: &str) -> Value {
    let Some(rule) = rule(code) else { return json!({ "id": code }) };
    let about = format!("{}.", upper_first(rule.about));
    let (level, severity, weight) = match rule.severity {
        Severity::Error => ("error", "error", "An error: nothing is published until it is mended."),
        Severity::Warning => ("warning", "warning", "A warning: the site is published all the same."),
        Severity::Advice => ("note", "recommendation", "Advice: it never stops anything."),
    };
    let settings = match bound(rule) {
        Bound::Free => "`checks` in netsite.yaml can set it to error, warning, advice or off.",
        Bound::Waivable => {
            "It protects people, so `checks` in netsite.yaml cannot lower it; an exception for one place and a time \
             stands in waivers.yaml."
        }
        Bound::Never => "It protects people, and nothing is excepted from it.",
        Bound::Unreadable => "It cannot be lowered: nobody could tell what would be published.",
    };
    json!({
        "id": code,
        "shortDescription": { "text": plain(&about) },
        "fullDescription": { "text": plain(&about) },
        "help": {
            "text": plain(&format!("{about} {weight} {settings}")),
            "markdown": format!("{about}\n\n{weight} {settings}"),
        },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": ["content"], "problem.severity": severity },
    })
}

fn result(problem: &Located, folder: &str, times: usize) -> Map<String, Value> {
    let level = match problem.severity.as_str() {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    };
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\n{}", upper_first(help)));
    // A problem of the whole site lies in its settings: a result without a file is shown nowhere.
    let path = if problem.path.is_empty() { crate::config::FILE_NAME } else { &problem.path };
    let mut region = json!({ "startLine": problem.line, "startColumn": problem.column });
    if let (Some((line, column)), Value::Object(region)) = (problem.end(), &mut region)
        && (line, column) > (problem.line, problem.column)
    {
        region.insert("endLine".to_string(), line.into());
        region.insert("endColumn".to_string(), column.into());
    }
    let result = json!({
        "ruleId": problem.code,
        "level": level,
        "message": { "text": plain(&format!("{}{help}", problem.message)) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&format!("{folder}{path}")), "uriBaseId": "%SRCROOT%" },
                "region": region,
            },
        }],
        "partialFingerprints": {
            "primaryLocationLineHash": format!("{}:{times}", problem.fingerprint),
        },
    });
    match result {
        Value::Object(result) => result,
        _ => Map::new(),
    }
}

/// Text in which nothing is taken for a link (section 3.11.6 of the standard).
fn plain(text: &str) -> String {
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_string()
    }
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
