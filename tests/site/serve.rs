//! `netsite serve` as browsers and other clients meet it: the real binary, over real connections.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::harness::{TestSite, case_study, command, files, netsite, page};
use super::samples::every_kind;

/// A preview that runs until it is dropped.
struct Preview {
    child: Child,
    port: u16,
    base: String,
    said: Arc<Mutex<String>>,
}

/// What came back.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (given, value) = line.split_once(':')?;
            given.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// How long a test waits for what must happen.
const PATIENCE: Duration = Duration::from_secs(30);

impl Preview {
    fn of(site: &TestSite, arguments: &[&str]) -> Self {
        let mut command = command();
        command.args(["serve", "--port", "0", "--root", site.path("").to_str().unwrap()]).args(arguments);
        Self::begin(command)
    }

    fn begin(mut command: std::process::Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let reader = BufReader::new(child.stderr.take().unwrap());
        let kept = Arc::clone(&said);
        thread::spawn(move || {
            for line in reader.lines().map_while(Result::ok) {
                let mut said = kept.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
            }
        });
        let mut preview = Self { child, port: 0, base: "/".to_string(), said };
        let said = preview.wait_for(|said| said.contains("http://127.0.0.1:"));
        let address = said.split("http://127.0.0.1:").nth(1).unwrap().lines().next().unwrap().to_string();
        let (port, base) = address.split_once('/').unwrap();
        preview.port = port.parse().unwrap();
        preview.base = format!("/{base}");
        preview
    }

