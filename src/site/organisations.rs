//! Organisation codes on pages: known ones, closed ones, and names that their organisation no longer bears.

use crate::content::ParsedPage;
use crate::content::kinds::organisation::Organisations;
use crate::diagnostic::Diagnostic;
use crate::text::{did_you_mean, long_date};

/// Warnings about the members of a network.
pub(super) fn check_members(
    page: &ParsedPage,
    organisations: &Organisations,
    problems: &mut Vec<Diagnostic>,
) {
    let dated = page.values.get("as_of").is_some();
    for member in page.values.groups("members") {
        let Some(ods) = member.value.spanned_text("ods") else { continue };
        let Some(organisation) = organisations.get(ods.value) else {
            problems.push(
                Diagnostic::warning(
                    "unknown-organisation",
                    format!("`{}` has no line in organisations.csv, so readers see a bare code", ods.value),
                )
                .in_file(&page.path)
                .at(ods.span)
                .help(
                    did_you_mean(ods.value, organisations.keys().map(String::as_str)).unwrap_or_else(|| {
                        format!(
                            "add a line with {} and its name to content/organisations.csv; docs/configuration.md says what its columns hold",
                            ods.value
                        )
                    }),
                ),
            );
            continue;
        };
        let member_dated = dated || member.value.get("from").is_some() || member.value.get("to").is_some();
        if let Some(name) = member.value.spanned_text("name")
            && name.value != organisation.name
            && !member_dated
        {
            problems.push(
                Diagnostic::warning(
                    "former-name",
                    format!(
                        "{} is called `{}` today; readers cannot tell when the name held",
                        ods.value, organisation.name
                    ),
                )
                .in_file(&page.path)
                .at(name.span)
                .help("keep the name and say `as_of:` when it held, or write today's name"),
            );
        }
        let as_of_end = page.values.period("as_of").and_then(|period| period.end);
        if let (Some(closed), Some(as_of)) = (organisation.valid_to, as_of_end)
            && closed < as_of
            && member.value.get("to").is_none()
        {
            problems.push(
                Diagnostic::warning(
                    "closed-organisation",
                    format!("{} closed on {}, before the list's `as_of`", ods.value, long_date(closed)),
                )
                .in_file(&page.path)
                .at(ods.span)
                .help(organisation.successor.as_ref().map_or_else(
                    || "say until when it was a member (`to:`)".to_string(),
                    |successor| {
                        format!("say until when it was a member (`to:`), or name its successor {successor}")
                    },
                )),
            );
        }
    }
}
