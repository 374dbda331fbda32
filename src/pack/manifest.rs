//! What a pack says about itself: a few lines for whoever opens the folder, the same for programs, and the sums by which
//! it can be seen whether anything is missing or was changed.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::json;

use crate::text::{counted, long_date};

/// The file that people look at first.
pub const READ_ME: &str = "READ ME FIRST.txt";

/// What the pack is, for programs.
pub const MANIFEST: &str = "manifest.json";

/// The SHA-256 sum of every file, in the form of `sha256sum`.
pub const SUMS: &str = "manifest.txt";

/// What a pack is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The title of the site.
    pub site: String,
    /// What of it was chosen, in words: `the whole site`.
    pub selection: String,
    /// The day whose state it shows.
    pub day: Date,
    /// How many pages of content it holds.
    pub page_count: usize,
    /// Where the website is, if that is known.
    pub website: Option<String>,
}

impl About {
    /// Lines that Notepad shows well.
    pub(super) fn read_me(&self) -> String {
        let pages = counted(self.page_count, "page", "pages");
        let mut text = format!(
            "{}\n\nThis folder is a copy to read without a network: {}, {pages}, as of {}.\n\n",
            self.site,
            self.selection,
            long_date(self.day)
        );
        text.push_str(
            "1. If you see this inside a zip file, first choose \"Extract all\" and open the new folder.\n\
             2. Open index.html in Edge, Chrome or Firefox.\n\n\
             Everything stays on this computer: nothing is sent, and nothing is loaded from anywhere else.\n\
             Links that lead to the internet say so.\n",
        );
        if let Some(website) = &self.website {
            let _ = write!(text, "\nThe website, which may be newer: {website}\n");
        }
        let _ = write!(
            text,
            "\nTo see whether the copy is whole (Linux, macOS, Git Bash): sha256sum -c {SUMS}\n"
        );
        text.replace('\n', "\r\n")
    }

    /// The same for programs.
    pub(super) fn json(&self, file_count: usize) -> String {
        let about = json!({
            "title": self.site,
            "selection": self.selection,
            "as_of": self.day.to_string(),
            "pages": self.page_count,
            "files": file_count,
            "website": self.website,
            "checksums": SUMS,
        });
        format!("{about:#}\n")
    }

    /// One line a file: its sum, two spaces and its path.
    pub(super) fn sums<'a>(&self, files: impl Iterator<Item = (&'a [u8; 32], &'a str)>) -> String {
        let mut text =
            format!("# {} ({}), as of {}\n", self.site.replace('\n', " "), self.selection, self.day);
        for (hash, path) in files {
            for byte in hash {
                let _ = write!(text, "{byte:02x}");
            }
            let _ = writeln!(text, "  {path}");
        }
        text
    }
}
