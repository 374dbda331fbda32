//! `netsite review`: the pages that are past their review, or near it, by the mailbox that looks after each. A report for
//! those who keep the site; nothing of it is published.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use super::terminal::print;
use super::{Failure, Outcome, unless_closed};
use crate::build::{self, Options, Progress};
use crate::config::Config;
use crate::content::Status;
use crate::disk::DiskWorld;
use crate::pathway::layout::Layouts;
use crate::site::Site;
use crate::text::{counted, long_date, parse_moment};

#[derive(Debug, Args)]
pub(super) struct Review {
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How the pages are listed
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Shown,
    /// The day to look from, e.g. 2026-12-01 [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Pages that fall due within this many days are near [default: `review.warn_days` in netsite.yaml, or 60]
    #[arg(long, value_name = "DAYS")]
    within: Option<u16>,
    /// Only the pages of this owner
    #[arg(long, value_name = "MAILBOX")]
    owner: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A calendar with one task for each page
    Ics,
}

/// A page that is to be reviewed.
struct Due {
    title: String,
    path: String,
    /// Its address below the site's root.
    address: String,
    owner: String,
    last_reviewed: Option<Date>,
    review_by: Date,
    /// Days until then; below 0 once it is past.
    days: i32,
}

impl Review {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let root = super::root(self.root.as_ref())?;
        let now = self.instant(&root)?;
        let world = DiskWorld::new(root, now);
        let progress = Progress::default();
        let assembled = build::assemble(&world, &Options::default(), Layouts::default(), &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        let site = assembled.site;
        let today = site.config.timezone.to_datetime(now).date();
        let within = self.within.map_or_else(
            || i32::try_from(site.config.review_warn_days).unwrap_or(i32::MAX).max(0),
            i32::from,
        );
        let due = due(&site, today, within, self.owner.as_deref());
        let text = match self.format {
            Shown::Text => in_words(&due, today, within),
            Shown::Json => as_json(&due, today, within),
            Shown::Ics => as_calendar(&due, &site, now),
        };
        unless_closed(print(&text))?;
        // A review that is due is no error: reports are read, and publishing goes on.
        Ok(Outcome::Clean)
    }

    fn instant(&self, root: &std::path::Path) -> Result<Timestamp, Failure> {
        let Some(text) = &self.as_of else { return Ok(Timestamp::now()) };
        let config = std::fs::read_to_string(root.join(crate::config::FILE_NAME)).unwrap_or_default();
        let zone = Config::read(&config).0.timezone;
        parse_moment(text, Some(&zone))
            .map(|moment| moment.timestamp)
            .map_err(|problem| Failure::new(format!("--as-of: {}", problem.message)).help(problem.help))
    }
}

/// The pages that readers see and that are past their review or near it, by owner and day.
fn due(site: &Site, today: Date, within: i32, owner: Option<&str>) -> Vec<Due> {
    let mut due: Vec<Due> = site
        .pages
        .iter()
        .map(|page| &page.parsed)
        .filter(|page| page.status == Status::Published)
        .filter_map(|page| {
            let review_by = page.values.date("review_by")?;
            let days = today.until(review_by).ok()?.get_days();
            let page_owner = page.values.text("owner").unwrap_or("nobody");
            let is_asked = owner.is_none_or(|owner| owner.eq_ignore_ascii_case(page_owner));
            (is_asked && days <= within).then(|| Due {
                title: page.title.clone(),
                path: page.path.to_string(),
                address: page.address.clone(),
                owner: page_owner.to_lowercase(),
                last_reviewed: page.values.date("last_reviewed"),
                review_by,
                days,
            })
        })
        .collect();
    due.sort_by(|a, b| (&a.owner, a.review_by, &a.path).cmp(&(&b.owner, b.review_by, &b.path)));
    due
}

