//! Answers: a file of the site as a clean build would publish it, with one line added to pages by which they learn of
//! changes; the site's own page for addresses that do not exist; and the preview's own pages.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tiny_http::Request;

use super::door::{Body, Door, Reply};
use super::listing::WatchedWorld;
use super::live::{Live, Look, MOST_LOOKING};
use super::request::{Asked, Head, OWN, Range, Refused, range, read};
use super::{Event, own};
use crate::build::{Answer, Opened, next_change};
use crate::source::{SitePath, World as _};
use crate::text::push_escaped;

/// All that an answer needs.
pub(super) struct Responder<'r, 'o> {
    pub(super) opened: &'r Opened<'o>,
    pub(super) world: &'r WatchedWorld,
    pub(super) door: &'r Door,
    pub(super) live: &'r Live,
    pub(super) events: &'r Sender<Event>,
}

/// How many pages are kept in their last good form.
const MOST_GOOD: usize = 16;
/// The preview waits no longer than this for the next thing to happen.
const LONGEST: Duration = Duration::from_hours(1);

impl Responder<'_, '_> {
    /// Answers a request, whatever happens on the way.
    pub(super) fn answer(&self, request: Request) {
        let reply = match catch_unwind(AssertUnwindSafe(|| self.reply_to(&request))) {
            Ok(Some(reply)) => reply,
            Ok(None) => {
                self.pass_on(request);
                return;
            }
            Err(_) => {
                let path = request.url().to_string();
                let mut html = String::from("<p>The preview failed to make ");
                push_escaped(&mut html, &path);
                html.push_str(
                    ". The rest of it still works. This is a defect of netsite: please report it.</p>",
                );
                Reply::new(
                    500,
                    HTML,
                    own::page("The preview failed", &html, self.base(), self.live.version()),
                )
            }
        };
        self.door.reply(request, reply);
    }

    fn base(&self) -> &str {
        self.opened.site.config.base_path()
    }

