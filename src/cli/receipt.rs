//! Receipts: what a build or `netsite suppress` hid, under which rule and why, for those who answer for a publication.
//! They hold no figure that is hidden.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Failure;
use crate::benchmark::Receipt;
use crate::disk::{AskedFile, Replacing};
use crate::site::Site;

/// The first key of every receipt, by which an earlier one is known.
const MARK: &str = "netsite_receipt";

/// An earlier receipt is not looked at beyond so many bytes.
const MAX_BYTES: usize = 200_000_000;

/// The file that a receipt goes into.
#[derive(Debug)]
pub(super) struct ReceiptFile {
    file: AskedFile,
    shown: PathBuf,
}

impl ReceiptFile {
    /// Checks the place before any work is done. `closed` are folders in which it would be published, or be taken for
    /// a part of the site.
    pub(super) fn at(path: &Path, closed: &[&Path]) -> Result<Self, Failure> {
        let shown = path.to_path_buf();
        let refused = |why: String| {
            Failure::new(format!("the receipt cannot be written to `{}`: {why}", shown.display()))
        };
        let file = AskedFile::at(path).map_err(|error| {
            refused(error.to_string())
                .help("name a file in a folder that is there, such as --receipt receipt.json")
        })?;
        if let Some(folder) = closed.iter().find(|folder| file.is_inside(folder)) {
            return Err(refused(format!(
                "it lies in `{}`, and what lies there is published or is a part of the site",
                folder.display()
            ))
            .help("name a file outside, such as --receipt ../receipt.json"));
        }
        if file.is_there() && !is_receipt(&file) {
            return Err(refused("another file is there, and it is no receipt".to_string())
                .help("choose another name, or take that file away"));
        }
        Ok(Self { file, shown })
    }

    /// Whether it would take the place of a file.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.file.path() == path
    }

    /// Puts a receipt into the file, in place of an earlier one.
    pub(super) fn write(&self, receipt: &Value) -> Result<(), Failure> {
        let text = format!("{receipt:#}\n");
        self.file.write(text.as_bytes(), Replacing::Allowed).map_err(|error| {
            Failure::new(format!("the receipt `{}` could not be written: {error}", self.shown.display()))
        })
    }
}

fn is_receipt(file: &AskedFile) -> bool {
    let Ok(bytes) = file.read(MAX_BYTES) else { return false };
    serde_json::from_slice::<Value>(&bytes).is_ok_and(|earlier| earlier.get(MARK).is_some())
}

/// The receipt of a build: every benchmark that was published, by address.
pub(super) fn of_build(site: &Site) -> Value {
    let benchmarks: Vec<Value> = site
        .pages
        .iter()
        .zip(&site.figures)
        .filter_map(|(page, figures)| {
            let (page, figures) = (&page.parsed, figures.as_ref()?);
            let approved = page.values.group("approved_by").map(|approved| {
                let date = approved.date("date").map(|date| date.to_string());
                json!({ "role": approved.text("role"), "date": date })
            });
            let files: Vec<&str> = figures.tables.iter().map(|table| table.path().as_str()).collect();
            let mut value = json!({
                "page": page.path.as_str(),
                "address": format!("/{}", page.address),
                "title": page.title,
                "status": page.status.name(),
                "approved_by": approved,
                "counts": page.values.text("counts"),
                "level": page.values.text("level"),
                "files": files,
            });
            add(&mut value, &figures.receipt);
            Some(value)
        })
        .collect();
    json!({ MARK: 1, "site": site.config.title, "benchmarks": benchmarks })
}

/// The receipt of one file that was made safe.
pub(super) fn of_file(raw: &str, safe: &str, receipt: &Receipt) -> Value {
    let mut value = json!({ MARK: 1, "raw_file": raw, "safe_file": safe });
    add(&mut value, receipt);
    value
}

fn add(value: &mut Value, receipt: &Receipt) {
    if let (Value::Object(value), Ok(Value::Object(receipt))) = (value, serde_json::to_value(receipt)) {
        value.extend(receipt);
    }
}
