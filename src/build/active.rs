//! Files that would run in readers' browsers, found by their names and, where a name does not tell, by what is in them.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::content::{active_by_name, active_inside, may_be_active};
use crate::diagnostic::Diagnostic;
use crate::site::Asset;
use crate::source::World;

/// A drawing that is larger than this says nothing more to a reader.
const MAX_BYTES: u64 = 20_000_000;

/// Errors for the files that are to be published as they stand.
pub(super) fn problems(world: &dyn World, assets: &[Asset]) -> Vec<Diagnostic> {
    assets.par_iter().filter_map(|asset| problem(world, asset)).collect()
}

fn problem(world: &dyn World, asset: &Asset) -> Option<Diagnostic> {
    let path = &asset.path;
    if let Some(problem) = active_by_name(path) {
        return Some(problem);
    }
    if !may_be_active(path) {
        return None;
    }
    if asset.size > MAX_BYTES {
        let message =
            format!("the file has {} MB, which is too much to be looked through", asset.size / 1_000_000);
        return Some(
            Diagnostic::error("file-too-large", message)
                .in_file(path)
                .help("save a simpler drawing, or an image as PNG or WebP"),
        );
    }
    // One that cannot be read is told of where it is copied.
    active_inside(path, &world.read(path).ok()?)
}