    /// The reply to a request; none where an open page asks to be told of changes.
    fn reply_to(&self, request: &Request) -> Option<Reply> {
        let header = |name: &'static str| {
            request
                .headers()
                .iter()
                .find(|header| header.field.equiv(name))
                .map(|header| header.value.as_str())
        };
        let method = request.method().as_str();
        let head = Head { method, target: request.url(), host: header("Host"), origin: header("Origin") };
        Some(match read(head, self.door.port, self.base()) {
            Err(refused) => {
                let reply = Reply::new(refused.status(), TEXT, format!("{}\n", refused.in_words()));
                if refused == Refused::Method { reply.with("Allow", "GET, HEAD") } else { reply }
            }
            Ok(Asked::Outside) if request.url() == "/" => redirect(self.base()),
            Ok(Asked::Outside) => {
                let text =
                    format!("The site is published below {}, and nothing else is shown here.\n", self.base());
                Reply::new(404, TEXT, text)
            }
            Ok(Asked::Own(name, _)) if name == "look" => return None,
            Ok(Asked::Own(name, query)) => own::reply(self, &name, &query),
            Ok(Asked::Site(path)) => self.site(&path, header("Range")),
        })
    }

    fn site(&self, path: &str, range: Option<&str>) -> Reply {
        let file = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_string()
        };
        if let Some(reply) = self.output(&file, range, 200) {
            return reply;
        }
        let folder = format!("{path}/");
        if !path.ends_with('/') && self.opened.has(&format!("{folder}index.html")) {
            return redirect(&format!("{}{}", self.base(), encoded(&folder)));
        }
        self.output("404.html", None, 404)
            .unwrap_or_else(|| Reply::new(404, TEXT, "There is no such page.\n"))
    }

    /// An output as a reply; none where there is none.
    fn output(&self, file: &str, asked_range: Option<&str>, status: u16) -> Option<Reply> {
        let kind = content_type(file);
        Some(match self.opened.get(file)? {
            Ok(Answer::Bytes(bytes)) if kind == HTML => {
                self.keep_good(file, &bytes);
                Reply::new(status, kind, self.with_script(file, bytes))
            }
            Ok(Answer::Bytes(bytes)) => match range(asked_range, bytes.len() as u64) {
                Range::Whole => Reply::new(status, kind, bytes).with("Accept-Ranges", "bytes"),
                Range::Part(from, to) => {
                    let part = bytes[from as usize..to as usize].to_vec();
                    Reply::new(206, kind, part)
                        .with("Content-Range", content_range(from, to, bytes.len() as u64))
                }
                Range::Beyond => beyond(bytes.len() as u64),
            },
            Ok(Answer::File(path)) => self.file(&path, kind, asked_range),
            Err(problem) => {
                let located = self.opened.located(vec![problem]);
                for problem in located {
                    self.live.note_failure(file, problem);
                }
                self.last_good(file).map_or_else(
                    || {
                        let html = own::problems_html(&self.live.all_problems());
                        let page = own::page(
                            "This page cannot be shown yet",
                            &html,
                            self.base(),
                            self.live.version(),
                        );
                        Reply::new(500, HTML, page)
                    },
                    |bytes| Reply::new(200, HTML, self.with_script(file, bytes)),
                )
            }
        })
    }

    /// A file as it stands in the site's folder.
    fn file(&self, path: &SitePath, kind: &'static str, asked_range: Option<&str>) -> Reply {
        let opened = self.world.disk().open_file(path).and_then(|file| {
            let size = file
                .metadata()
                .map_err(|source| crate::source::ReadError { path: path.clone(), source })?
                .len();
            Ok((file, size))
        });
        let (file, size) = match opened {
            Ok(opened) => opened,
            Err(error) => return Reply::new(404, TEXT, format!("{error}\n")),
        };
        match range(asked_range, size) {
            Range::Whole => Reply { body: Body::Part(file, 0, size), ..Reply::new(200, kind, "") }
                .with("Accept-Ranges", "bytes"),
            Range::Part(from, to) => {
                Reply { body: Body::Part(file, from, to - from), ..Reply::new(206, kind, "") }
                    .with("Content-Range", content_range(from, to, size))
            }
            Range::Beyond => beyond(size),
        }
    }

    /// A page with the one line by which it learns of changes.
    fn with_script(&self, file: &str, mut bytes: Vec<u8>) -> Vec<u8> {
        let mut line = String::from("<script src=\"");
        push_escaped(&mut line, self.base());
        line.push_str(OWN);
        line.push_str("live.js\" defer data-base=\"");
        push_escaped(&mut line, self.base());
        line.push_str("\" data-page=\"");
        push_escaped(&mut line, file);
        let (hash, version) = (hash_of(&bytes), self.live.version());
        let _ = writeln!(line, "\" data-hash=\"{hash}\" data-version=\"{version}\"></script>");
        let at = find_last(&bytes, b"</body>").unwrap_or(bytes.len());
        bytes.splice(at..at, line.into_bytes());
        bytes
    }

    fn keep_good(&self, file: &str, bytes: &[u8]) {
        let mut good = self.live.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.retain(|(kept, _)| kept != file);
        if good.len() >= MOST_GOOD {
            good.remove(0);
        }
        good.push((file.to_string(), bytes.to_vec()));
    }

    fn last_good(&self, file: &str) -> Option<Vec<u8>> {
        let good = self.live.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.iter().find(|(kept, _)| kept == file).map(|(_, bytes)| bytes.clone())
    }

    /// Gives a page that asks of changes to the thread that knows of them.
    fn pass_on(&self, request: Request) {
        let query = match read(
            Head {
                method: "GET",
                target: request.url(),
                host: Some(&format!("127.0.0.1:{}", self.door.port)),
                origin: None,
            },
            self.door.port,
            self.base(),
        ) {
            Ok(Asked::Own(_, query)) => query,
            _ => Vec::new(),
        };
        let value = |name: &str| {
            query.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let version = value("version").parse().unwrap_or(0);
        let is_first = value("now") == "1";
        let look = Look { request, page: value("page"), hash: value("hash"), version, is_first };
        // The thread that owns the site outlives this one.
        let _ = self.events.send(Event::Look(Box::new(look)));
    }

    /// Answers a page that asks of changes, or lets it wait for the next.
    pub(super) fn look(&self, look: Look) {
        if look.is_first || look.version != self.live.version() {
            self.tell(look);
            return;
        }
        let mut looking = self.live.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let first = if looking.len() >= MOST_LOOKING { Some(looking.remove(0)) } else { None };
        looking.push(look);
        drop(looking);
        if let Some(first) = first {
            self.tell(first);
        }
    }

    /// Answers every page that waits: something changed.
    pub(super) fn answer_looks(&self) {
        let looking = std::mem::take(&mut *self.live.looking.lock().unwrap_or_else(PoisonError::into_inner));
        for look in looking {
            self.look(look);
        }
    }

    fn tell(&self, look: Look) {
        let result = catch_unwind(AssertUnwindSafe(|| {
            let bytes = match self.opened.get(&look.page) {
                Some(Ok(Answer::Bytes(bytes))) => Some(bytes),
                Some(Err(problem)) => {
                    for problem in self.opened.located(vec![problem]) {
                        self.live.note_failure(&look.page, problem);
                    }
                    // The last good form stays on the screen, with what is wrong.
                    None
                }
                _ => None,
            };
            let failed = bytes.is_none() && self.opened.has(&look.page);
            let hash = if failed { Some(look.hash.clone()) } else { bytes.map(|bytes| hash_of(&bytes)) };
            let address = look.page.strip_suffix("index.html").unwrap_or(&look.page);
            let page = self.opened.site.page_at(address).map(|index| &self.opened.site.pages[index].parsed);
            self.live.told(&look, hash.as_deref(), page, self.opened.source_of(&look.page)).to_string()
        }));
        let reply = match result {
            Ok(json) => Reply::new(200, "application/json", json),
            Err(_) => Reply::new(500, TEXT, "The preview failed to look at this page.\n"),
        };
        self.door.reply(look.request, reply);
    }

    /// How long until the site changes by itself: an embargo ends, a day begins.
    pub(super) fn time_to_change(&self) -> Duration {
        let change = next_change(self.opened.site);
        let left = change.duration_since(self.world.now());
        Duration::try_from(left)
            .unwrap_or(Duration::from_millis(50))
            .clamp(Duration::from_millis(50), LONGEST)
    }
}

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

fn redirect(to: &str) -> Reply {
    Reply::new(302, TEXT, "").with("Location", to)
}

fn content_range(from: u64, to: u64, size: u64) -> String {
    format!("bytes {from}-{}/{size}", to - 1)
}

fn beyond(size: u64) -> Reply {
    Reply::new(416, TEXT, "The file is shorter than that.\n").with("Content-Range", format!("bytes */{size}"))
}

/// A short hash of a page's bytes.
fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_string()
}

fn find_last(bytes: &[u8], text: &[u8]) -> Option<usize> {
    bytes.windows(text.len()).rposition(|window| window == text)
}

fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// What a browser is told that a file is, by its name.
fn content_type(path: &str) -> &'static str {
    let extension =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "txt" | "md" | "mmd" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "ics" => "text/calendar; charset=utf-8",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
