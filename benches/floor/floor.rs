//! The floor below any site generator: reads every content file and writes files of the same paths and sizes as a
//! finished site, with two threads and no thought. What a tool takes beyond this is its own work.
//!
//! `floor CONTENT LIST OUTPUT`, where a line of LIST is a size in bytes, a space and a path below OUTPUT.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

const THREADS: usize = 2;

struct Planned {
    path: PathBuf,
    size: usize,
}

fn main() -> Fallible<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [content, list, output] = arguments.as_slice() else {
        return Err("usage: floor CONTENT LIST OUTPUT".into());
    };
    let mut sources = Vec::new();
    collect_files(content, &mut sources)?;
    let planned = read_list(list, output)?;

    let texts =
        in_two(&sources, |half| half.iter().map(|path| Ok(fs::read(path)?)).collect::<Fallible<Vec<_>>>())?;
    let mut bytes = texts.into_iter().flatten().flatten().collect::<Vec<u8>>();
    let largest = planned.iter().map(|file| file.size).max().unwrap_or(0);
    // A page is often larger than the few sources of a small site together.
    bytes.resize(bytes.len().max(largest), b' ');

    in_two(&planned, |half| write_all(half, &bytes))?;
    Ok(())
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> Fallible<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect_files(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn read_list(list: &Path, output: &Path) -> Fallible<Vec<Planned>> {
    fs::read_to_string(list)?
        .lines()
        .map(|line| {
            let (size, path) = line.split_once(' ').ok_or("a line of the list has no space")?;
            Ok(Planned { path: output.join(path), size: size.parse()? })
        })
        .collect()
}

fn write_all(files: &[Planned], bytes: &[u8]) -> Fallible<()> {
    let mut folder = PathBuf::new();
    for file in files {
        if let Some(parent) = file.path.parent()
            && parent != folder
        {
            fs::create_dir_all(parent)?;
            folder = parent.to_path_buf();
        }
        File::create(&file.path)?.write_all(&bytes[..file.size])?;
    }
    Ok(())
}

/// Does the work on each half of the items in a thread of its own; the results are in the items' order.
fn in_two<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> Fallible<R> + Sync) -> Fallible<Vec<R>> {
    let half = items.len().div_ceil(THREADS).max(1);
    thread::scope(|scope| {
        let running: Vec<_> = items.chunks(half).map(|chunk| scope.spawn(|| work(chunk))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("a thread failed".into())))
            .collect()
    })
}