fn in_words(due: &[Due], today: Date, within: i32) -> String {
    let days = counted(usize::try_from(within).unwrap_or(0), "day", "days");
    if due.is_empty() {
        return format!("On {} no page is past its review or within {days} of it.\n", long_date(today));
    }
    let past = due.iter().filter(|page| page.days < 0).count();
    let mut text = format!(
        "On {}: {} past review, {} within {days} of it.\n",
        long_date(today),
        counted(past, "page", "pages"),
        due.len() - past
    );
    let mut owner = "";
    for page in due {
        if page.owner != owner {
            owner = &page.owner;
            let _ = write!(text, "\n{owner}\n");
        }
        let when = match page.days {
            days if days < 0 => {
                format!(
                    "was due {}, {} ago",
                    long_date(page.review_by),
                    counted(days.unsigned_abs() as usize, "day", "days")
                )
            }
            0 => "is due today".to_string(),
            days => format!(
                "is due {}, in {}",
                long_date(page.review_by),
                counted(days.unsigned_abs() as usize, "day", "days")
            ),
        };
        let _ = writeln!(text, "  {} {when}\n    {}", page.title, page.path);
    }
    text.push_str(
        "\nWhen a page was looked at and still holds: set last_reviewed to the day, and review_by to the next. When it no\nlonger holds: mend it, or set status: archived.\n",
    );
    text
}

fn as_json(due: &[Due], today: Date, within: i32) -> String {
    let mut owners: BTreeMap<&str, Vec<serde_json::Value>> = BTreeMap::new();
    for page in due {
        owners.entry(&page.owner).or_default().push(serde_json::json!({
            "title": page.title,
            "path": page.path,
            "address": format!("/{}", page.address),
            "last_reviewed": page.last_reviewed.map(|day| day.to_string()),
            "review_by": page.review_by.to_string(),
            "days": page.days,
            "overdue": page.days < 0,
        }));
    }
    let owners: Vec<_> = owners
        .into_iter()
        .map(|(owner, pages)| serde_json::json!({ "owner": owner, "pages": pages }))
        .collect();
    format!(
        "{}\n",
        serde_json::json!({ "as_of": today.to_string(), "within_days": within, "owners": owners })
    )
}

/// A calendar of tasks (RFC 5545). A page keeps its task's name from report to report, so that a calendar which reads it
/// again changes the task instead of adding one.
fn as_calendar(due: &[Due], site: &Site, now: Timestamp) -> String {
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//netsite//review//EN"].map(String::from).to_vec();
    lines.push(format!("X-WR-CALNAME:{}", escaped(&format!("Reviews of {}", site.config.title))));
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let site_name = site.config.base_url.as_deref().unwrap_or(&site.config.title);
    for page in due {
        let name = blake3::hash(format!("{site_name}\n{}", page.path).as_bytes()).to_hex();
        lines.push("BEGIN:VTODO".to_string());
        lines.push(format!("UID:review-{}@netsite", &name[..24]));
        lines.push(format!("DTSTAMP:{stamp}"));
        lines.push(format!("DUE;VALUE=DATE:{}", page.review_by.strftime("%Y%m%d")));
        lines.push(format!("SUMMARY:{}", escaped(&format!("Review: {}", page.title))));
        let reviewed =
            page.last_reviewed.map_or(String::new(), |day| format!("\nLast reviewed {}.", long_date(day)));
        let about = format!("{}\nOwner: {}.{reviewed}", page.path, page.owner);
        lines.push(format!("DESCRIPTION:{}", escaped(&about)));
        if let Some(base) = &site.config.base_url {
            lines.push(format!("URL:{base}{}", page.address));
        }
        lines.push("STATUS:NEEDS-ACTION".to_string());
        lines.push("END:VTODO".to_string());
    }
    lines.push("END:VCALENDAR".to_string());
    lines.iter().map(|line| folded(line)).collect()
}

/// A text as a property holds it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}

/// A line in pieces of at most 75 bytes, each but the first after a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for character in line.chars() {
        if length + character.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length += character.len_utf8();
    }
    out.push_str("\r\n");
    out
}
