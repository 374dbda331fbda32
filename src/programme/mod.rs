//! The programme of an event, as far as it can be worked out from times and rooms alone.

pub mod grid;
pub mod words;
