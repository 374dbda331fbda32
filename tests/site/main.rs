//! Whole little sites through the real binary: what a writer is told, what a reader gets, what stands in the folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod floors;
mod harness;
mod papers;
mod smoke;
