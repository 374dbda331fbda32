//! The way in: requests over HTTP on this machine alone, and replies. What `tiny_http` does not bound is bounded here: how
//! long a client may be silent or slow, how many requests wait, how many replies are under way. Where its thread dies (it
//! does when file descriptors run out), another takes its place.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tiny_http::{Header, Request, Response, Server, StatusCode};

/// A client that sends or takes nothing for so long is let go.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many requests may wait for an answer.
const MOST_WAITING: usize = 256;
/// How many replies may be under way.
const REPLIERS: usize = 16;
/// How often the server is asked whether it is still there, and how long it may take to answer.
const PULSE: Duration = Duration::from_secs(2);
/// How long to wait for the system before the next try.
const PAUSE: Duration = Duration::from_millis(200);
/// What the pulse asks for.
const PULSE_PATH: &str = "/__netsite-pulse";

/// Requests in the order of their coming.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<VecDeque<Request>>,
    came: Condvar,
}

impl Queue {
    /// The next request; none once `stop` says so.
    pub(super) fn next(&self, stop: &AtomicBool) -> Option<Request> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stop.load(Ordering::Acquire) {
                return None;
            }
            if let Some(request) = waiting.pop_front() {
                return Some(request);
            }
            waiting = self.came.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets all that wait in [`Queue::next`] look at `stop`.
    pub(super) fn wake(&self) {
        // Taken, so that nobody is between looking and waiting.
        let _waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        self.came.notify_all();
    }

    /// Adds a request, or gives it back where too many wait.
    fn add(&self, request: Request) -> Option<Request> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST_WAITING {
            return Some(request);
        }
        waiting.push_back(request);
        self.came.notify_one();
        None
    }
}

/// What is sent back.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// The bytes of a reply.
pub(super) enum Body {
    Bytes(Vec<u8>),
    /// So many bytes of a file, from a place in it.
    Part(File, u64, u64),
}

impl Reply {
    pub(super) fn new(status: u16, kind: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, headers: Vec::new(), body: Body::Bytes(bytes.into()) }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// An open port.
pub(super) struct Door {
    pub(super) port: u16,
    pub(super) queue: Arc<Queue>,
    replies: mpsc::Sender<(Request, Reply)>,
}

/// Takes the port, or the next free one after it.
///
/// # Errors
///
/// None of the next ports is free, or the system allows none.
pub(super) fn listen(port: u16) -> io::Result<TcpListener> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in port..=port.saturating_add(20) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error,
        }
    }
    Err(last)
}

impl Door {
    /// Opens the door: from now on requests come into the queue.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub(super) fn open(listener: TcpListener) -> io::Result<Self> {
        set_limits(&listener);
        let address = listener.local_addr()?;
        let queue = Arc::new(Queue::default());
        let (replies, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..REPLIERS {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new().name("reply".to_string()).spawn(move || send_replies(&waiting))?;
        }
        let dead = Arc::new(AtomicBool::new(false));
        {
            let (queue, dead) = (Arc::clone(&queue), Arc::clone(&dead));
            thread::Builder::new()
                .name("receive".to_string())
                .spawn(move || receive(&listener, &queue, &dead))?;
        }
        thread::Builder::new().name("pulse".to_string()).spawn(move || feel_pulse(address, &dead))?;
        Ok(Self { port: address.port(), queue, replies })
    }

    /// Sends a reply, on a thread that a slow client cannot keep from others.
    pub(super) fn reply(&self, request: Request, reply: Reply) {
        // Nobody is left to reply only when the program ends.
        let _ = self.replies.send((request, reply));
    }
}

