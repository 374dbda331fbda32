//! `netsite serve`: the site as it is being written, on this machine alone.
//!
//! One thread owns the site ([`crate::build::Preview`]). It lends it to a few workers, which render what browsers ask
//! for; when a file changes it takes the site back, looks at the file, and lends it again. A request that comes meanwhile
//! waits, so that nobody is answered from before an edit that was seen. Open pages ask `look` and are answered when
//! something changed: whether they themselves did, and what is wrong now.
//!
//! Nothing is read from the disk because a browser names it: paths are looked up among the outputs of the site.

mod door;
mod listing;
mod live;
mod own;
mod request;
mod respond;
mod watch;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::build::{Changed, ImageStore, Options, Preview};
use crate::diagnostic::Located;
use crate::source::{ReadError, SitePath};
use door::Door;
use listing::WatchedWorld;
use live::{Live, Look};
use respond::Responder;
use watch::Watch;

/// What a preview is asked for.
#[derive(Debug)]
pub struct Settings<'s> {
    /// The site's folder.
    pub root: &'s Path,
    /// The port to take, or the next free one after it.
    pub port: u16,
    /// Whether all files are looked at now and then rather than waiting for word of edits.
    pub polls: bool,
    /// Whether open pages follow the page that is edited.
    pub follows: bool,
    /// The instant that the site is shown as of, if not now.
    pub as_of: Option<Timestamp>,
    /// What is built.
    pub options: Options,
}

/// What happened, for whoever started the preview.
#[derive(Debug)]
pub enum Told<'t> {
    /// Pages can be looked at.
    Ready {
        /// Where.
        address: &'t str,
        /// How many pages there are.
        page_count: usize,
        /// How long it took.
        took: Duration,
        /// What is wrong.
        problems: &'t [Located],
    },
    /// The port that was asked for belongs to somebody else.
    OtherPort {
        /// The port that was asked for.
        asked: u16,
        /// The one that was taken.
        taken: u16,
    },
    /// The system gives no word of edits, so files are looked at now and then; why.
    Polls(&'t str),
    /// Files changed, and pages show it.
    Changed {
        /// The files.
        paths: &'t BTreeSet<SitePath>,
        /// From the first word of it until pages can be looked at again.
        took: Duration,
        /// What is wrong now.
        problems: &'t [Located],
    },
    /// The configuration is gone or cannot be read; the last site stays.
    Unreadable(&'t ReadError),
}

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// No port could be taken.
    Port(u16, io::Error),
    /// The site cannot be read.
    Site(ReadError),
    /// The theme has errors, so that nothing can be shown yet.
    Theme(Vec<Located>),
}

/// What the thread that owns the site waits for.
#[derive(Debug)]
pub(crate) enum Event {
    /// Something was told of these files.
    Files(BTreeSet<PathBuf>),
    /// All files are to be looked at.
    Walk,
    /// An open page asks what changed.
    Look(Box<Look>),
}

/// How many threads render for browsers.
const WORKERS: usize = 4;
/// Editors write a file in several steps; word of all of them mostly comes within this time.
const BREATH: Duration = Duration::from_millis(3);

/// Shows a site until the program ends.
///
/// # Errors
///
/// Why it could not begin. Once it has begun, nothing ends it.
pub fn serve(
    settings: &Settings<'_>,
    store: &dyn ImageStore,
    tell: &mut dyn FnMut(&Told<'_>),
) -> Result<(), ServeError> {
    let began = Instant::now();
    let listener = door::listen(settings.port).map_err(|error| ServeError::Port(settings.port, error))?;
    let world = WatchedWorld::new(settings.root, settings.as_of);
    let mut preview = Preview::new(&world, store, settings.options.clone());
    let (sender, events) = mpsc::channel();
    // Watched before it is first read, so that no edit falls between.
    let (mut watch, complaint) = Watch::begin(world.root(), settings.polls, sender.clone());
    let mut updated = preview.update(Changed::Any).map_err(ServeError::Site)?;
    let door = Door::open(listener).map_err(|error| ServeError::Port(settings.port, error))?;
    if door.port != settings.port && settings.port != 0 {
        tell(&Told::OtherPort { asked: settings.port, taken: door.port });
    }
    if let Some(complaint) = &complaint {
        tell(&Told::Polls(complaint));
    }
    let mut live = Live::new(settings.follows);
    let mut has_begun = false;
    let mut looking = Looking { since: began, paths: BTreeSet::new() };
    loop {
        live.note_problems(preview.problems(), preview.unpublished());
        let next = preview.open(|opened| {
            live.note_outputs(opened, &looking.paths, updated);
            let problems = live.problems();
            let took = looking.since.elapsed();
            if has_begun {
                tell(&Told::Changed { paths: &looking.paths, took, problems });
            } else {
                let address = format!("http://127.0.0.1:{}{}", door.port, opened.site.config.base_path());
                let page_count = opened.site.pages.len();
                tell(&Told::Ready { address: &address, page_count, took, problems });
            }
            let responder = Responder { opened, world: &world, door: &door, live: &live, events: &sender };
            lend(&responder, &events, &world, &mut watch)
        });
        has_begun = true;
        let Some(next) = next else {
            return Err(ServeError::Theme(preview.problems()));
        };
        looking = next;
        match preview.update(Changed::These(&looking.paths)) {
            Ok(came_to) => updated = came_to,
            Err(error) => tell(&Told::Unreadable(&error)),
        }
    }
}

/// Files that are to be looked at, and since when that is known.
struct Looking {
    since: Instant,
    paths: BTreeSet<SitePath>,
}

/// Lets workers render until a file changed; then waits until they are done.
fn lend(
    responder: &Responder<'_, '_>,
    events: &Receiver<Event>,
    world: &WatchedWorld,
    watch: &mut Watch,
) -> Looking {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(request) = responder.door.queue.next(&stop) {
                    responder.answer(request);
                }
            });
        }
        responder.answer_looks();
        let looking = wait(responder, events, world, watch);
        stop.store(true, Ordering::Release);
        responder.door.queue.wake();
        looking
    })
}

/// Waits until a file changed, and answers open pages meanwhile.
fn wait(
    responder: &Responder<'_, '_>,
    events: &Receiver<Event>,
    world: &WatchedWorld,
    watch: &mut Watch,
) -> Looking {
    loop {
        let timeout = responder.time_to_change();
        let (mut told, mut walks) = (BTreeSet::new(), false);
        let first = events.recv_timeout(timeout);
        let since = Instant::now();
        let mut take = |event: Event| match event {
            Event::Files(paths) => told.extend(paths),
            Event::Walk => walks = true,
            Event::Look(look) => responder.look(*look),
        };
        let is_due = first.is_err();
        if let Ok(event) = first {
            let is_edit = matches!(event, Event::Files(_));
            take(event);
            if is_edit {
                thread::sleep(BREATH);
            }
        }
        while let Ok(event) = events.try_recv() {
            take(event);
        }
        let mut paths = if told.is_empty() { BTreeSet::new() } else { world.look_at(&told) };
        if walks {
            // Folders that came back are watched again; where they cannot be, walks go on finding what changes.
            let _ = watch.renew();
            paths.extend(world.walk());
        }
        if !paths.is_empty() || is_due {
            return Looking { since, paths };
        }
    }
}
