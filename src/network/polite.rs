//! Many addresses, asked at once where they lie on different hosts and slowly where they lie on one.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::client::Client;
use super::{Answer, LinkOptions, address};

/// Requests to one host that run at once.
const AT_ONCE_PER_HOST: usize = 2;

/// After this many hosts of which none answered, and none before, no other is asked.
const SILENT_HOSTS: usize = 6;

/// Asks all; nothing where no server answered at all, so that nothing is known.
pub(super) fn ask_all(urls: &[String], options: &LinkOptions) -> Option<Vec<(String, Answer)>> {
    let queue = Mutex::new(in_turns(urls));
    let results: Mutex<BTreeMap<String, Answer>> = Mutex::new(BTreeMap::new());
    let hosts = Hosts::new(options);
    let silent = Silence::default();
    let client = Client::new(options, &hosts);
    let ends = Instant::now() + options.overall;
    std::thread::scope(|scope| {
        for _ in 0..options.at_once.clamp(1, urls.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let Some(url) = locked(&queue).pop_front() else { break };
                    let answer = if Instant::now() >= ends || silent.is_certain() {
                        Answer::NotAsked
                    } else {
                        let answer = client.ask(&url);
                        silent.note(&url, &answer);
                        answer
                    };
                    locked(&results).insert(url, answer);
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    if silent.is_offline() {
        return None;
    }
    Some(results.into_iter().collect())
}

/// The addresses in an order in which those of one host stand far apart.
fn in_turns(urls: &[String]) -> VecDeque<String> {
    let mut by_host: BTreeMap<String, VecDeque<&String>> = BTreeMap::new();
    for url in urls {
        by_host.entry(address::host(url).unwrap_or_default()).or_default().push_back(url);
    }
    let mut queue = VecDeque::with_capacity(urls.len());
    while !by_host.is_empty() {
        for waiting in by_host.values_mut() {
            queue.extend(waiting.pop_front().cloned());
        }
        by_host.retain(|_, waiting| !waiting.is_empty());
    }
    queue
}

/// A lock is only poisoned where another thread failed; what it holds is whole all the same.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether any server answered.
#[derive(Default)]
struct Silence {
    answered: AtomicUsize,
    silent: Mutex<std::collections::BTreeSet<String>>,
}

impl Silence {
    fn note(&self, url: &str, answer: &Answer) {
        match answer {
            Answer::NoHost | Answer::NoAnswer => {
                locked(&self.silent).insert(address::host(url).unwrap_or_default());
            }
            Answer::Private | Answer::NotAnAddress | Answer::NotAsked => {}
            _ => {
                self.answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Whether it is plain by now that nothing will answer.
    fn is_certain(&self) -> bool {
        self.answered.load(Ordering::Relaxed) == 0 && locked(&self.silent).len() >= SILENT_HOSTS
    }

    /// Whether nothing answered, of several: one alone may well be gone.
    fn is_offline(&self) -> bool {
        self.answered.load(Ordering::Relaxed) == 0 && locked(&self.silent).len() > 1
    }
}

/// Whose turn it is at each host.
pub(super) struct Hosts {
    delay: Duration,
    states: Mutex<HashMap<String, State>>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    running: usize,
    next: Option<Instant>,
}

/// The turn of one request; dropped, it is the next one's.
pub(super) struct Turn<'h> {
    hosts: &'h Hosts,
    host: String,
}

impl Hosts {
    fn new(options: &LinkOptions) -> Self {
        Self { delay: options.delay, states: Mutex::new(HashMap::new()), changed: Condvar::new() }
    }

    /// Waits for the turn at a host.
    pub(super) fn turn(&self, host: &str) -> Turn<'_> {
        let mut states = locked(&self.states);
        loop {
            let now = Instant::now();
            let state = states.entry(host.to_string()).or_default();
            let wait = state.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now));
            if state.running < AT_ONCE_PER_HOST && wait.is_zero() {
                state.running += 1;
                state.next = Some(now + self.delay);
                return Turn { hosts: self, host: host.to_string() };
            }
            let wait = if wait.is_zero() { Duration::from_millis(200) } else { wait };
            states = match self.changed.wait_timeout(states, wait) {
                Ok((states, _)) => states,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(state) = locked(&self.hosts.states).get_mut(&self.host) {
            state.running = state.running.saturating_sub(1);
        }
        self.hosts.changed.notify_all();
    }
}