/// What the system is asked for: patience with clients, and file descriptors for many.
#[cfg(unix)]
fn set_limits(listener: &TcpListener) {
    use rustix::net::sockopt::{Timeout, set_socket_timeout, set_tcp_nodelay};
    use rustix::process::{Resource, getrlimit, setrlimit};

    // Connections inherit what their listener has. Where they do not, they merely stay open for longer.
    for direction in [Timeout::Recv, Timeout::Send] {
        let _ = set_socket_timeout(listener, direction, Some(PATIENCE));
    }
    // tiny_http sends a reply in pieces, and the system would hold back each until the last was acknowledged.
    let _ = set_tcp_nodelay(listener, true);
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum.map(|most| most.min(16_384)).or(Some(16_384));
    let _ = setrlimit(Resource::Nofile, limit);
}

#[cfg(not(unix))]
fn set_limits(_: &TcpListener) {}

/// Takes requests from one server after another.
fn receive(listener: &TcpListener, queue: &Arc<Queue>, dead: &AtomicBool) {
    loop {
        let server =
            listener.try_clone().ok().and_then(|listener| Server::from_listener(listener, None).ok());
        let Some(server) = server else {
            thread::sleep(PAUSE);
            continue;
        };
        dead.store(false, Ordering::Release);
        while !dead.load(Ordering::Acquire) && take(&server, queue).is_ok() {}
        // Mostly no file descriptor was free; clients give some back.
        thread::sleep(PAUSE);
        // What it has accepted is still answered, in case it was taken for dead. To end, it connects to itself, which may
        // take long.
        let queue = Arc::clone(queue);
        thread::spawn(move || {
            let since = Instant::now();
            while since.elapsed() < 2 * PATIENCE && take(&server, &queue).is_ok() {}
        });
    }
}

/// Takes the next request of a server, if one comes soon.
fn take(server: &Server, queue: &Queue) -> io::Result<()> {
    match server.recv_timeout(Duration::from_millis(500))? {
        Some(request) if request.url() == PULSE_PATH => request.respond(Response::empty(204)).or(Ok(())),
        Some(request) => {
            if let Some(request) = queue.add(request) {
                // A client that is gone by now ends nothing.
                let _ = request.respond(Response::empty(503));
            }
            Ok(())
        }
        None => Ok(()),
    }
}

/// Asks the server now and then whether it is there, and says if it is not.
fn feel_pulse(address: SocketAddr, dead: &AtomicBool) {
    loop {
        thread::sleep(PULSE / 2);
        let asked = Instant::now();
        let answer = TcpStream::connect_timeout(&address, PULSE).and_then(|mut stream| {
            stream.set_read_timeout(Some(PULSE))?;
            write!(stream, "HEAD {PULSE_PATH} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
            stream.read_exact(&mut [0; 12])
        });
        // What fails at once, such as for want of a descriptor, says nothing of the server.
        if answer.is_err() && asked.elapsed() >= PULSE {
            dead.store(true, Ordering::Release);
        }
    }
}

fn send_replies(waiting: &Mutex<mpsc::Receiver<(Request, Reply)>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((request, reply)) = next else { return };
        // A client that is gone, or a header that tiny_http cannot read, ends this reply and nothing else.
        let _ = catch_unwind(AssertUnwindSafe(|| send(request, reply)));
    }
}

fn send(request: Request, reply: Reply) -> io::Result<()> {
    let Reply { status, kind, headers, body } = reply;
    let own = [
        ("Content-Type", kind),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Server", "netsite"),
    ];
    let all = own.into_iter().chain(headers.iter().map(|(name, value)| (*name, value.as_str())));
    let headers = all.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let status = StatusCode(status);
    match body {
        Body::Bytes(bytes) => {
            let size = bytes.len();
            let response = Response::new(status, headers, io::Cursor::new(bytes), Some(size), None);
            request.respond(response.with_chunked_threshold(usize::MAX))
        }
        Body::Part(mut file, from, size) => {
            file.seek(SeekFrom::Start(from))?;
            let length = usize::try_from(size).ok();
            let response = Response::new(status, headers, file.take(size), length, None);
            request.respond(response.with_chunked_threshold(usize::MAX))
        }
    }
}
