//! What a check of links came to, as warnings at the places where the links stand.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Answer, Checked, ExternalLink, Finding};
use crate::diagnostic::Diagnostic;
use crate::text::{counted, long_date};

/// Warnings, one for each address at the first place where it is linked; nothing for those that work.
pub fn diagnostics(checked: &Checked, links: &[ExternalLink], zone: &TimeZone) -> Vec<Diagnostic> {
    let findings = match checked {
        Checked::Answers(findings) => findings,
        Checked::Offline if links.is_empty() => return Vec::new(),
        Checked::Offline => {
            return vec![
                Diagnostic::warning(
                    "links-not-checked",
                    "no server answered, so nothing is known of the links to other sites",
                )
                .help("check that this computer is online, and that its proxy is named in HTTPS_PROXY if it needs one"),
            ];
        }
    };
    let mut problems: Vec<Diagnostic> =
        findings.iter().filter_map(|finding| diagnostic(finding, links, zone)).collect();
    let not_asked = findings.iter().filter(|finding| finding.answer == Answer::NotAsked).count();
    if not_asked > 0 {
        let count = counted(not_asked, "link was", "links were");
        problems.push(
            Diagnostic::warning(
                "links-not-checked",
                format!("{count} not looked at: there were too many for one run"),
            )
            .help("run it again: those that work are remembered for a day"),
        );
    }
    problems
}

fn diagnostic(finding: &Finding, links: &[ExternalLink], zone: &TimeZone) -> Option<Diagnostic> {
    let Finding { url, answer, last_worked } = finding;
    let link = &links[links.binary_search_by(|link| link.url.as_str().cmp(url)).ok()?];
    let worked = worked(*last_worked, zone);
    let dead = |why: &str| {
        Diagnostic::warning("dead-link", format!("`{url}` leads nowhere: {why}; {worked}")).help(
            "find where the page went and write that address, or take the link out and say what it held",
        )
    };
    let unsure = |why: &str| {
        Diagnostic::warning("unsure-link", format!("`{url}` could not be looked at: {why}; {worked}"))
            .help("open it in a browser; if it works there, nothing needs to be done")
    };
    let problem = match answer {
        Answer::Works | Answer::NotAsked => return None,
        Answer::Moved(to) => Diagnostic::warning(
            "moved-link",
            format!("`{url}` has moved for good, and the way from the old address may end"),
        )
        .help(format!("write {to}")),
        Answer::Gone(status) => dead(&format!("its server says that there is nothing ({status})")),
        Answer::NoHost => dead("there is no server of this name"),
        Answer::Circle => dead("its server sends readers from page to page without end"),
        Answer::NotAnAddress => dead("this is no address that can be asked"),
        Answer::Unclear(status) => unsure(&format!(
            "its server answers {status}, which some servers say to programs and not to readers"
        )),
        Answer::NoAnswer => unsure("its server does not answer"),
        Answer::Untrusted => unsure("its server's certificate is not trusted by this computer"),
        Answer::Private => Diagnostic::warning(
            "private-link",
            format!(
                "`{url}` lies in a private network, so readers elsewhere cannot follow it; it was not asked"
            ),
        )
        .help("link a public page instead, or say how to find it inside"),
    };
    let first = link.places.first()?;
    let mut problem = problem.in_file(&first.path).at(first.span);
    if link.places.len() > 1 {
        let others = counted(link.places.len() - 1, "other place", "other places");
        problem.message = format!("{} (linked in {others} too)", problem.message);
    }
    Some(problem)
}

fn worked(last: Option<Timestamp>, zone: &TimeZone) -> String {
    last.map_or_else(
        || "it is not known when it last worked".to_string(),
        |last| format!("it last worked on {}", long_date(zone.to_datetime(last).date())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::LinkPlace;
    use crate::source::{SitePath, Span};

    #[test]
    fn each_answer_has_a_rule_of_its_own() {
        let place = LinkPlace { path: SitePath::new("content/a.md"), span: Span::new(4, 9) };
        let links = [ExternalLink { url: "https://a.example/".to_string(), places: vec![place] }];
        let told = |checked: &Checked| {
            diagnostics(checked, &links, &TimeZone::UTC)
                .into_iter()
                .map(|problem| (problem.code, problem.span.map(|span| span.start)))
                .collect::<Vec<_>>()
        };
        for (answer, code) in [
            (Answer::Gone(404), "dead-link"),
            (Answer::NoHost, "dead-link"),
            (Answer::Circle, "dead-link"),
            (Answer::Moved("https://b.example/".to_string()), "moved-link"),
            (Answer::Private, "private-link"),
            (Answer::Unclear(403), "unsure-link"),
            (Answer::NoAnswer, "unsure-link"),
            (Answer::Untrusted, "unsure-link"),
        ] {
            let finding = Finding { url: links[0].url.clone(), answer, last_worked: None };
            assert_eq!(told(&Checked::Answers(vec![finding])), [(code, Some(4))]);
        }
        let not_asked = Finding { url: links[0].url.clone(), answer: Answer::NotAsked, last_worked: None };
        assert_eq!(told(&Checked::Answers(vec![not_asked])), [("links-not-checked", None)]);
        assert_eq!(told(&Checked::Offline), [("links-not-checked", None)]);
        let works = Finding { url: links[0].url.clone(), answer: Answer::Works, last_worked: None };
        assert!(told(&Checked::Answers(vec![works])).is_empty());
    }
}
