//! Whole little sites through the real binary: what a writer is told, what a reader gets, what stands in the folder.

mod floors;
mod harness;
mod smoke;
