//! How far a build has come, for whoever shows it.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

/// What a build is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading files and parsing pages.
    Reading,
    /// Putting pages together.
    Assembling,
    /// Reading images, and making what pages need of them.
    Images,
    /// Rendering and writing outputs.
    Rendering,
}

/// Counters that the stages move and another thread may read.
#[derive(Debug, Default)]
pub struct Progress {
    stage: AtomicU8,
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// Begins a stage of so many steps; 0 where they are not counted.
    pub fn begin(&self, stage: Stage, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.stage.store(stage as u8, Ordering::Relaxed);
    }

    /// One step done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Stage, steps done and steps in all.
    pub fn now(&self) -> (Stage, usize, usize) {
        let stage = match self.stage.load(Ordering::Relaxed) {
            0 => Stage::Reading,
            1 => Stage::Assembling,
            2 => Stage::Images,
            _ => Stage::Rendering,
        };
        (stage, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}
