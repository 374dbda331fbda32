//! The pathway library by itself: the language by a corpus, steps, comparisons and drawings by charts that are made.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod any_input;
mod corpus;
mod facts;
mod hard;
mod language;
mod layout;
