//! Whether links to other sites still lead somewhere. In come addresses, out comes what each answered; nothing is sent but
//! requests for the pages that the site links, slowly enough for whoever serves them, and never into a private network.

mod address;
#[cfg(feature = "external-links")]
mod client;
mod kept;
mod links;
#[cfg(feature = "external-links")]
mod polite;
#[cfg(test)]
#[cfg(feature = "external-links")]
mod tests;
mod told;

use std::time::Duration;

use jiff::Timestamp;

pub use kept::{Kept, LinkCache};
pub use links::{ExternalLink, LinkPlace, external_links};
pub use told::diagnostics;

/// How links are looked at.
#[derive(Debug, Clone)]
pub struct LinkOptions {
    /// What the requests say they come from: the program and the site.
    pub user_agent: String,
    /// The instant of the check.
    pub now: Timestamp,
    /// A link that worked within this time is not asked for again.
    pub fresh: Duration,
    /// How long one answer may take.
    pub timeout: Duration,
    /// How long all of them may take together.
    pub overall: Duration,
    /// The time between two requests to one host.
    pub delay: Duration,
    /// How many requests run at once.
    pub at_once: usize,
    /// Whether addresses of private networks may be asked: for tests, which have no other.
    pub allow_private: bool,
}

impl LinkOptions {
    /// The usual ones, for a site of this address.
    pub fn new(base_url: Option<&str>, now: Timestamp) -> Self {
        let site = base_url.map_or(String::new(), |url| format!("; +{url}"));
        Self {
            user_agent: format!("netsite/{} (link check{site})", env!("CARGO_PKG_VERSION")),
            now,
            fresh: Duration::from_hours(24),
            timeout: Duration::from_secs(20),
            overall: Duration::from_mins(15),
            delay: Duration::from_millis(500),
            at_once: 8,
            allow_private: false,
        }
    }
}

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It works.
    Works,
    /// It works at another address, to which it leads for good.
    Moved(String),
    /// There is nothing: 404 or 410.
    Gone(u16),
    /// An answer that says nothing about readers: some sites refuse whatever is no browser.
    Unclear(u16),
    /// No server of this name.
    NoHost,
    /// The server does not answer.
    NoAnswer,
    /// The server's certificate cannot be trusted.
    Untrusted,
    /// It leads on and on.
    Circle,
    /// It leads into a private network, where readers outside cannot follow.
    Private,
    /// It is no address.
    NotAnAddress,
    /// The time was over before it was its turn.
    NotAsked,
}

/// What is known of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The address, without what stands after `#`.
    pub url: String,
    /// What it answered.
    pub answer: Answer,
    /// When it last worked, as far as is known.
    pub last_worked: Option<Timestamp>,
}

/// What a check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// Every address with what it answered, in the order of addresses.
    Answers(Vec<Finding>),
    /// No server at all answered: this computer is most likely offline, and nothing is known.
    Offline,
}

/// Asks each address whether it still works, and remembers in the cache which did.
#[cfg(feature = "external-links")]
pub fn check_external(urls: &[String], options: &LinkOptions, cache: &mut LinkCache) -> Checked {
    let mut urls: Vec<String> = urls.iter().map(|url| address::without_fragment(url).to_string()).collect();
    urls.sort();
    urls.dedup();
    let (fresh, to_ask): (Vec<String>, Vec<String>) =
        urls.into_iter().partition(|url| cache.is_fresh(url, options));
    let Some(asked) = polite::ask_all(&to_ask, options) else { return Checked::Offline };
    let mut findings: Vec<Finding> = asked
        .into_iter()
        .map(|(url, answer)| {
            cache.note(&url, &answer, options.now);
            let last_worked = cache.last_worked(&url);
            Finding { url, answer, last_worked }
        })
        .collect();
    findings.extend(fresh.into_iter().map(|url| {
        let (answer, last_worked) = (cache.answer(&url), cache.last_worked(&url));
        Finding { url, answer, last_worked }
    }));
    findings.sort_by(|a, b| a.url.cmp(&b.url));
    Checked::Answers(findings)
}

/// This build of the program has no client: nothing is known of any address.
#[cfg(not(feature = "external-links"))]
pub fn check_external(_: &[String], _: &LinkOptions, _: &mut LinkCache) -> Checked {
    Checked::Offline
}