    /// Waits until what it said is as it should be.
    #[track_caller]
    fn wait_for(&self, is_said: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let said = self.said.lock().unwrap().clone();
            if is_said(&said) {
                return said;
            }
            assert!(began.elapsed() < PATIENCE, "it said:\n{said}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn ask(&self, method: &str, target: &str, headers: &str) -> Reply {
        let host = if headers.contains("Host:") {
            String::new()
        } else {
            format!("Host: 127.0.0.1:{}\r\n", self.port)
        };
        let mut stream = self.connect();
        write!(stream, "{method} {target} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Reply { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    fn get(&self, path: &str) -> Reply {
        self.ask("GET", &format!("{}{path}", self.base), "")
    }

    /// What an open page is told, at once.
    fn look(&self, page: &str) -> Value {
        let reply = self.get(&format!("__netsite/look?now=1&page={page}"));
        serde_json::from_slice(&reply.body).unwrap_or_else(|_| panic!("{reply:?}"))
    }

    /// Waits until a page holds, or does not hold, these words.
    #[track_caller]
    fn shows(&self, path: &str, words: &str, expected: bool) {
        let began = Instant::now();
        while self.get(path).text().contains(words) != expected {
            assert!(began.elapsed() < PATIENCE, "{path}: {words}\n{}", self.said.lock().unwrap());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page without the line that the preview adds.
fn plain(mut bytes: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if let Some(start) = text.find("<script src=\"/sharing/__netsite/live.js\"") {
        let end = start + text[start..].find('\n').unwrap() + 1;
        bytes.drain(start..end);
    }
    bytes
}

fn small_site() -> TestSite {
    TestSite::new()
        .network()
        .page("about", "", "Words.\n\n## A heading\n\nText.\n")
        .case_study("a", "themes: [Stroke]\n")
}

#[test]
fn every_address_shows_what_a_build_publishes_before_and_after_edits() {
    let site = every_kind();
    let preview = Preview::of(&site, &["--as-of", "2026-06-01"]);
    let compare = |what: &str| {
        let output = site.path("clean");
        let _ = fs::remove_dir_all(&output);
        let root = site.path("");
        let run = netsite(&[
            "build",
            "--root",
            root.to_str().unwrap(),
            "--output",
            output.to_str().unwrap(),
            "--as-of",
            "2026-06-01",
        ]);
        assert_eq!(run.code, 0, "{what}: {}", run.stderr);
        for (path, bytes) in files(&output).into_iter().filter(|(path, _)| path != ".netsite-manifest") {
            let path: String = path
                .bytes()
                .map(|byte| {
                    if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
                        char::from(byte).to_string()
                    } else {
                        format!("%{byte:02X}")
                    }
                })
                .collect();
            let reply = preview.get(&path);
            let expected = if path == "404.html" { [200, 404] } else { [200, 200] };
            assert!(expected.contains(&reply.status), "{what}: {path}: {}", reply.head);
            assert!(plain(reply.body) == bytes, "{what}: {path} differs");
        }
    };
    compare("at first");
    let text = fs::read_to_string(site.path("content/about.md")).unwrap();
    site.write("content/about.md", text.replacen("title: ", "title: Newer ", 1) + "\nMore words.\n");
    preview.shows("about/", "More words.", true);
    compare("after an edit");
    site.write("content/case-studies/new.md", case_study("new", "published: 2026-03-01\nthemes: [Stroke]\n"));
    preview.shows("case-studies/new/", "Problem", true);
    compare("after a new page");
    site.remove("content/case-studies/new.md");
    preview.shows("case-studies/new/", "Page not found", true);
    compare("after a page less");
}

#[test]
fn only_this_machine_reads_and_only_the_site() {
    let site = small_site().file("secret.txt", "s3cret").file("content/.hidden.md", "s3cret");
    let preview = Preview::of(&site, &[]);
    for target in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/a/../../secret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/content/about.md",
        "/netsite.yaml",
        "/.hidden.md",
        "/.hidden/",
        "/about/%00",
        "/__netsite/source?path=secret.txt",
        "/__netsite/source?path=../secret.txt",
        "/__netsite/source?path=netsite.yaml",
        "/__netsite/../secret.txt",
        "secret.txt",
        "http://example.com/",
    ] {
        let reply = preview.ask("GET", target, "");
        assert!(matches!(reply.status, 400 | 404), "{target}: {}", reply.head);
        assert!(!reply.text().contains("s3cret") && !reply.text().contains("root:"), "{target}");
    }
    let port = preview.port;
    for (headers, status) in [
        ("Host: evil.example\r\n".to_string(), 421),
        (format!("Host: evil.example:{port}\r\n"), 421),
        (format!("Host: 127.0.0.1.evil.example:{port}\r\n"), 421),
        (format!("Host: localhost:{port}\r\nOrigin: https://evil.example\r\n"), 403),
        (format!("Host: localhost:{port}\r\nOrigin: null\r\n"), 403),
        (format!("Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"), 200),
    ] {
        assert_eq!(preview.ask("GET", "/about/", &headers).status, status, "{headers}");
        assert_eq!(preview.ask("GET", "/__netsite/look?now=1", &headers).status, status, "{headers}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"] {
        assert_eq!(preview.ask(method, "/about/", "").status, 405, "{method}");
    }
    assert_eq!(preview.get("about/").status, 200);
}

#[test]
fn replies_say_what_they_are() {
    let site = small_site()
        .file("content/film.mp4", b"0123456789".as_slice())
        .file("content/further.md", page("Further", "", "[film](film.mp4)\n"));
    let preview = Preview::of(&site, &[]);
    let kind = |path: &str| preview.get(path).header("Content-Type").unwrap().to_string();
    assert_eq!(kind(""), "text/html; charset=utf-8");
    assert_eq!(kind("style.css"), "text/css; charset=utf-8");
    assert_eq!(kind("film.mp4"), "video/mp4");
    let nowhere = preview.get("nowhere/");
    assert_eq!((nowhere.status, nowhere.text().contains("Page not found")), (404, true));
    let redirect = preview.get("about");
    assert_eq!((redirect.status, redirect.header("Location")), (302, Some("/about/")));
    let part = preview.ask("GET", "/film.mp4", "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("Content-Range"), Some("bytes 2-4/10"));
    assert_eq!(preview.ask("GET", "/film.mp4", "Range: bytes=-3\r\n").text(), "789");
    assert_eq!(preview.ask("GET", "/film.mp4", "Range: bytes=10-\r\n").status, 416);
    let head = preview.ask("HEAD", "/film.mp4", "");
    assert_eq!((head.status, head.header("Content-Length"), head.body.len()), (200, Some("10"), 0));
}

#[test]
fn an_open_page_is_told_when_it_changed_and_what_is_wrong() {
    let site = small_site();
    let preview = Preview::of(&site, &[]);
    let sent = preview.get("about/").text();
    let told = |name: &str| {
        let start = sent.find(&format!("data-{name}=\"")).unwrap() + name.len() + 7;
        sent[start..].split('"').next().unwrap().to_string()
    };
    let query =
        format!("__netsite/look?page={}&hash={}&version={}", told("page"), told("hash"), told("version"));
    let port = preview.port;
    // It waits for the next change.
    let waiting = {
        let query = query.clone();
        thread::spawn(move || {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            write!(stream, "GET /{query} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")
                .unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            serde_json::from_str::<Value>(text.split("\r\n\r\n").nth(1).unwrap()).unwrap()
        })
    };
    thread::sleep(Duration::from_millis(300));
    assert!(!waiting.is_finished());
    // In one step, so that it is not told of a file that is still empty.
    site.write("content/.about.md", page("About", "", "Words.\n\n[a](nowhere.md)\n"));
    fs::rename(site.path("content/.about.md"), site.path("content/about.md")).unwrap();
    let first = waiting.join().unwrap();
    assert_eq!(first["page"], "changed");
    let problem = &first["problems"][0];
    assert_eq!((problem["code"].as_str(), problem["line"].as_u64()), (Some("broken-link"), Some(12)));
    assert_eq!(problem["meant"], "nowhere.md");
    assert_eq!(first["source"], "content/about.md");
    // Mended, it is gone.
    site.write("content/.about.md", page("About", "", "Words.\n"));
    fs::rename(site.path("content/.about.md"), site.path("content/about.md")).unwrap();
    let began = Instant::now();
    while preview.look("about/index.html")["problems"] != Value::Array(Vec::new()) {
        assert!(began.elapsed() < PATIENCE);
    }
}

#[test]
fn what_is_wrong_leaves_the_last_good_page() {
    let site = small_site();
    let preview = Preview::of(&site, &[]);
    assert!(preview.get("about/").text().contains("Words."));
    // Front matter that cannot be read: the page as it was.
    site.write("content/about.md", "---\ntitle: [\n---\nNothing.\n");
    preview.wait_for(|said| said.contains("error["));
    assert!(preview.get("about/").text().contains("Words."));
    assert_eq!(preview.look("about/index.html")["problems"][0]["severity"], "error");
    // A template that fails: the page as it was.
    site.write("content/about.md", page("About", "", "New words.\n"));
    preview.shows("about/", "New words.", true);
    site.write("themes/default/templates/page.html", "{{ page.nothing.at_all }}");
    let began = Instant::now();
    while preview.look("about/index.html")["problems"].as_array().unwrap().is_empty() {
        assert!(began.elapsed() < PATIENCE);
        preview.get("about/");
    }
    assert!(preview.get("about/").text().contains("New words."));
    site.remove("themes/default/templates/page.html");
    preview.shows("about/", "New words.", true);
    // Settings that cannot be read: the site as it was.
    let config = fs::read_to_string(site.path("netsite.yaml")).unwrap();
    site.write("netsite.yaml", "title: [\n");
    let began = Instant::now();
    while preview.look("about/index.html")["problems"][0]["path"] != "netsite.yaml" {
        assert!(began.elapsed() < PATIENCE);
    }
    assert!(preview.get("about/").text().contains("Test site"));
    site.write("netsite.yaml", config.replace("Test site", "Our site"));
    preview.shows("about/", "Our site", true);
    assert_eq!(preview.look("about/index.html")["problems"], Value::Array(Vec::new()));
}

#[test]
fn files_are_watched_however_they_change() {
    let site = small_site();
    for arguments in [[].as_slice(), &["--poll"]] {
        let preview = Preview::of(&site, arguments);
        // An editor that saves by renaming.
        site.write("content/about.md.tmp~", page("About", "", "Saved by renaming.\n"));
        fs::rename(site.path("content/about.md.tmp~"), site.path("content/about.md")).unwrap();
        preview.shows("about/", "Saved by renaming.", true);
        // One that empties the file first.
        fs::write(site.path("content/about.md"), "").unwrap();
        site.write("content/about.md", page("About", "", "Written twice.\n"));
        preview.shows("about/", "Written twice.", true);
        // Another branch: hundreds of files at once, and a folder that goes.
        for number in 0..200 {
            site.write(
                &format!("content/guides/g{number}.md"),
                page(&format!("Guide {number}"), "", "Text.\n"),
            );
        }
        preview.shows("guides/g199/", "Guide 199", true);
        fs::rename(site.path("content/guides"), site.path("content/handbook")).unwrap();
        preview.shows("handbook/g7/", "Guide 7", true);
        preview.shows("guides/g7/", "Page not found", true);
        fs::remove_dir_all(site.path("content/handbook")).unwrap();
        preview.shows("handbook/g7/", "Page not found", true);
        // The whole folder goes and comes back.
        fs::rename(site.path("content"), site.path("elsewhere")).unwrap();
        preview.shows("about/", "Page not found", true);
        fs::rename(site.path("elsewhere"), site.path("content")).unwrap();
        preview.shows("about/", "Written twice.", true);
        site.write("content/about.md", page("About", "", "Once more.\n"));
        preview.shows("about/", "Once more.", true);
    }
}

#[test]
fn a_draft_says_what_it_still_needs() {
    let site = small_site()
        .file("content/case-studies/b.md", "---\ntitle: B\nstatus: draft\n---\n\n## Problem\n\nA.\n");
    let preview = Preview::of(&site, &["--drafts"]);
    let told = preview.look("case-studies/b/index.html");
    assert_eq!(told["status"], "draft");
    let missing: Vec<&str> =
        told["missing"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert!(
        missing.contains(&"## Solution") && missing.iter().any(|line| line.starts_with("owner: ")),
        "{missing:?}"
    );
    assert!(preview.get("__netsite/").text().contains("## Solution"));
    assert_eq!(preview.look("about/index.html")["status"], Value::Null);
}

#[test]
fn a_taken_port_leads_to_the_next() {
    let site = small_site();
    let first = Preview::of(&site, &[]);
    let mut command = command();
    command.args(["serve", "--port", &first.port.to_string(), "--root", site.path("").to_str().unwrap()]);
    let second = Preview::begin(command);
    assert_ne!(second.port, first.port);
    second.wait_for(|said| said.contains(&format!("Port {} is taken", first.port)));
    assert_eq!((first.get("about/").status, second.get("about/").status), (200, 200));
}

#[test]
fn clients_that_do_not_behave_do_not_keep_others_out() {
    let site = small_site().file("content/big.bin", vec![b'x'; 8_000_000]);
    let preview = Preview::of(&site, &[]);
    // Half-open clients, and such as send a part of a request.
    let mut clients: Vec<TcpStream> = (0..500).map(|_| preview.connect()).collect();
    for client in clients.iter_mut().step_by(2) {
        write!(client, "GET /about/ HTTP/1.1\r\nHost: 127").unwrap();
    }
    assert_eq!(preview.get("about/").status, 200);
    drop(clients);
    // A header of 32 MB: whatever becomes of it, the next request is answered.
    let mut stream = preview.connect();
    let _ = write!(stream, "GET /about/ HTTP/1.1\r\nX: ");
    let chunk = vec![b'a'; 1_000_000];
    for _ in 0..32 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let _ = write!(stream, "\r\n\r\n");
    drop(stream);
    assert_eq!(preview.get("about/").status, 200);
    // Readers that take nothing: more than replies are sent at one time by.
    let mut slow = Vec::new();
    for _ in 0..12 {
        let mut stream = preview.connect();
        write!(stream, "GET /big.bin HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", preview.port).unwrap();
        slow.push(stream);
    }
    assert_eq!(preview.get("about/").status, 200);
    // No requests at all but noise.
    for noise in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc".as_slice(),
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost\r\n\r\n",
        b"GET / HTTP/1.1\r\nTE: ;q=x\r\n\r\n",
        "GET /é HTTP/1.1\r\n\r\n".as_bytes(),
    ] {
        let mut stream = preview.connect();
        let _ = stream.write_all(noise);
    }
    assert_eq!(preview.get("about/").status, 200);
    drop(slow);
    assert_eq!(preview.get("about/").status, 200);
}

#[cfg(unix)]
#[test]
fn it_answers_again_after_descriptors_ran_out() {
    let site = small_site();
    let mut command = std::process::Command::new("sh");
    let run = format!(
        "ulimit -n 64; exec '{}' serve --port 0 --root '{}'",
        env!("CARGO_BIN_EXE_netsite"),
        site.path("").display()
    );
    command.args(["-c", &run]);
    let preview = Preview::begin(command);
    assert_eq!(preview.get("about/").status, 200);
    for _ in 0..3 {
        let address = std::net::SocketAddr::from(([127, 0, 0, 1], preview.port));
        let clients: Vec<TcpStream> = (0..120)
            .filter_map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(20)).ok())
            .collect();
        assert!(clients.len() > 64);
        thread::sleep(Duration::from_millis(300));
        drop(clients);
        let began = Instant::now();
        loop {
            let mut bytes = Vec::new();
            if let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_secs(2)) {
                stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
                let _ = write!(
                    stream,
                    "GET /about/ HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
                    preview.port
                );
                let _ = stream.read_to_end(&mut bytes);
            }
            if bytes.starts_with(b"HTTP/1.1 200") {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "{}", preview.said.lock().unwrap());
            thread::sleep(Duration::from_millis(100));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_hour_of_edits_in_short_leaves_memory_as_it_was() {
    let site = small_site();
    let preview = Preview::of(&site, &[]);
    let memory = || -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", preview.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let edit = |number: usize| {
        let words = format!("Edit {number}, and so on.");
        let title = if number.is_multiple_of(3) { format!("About {number}") } else { "About".to_string() };
        site.write("content/about.md", page(&title, "", &format!("{words}\n")));
        preview.shows("about/", &words, true);
        preview.get("case-studies/");
    };
    (0..60).for_each(edit);
    let before = memory();
    (60..360).for_each(edit);
    let after = memory();
    assert!(after < before + 12_000, "{before} KB, then {after} KB");
}

#[test]
fn nothing_of_the_preview_is_written_into_the_site() {
    let site = small_site();
    let sources = |site: &TestSite| -> BTreeMap<String, Vec<u8>> {
        files(&site.path("")).into_iter().filter(|(path, _)| !path.starts_with(".netsite/")).collect()
    };
    let before = sources(&site);
    let preview = Preview::of(&site, &[]);
    preview.get("about/");
    preview.get("search/search.js");
    assert!(before == sources(&site));
}
