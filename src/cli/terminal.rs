//! The terminal: plain output, and a line that tells how far a long build has come. Colours and progress are for
//! people only: nothing of them in a pipe, and `NO_COLOR` holds.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::build::{Progress, Stage};
use crate::text::thousands;

/// Prints to standard output.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut output = anstream::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Prints to standard error. Nobody can be told where that fails.
pub(super) fn print_error(text: &str) {
    let mut output = anstream::stderr().lock();
    let _ = output.write_all(text.as_bytes());
    let _ = output.flush();
}

/// Shows progress on a terminal once a build is visibly long; dropped, it clears its line.
pub(super) struct ProgressLine {
    finished: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A build shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(700);
const INTERVAL: Duration = Duration::from_millis(100);

impl ProgressLine {
    pub(super) fn watch(progress: &Arc<Progress>) -> Self {
        let finished = Arc::new(AtomicBool::new(false));
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        if !io::stderr().is_terminal() || dumb {
            return Self { finished, thread: None };
        }
        let progress = Arc::clone(progress);
        let stop = Arc::clone(&finished);
        let thread = std::thread::spawn(move || {
            std::thread::park_timeout(PATIENCE);
            let mut shown = false;
            while !stop.load(Ordering::Relaxed) {
                print_error(&format!("\r\x1b[2K{}", in_words(&progress)));
                shown = true;
                std::thread::park_timeout(INTERVAL);
            }
            if shown {
                print_error("\r\x1b[2K");
            }
        });
        Self { finished, thread: Some(thread) }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.finished.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A thread that only prints has nothing to tell when it ends.
            let _ = thread.join();
        }
    }
}

fn in_words(progress: &Progress) -> String {
    let (stage, done, total) = progress.now();
    match stage {
        Stage::Reading => format!("Reading files: {} of {}", thousands(done), thousands(total)),
        Stage::Assembling => "Checking links".to_string(),
        Stage::Images => format!("Making images: {} of {}", thousands(done), thousands(total)),
        Stage::Rendering => format!("Writing the site: {} of {}", thousands(done), thousands(total)),
    }
}
