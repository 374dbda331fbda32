//! What may identify somebody in the texts of a file: kinds and places, never what stands there.

use std::collections::BTreeSet;

use super::{Piece, Receiver};
use crate::disclosure::{Form, Inside, Kind, person, scan};

/// So many findings of one file are told.
const MOST_FOUND: usize = 60;

/// What was found so far.
#[derive(Default)]
pub(super) struct Identifying(BTreeSet<Inside>);

impl Identifying {
    pub(super) fn found(self) -> Vec<Inside> {
        self.0.into_iter().take(MOST_FOUND).collect()
    }

    fn add(&mut self, kind: Kind, is_sure: bool, place: String) {
        // What stops a publication is never crowded out by what does not.
        if is_sure || self.0.len() < 10 * MOST_FOUND {
            self.0.insert(Inside { kind, is_sure, place });
        }
    }
}

impl Receiver for Identifying {
    fn text(&mut self, piece: &Piece<'_>) {
        for finding in scan(piece.text, piece.form) {
            self.add(finding.kind, finding.is_sure, (piece.place)(finding.span.start as usize));
        }
    }

    fn readings(&mut self, readings: [&str; 2], place: &str) {
        for finding in readings.into_iter().flat_map(|text| scan(text, Form::Prose)) {
            self.add(finding.kind, finding.is_sure, place.to_string());
        }
    }

    fn letters(&mut self, letters: &str, place: &str) {
        for finding in scan(letters, Form::Prose) {
            // Loose letters beside each other say little.
            if finding.kind.is_identifier() || finding.kind == Kind::TestNumber || finding.is_sure {
                self.add(finding.kind, finding.is_sure, place.to_string());
            }
        }
    }

    fn author(&mut self, name: &str, place: &str) {
        if person::is_name(name) {
            self.add(Kind::AuthorName, false, place.to_string());
        }
    }

    fn note(&mut self, kind: Kind, is_sure: bool, place: &str) {
        self.add(kind, is_sure, place.to_string());
    }
}
