//! Links against a small server on this computer.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Answer, Checked, LinkCache, LinkOptions, check_external};

/// A server that answers by the path: `/status/404`, `/to/301/status/200`.
struct Server {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    /// Method and path, in order.
    requests: Vec<String>,
    agents: Vec<String>,
    running: usize,
    most: usize,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = Arc::clone(&log);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &log));
            }
        });
        Self { address, log }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn requests(&self) -> Vec<String> {
        self.log.lock().unwrap().requests.clone()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Log>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 2 {
        if let Some(agent) = line.to_lowercase().strip_prefix("user-agent:") {
            log.lock().unwrap().agents.push(agent.trim().to_string());
        }
        line.clear();
    }
    let (method, rest) = first.split_once(' ').unwrap();
    let path = rest.split(' ').next().unwrap();
    {
        let mut log = log.lock().unwrap();
        log.requests.push(format!("{method} {path}"));
        log.running += 1;
        log.most = log.most.max(log.running);
    }
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let reply = match parts.as_slice() {
        ["status", status, ..] => {
            format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        }
        ["to", status, rest @ ..] => format!(
            "HTTP/1.1 {status} Moved\r\nlocation: /{}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            rest.join("/")
        ),
        ["circle", number] => {
            let next = number.parse::<u32>().unwrap_or(0) + 1;
            format!(
                "HTTP/1.1 301 Moved\r\nlocation: /circle/{next}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        }
        ["only-get"] if method == "HEAD" => {
            "HTTP/1.1 405 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_string()
        }
        ["closed"] => String::new(),
        _ => "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_string(),
    };
    std::thread::sleep(Duration::from_millis(20));
    log.lock().unwrap().running -= 1;
    let _ = stream.write_all(reply.as_bytes());
}

fn options() -> LinkOptions {
    let now = "2026-06-01T12:00:00Z".parse().unwrap();
    LinkOptions {
        delay: Duration::ZERO,
        timeout: Duration::from_secs(20),
        allow_private: true,
        ..LinkOptions::new(Some("https://site.example/"), now)
    }
}

fn answers(urls: &[String], options: &LinkOptions, cache: &mut LinkCache) -> BTreeMap<String, Answer> {
    match check_external(urls, options, cache) {
        Checked::Answers(findings) => {
            findings.into_iter().map(|finding| (finding.url, finding.answer)).collect()
        }
        Checked::Offline => panic!("the server on this computer answers"),
    }
}

#[test]
fn each_answer_is_told_as_what_it_is() {
    let server = Server::start();
    let expected = [
        ("/page", Answer::Works),
        ("/page#part", Answer::Works),
        ("/only-get", Answer::Works),
        ("/status/404", Answer::Gone(404)),
        ("/status/410", Answer::Gone(410)),
        ("/status/403", Answer::Unclear(403)),
        ("/status/503", Answer::Unclear(503)),
        ("/to/301/new", Answer::Moved(server.url("/new"))),
        ("/to/301/to/308/newer", Answer::Moved(server.url("/newer"))),
        ("/to/302/to/301/new", Answer::Works),
        ("/to/308/to/302/today", Answer::Moved(server.url("/to/302/today"))),
        ("/to/301/status/404", Answer::Gone(404)),
        ("/circle/1", Answer::Circle),
        ("/closed", Answer::NoAnswer),
    ];
    let urls: Vec<String> = expected.iter().map(|(path, _)| server.url(path)).collect();
    let found = answers(&urls, &options(), &mut LinkCache::default());
    for (path, answer) in expected {
        let url = server.url(path.trim_end_matches("#part"));
        assert_eq!(found.get(&url), Some(&answer), "{path}");
    }
    let requests = server.requests();
    assert!(requests.contains(&"HEAD /page".to_string()) && !requests.contains(&"GET /page".to_string()));
    assert!(requests.contains(&"GET /only-get".to_string()));
    assert_eq!(
        requests.iter().filter(|request| *request == "HEAD /page").count(),
        1,
        "one page is asked for once"
    );
    let log = server.log.lock().unwrap();
    assert!(log.most <= 2, "{} requests at once to one host", log.most);
    assert!(
        log.agents.iter().all(|agent| agent.contains("netsite/") && agent.contains("https://site.example/"))
    );
}

#[test]
fn what_worked_is_not_asked_again_that_day_and_what_failed_says_when_it_worked() {
    let server = Server::start();
    let (works, gone) = (server.url("/page"), server.url("/status/404"));
    let mut cache = LinkCache::default();
    let urls = [works.clone(), gone.clone()];
    answers(&urls, &options(), &mut cache);
    let before = server.requests().len();
    let mut cache = LinkCache::from_bytes(&cache.to_bytes());
    let later = LinkOptions { now: "2026-06-02T11:00:00Z".parse().unwrap(), ..options() };
    answers(&urls, &later, &mut cache);
    let asked = server.requests().split_off(before);
    assert!(asked.iter().all(|request| request.ends_with("/status/404")) && !asked.is_empty(), "{asked:?}");
    assert_eq!(cache.last_worked(&works), Some(options().now));
    assert_eq!(cache.last_worked(&gone), None);
    let next_day = LinkOptions { now: "2026-06-02T13:00:00Z".parse().unwrap(), ..options() };
    answers(&urls, &next_day, &mut cache);
    assert_eq!(cache.last_worked(&works), Some(next_day.now));
    assert_eq!(LinkCache::from_bytes(b"damaged"), LinkCache::default());
}

#[test]
fn private_networks_are_never_asked() {
    let server = Server::start();
    let public = LinkOptions { allow_private: false, ..options() };
    let port = server.address.port();
    let urls: Vec<String> = ["127.0.0.1", "localhost", "[::1]", "127.1", "169.254.169.254", "intranet"]
        .iter()
        .map(|host| format!("http://{host}:{port}/page"))
        .collect();
    let found = answers(&urls, &public, &mut LinkCache::default());
    assert!(found.values().all(|answer| *answer == Answer::Private), "{found:?}");
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn with_no_answer_from_anywhere_nothing_is_said_of_any_link() {
    // Ports that were given out and given back: nobody listens there.
    let urls: Vec<String> = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
        .iter()
        .map(|host| {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            format!("http://{host}:{port}/")
        })
        .collect();
    assert_eq!(check_external(&urls, &options(), &mut LinkCache::default()), Checked::Offline);
    let server = Server::start();
    let some: Vec<String> = urls.into_iter().chain([server.url("/page")]).collect();
    let found = answers(&some, &options(), &mut LinkCache::default());
    assert_eq!(found.values().filter(|answer| **answer == Answer::NoAnswer).count(), 3, "{found:?}");
}

#[test]
fn requests_to_one_host_keep_their_distance() {
    let server = Server::start();
    let urls: Vec<String> = (0..4).map(|number| server.url(&format!("/page/{number}"))).collect();
    let slow = LinkOptions { delay: Duration::from_millis(60), ..options() };
    let before = std::time::Instant::now();
    answers(&urls, &slow, &mut LinkCache::default());
    assert!(before.elapsed() >= Duration::from_millis(180));
}
