//! Images in a page's text: the size that keeps their place, smaller variants, and the way to the whole picture.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::address::push_encoded;
use super::view::size_in_words;
use crate::markdown::Part;
use crate::site::Asset;
use crate::text::push_escaped;

/// The widest column of the theme that holds images, in CSS pixels: that of figures and tables.
const COLUMN: u32 = 720;
/// The margins beside the column on a phone, both together.
const MARGINS: u32 = 32;
/// From this width on, a column shows an image at less than two thirds of its size, so that words in it may be too
/// small to read on an ordinary screen.
const WORTH_ENLARGING: u32 = 1080;

/// The images that pages show, by their index in the site's files.
#[derive(Debug, Default)]
pub struct Pictures(BTreeMap<usize, Shown>);

/// How an image is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Pixels across, the right way up.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The widths of its variants, the narrowest first.
    pub variants: Vec<u32>,
}

impl Pictures {
    /// A table by the index of files in [`crate::site::Site::assets`].
    pub fn new(pictures: BTreeMap<usize, Shown>) -> Self {
        Self(pictures)
    }

    /// The widest variant of a file up to a width, where the file itself is wider.
    pub(super) fn widest_below(&self, asset: usize, width: u32) -> Option<u32> {
        let shown = self.0.get(&asset).filter(|shown| shown.width > width)?;
        shown.variants.iter().copied().filter(|variant| *variant <= width).max()
    }

    /// Every variant: the file, and the width.
    pub(super) fn variants(&self) -> impl Iterator<Item = (usize, u32)> {
        self.0.iter().flat_map(|(asset, shown)| shown.variants.iter().map(move |width| (*asset, *width)))
    }
}

/// The address of a variant. The whole name of the original stays in it, so that `map.png` and `map.jpg` do not meet.
pub(super) fn variant_address(asset: &Asset, width: u32) -> String {
    format!("{}.{width}.webp", asset.address())
}

/// Writes what belongs at one place of an image.
pub(super) fn push(
    out: &mut String,
    part: Part,
    (index, asset): (usize, &Asset),
    words: &str,
    pictures: &Pictures,
    root: &str,
) {
    let shown = pictures.0.get(&index);
    let has_variants = shown.is_some_and(|shown| !shown.variants.is_empty());
    match part {
        Part::Before if has_variants => {
            out.push_str("<picture><source type=\"image/webp\" srcset=\"");
            for (place, width) in shown.into_iter().flat_map(|shown| &shown.variants).enumerate() {
                out.push_str(if place == 0 { "" } else { ", " });
                push_address(out, root, &variant_address(asset, *width));
                let _ = write!(out, " {width}w");
            }
            let widest = shown.map_or(COLUMN, |shown| shown.width.min(COLUMN));
            let window = widest + MARGINS;
            let _ =
                write!(out, "\" sizes=\"(min-width: {window}px) {widest}px, calc(100vw - {MARGINS}px)\">");
        }
        Part::After if has_variants => out.push_str("</picture>"),
        Part::Before | Part::After => {}
        Part::Inside => {
            out.push_str(" src=\"");
            push_address(out, root, asset.address());
            out.push('"');
            if let Some(Shown { width, height, .. }) = shown {
                let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
            }
        }
        Part::Whole => {
            if shown.is_some_and(|shown| shown.width >= WORTH_ENLARGING) {
                out.push_str(" <a class=\"full-size\" href=\"");
                push_address(out, root, asset.address());
                // Who moves from link to link hears which picture it is.
                out.push_str("\">Full size<span class=\"unseen\"> of the image: ");
                push_escaped(out, words);
                let kind = asset.path.extension().to_uppercase();
                let _ = write!(out, "</span> ({kind}, {})</a>", size_in_words(asset.size));
            }
        }
    }
}

fn push_address(out: &mut String, root: &str, below: &str) {
    let mut address = String::from(root);
    push_encoded(&mut address, below);
    push_escaped(out, &address);
}
