//! A site as it stood at a commit of its repository, read through `git`, which is asked for nothing that changes
//! anything. Files are read one by one when they are needed; nothing is checked out.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::world::is_hidden;
use crate::source::{FileEntry, Listing, ReadError, SitePath, World};

/// The files below a site's root at one commit, at one instant.
#[derive(Debug)]
pub struct HistoryWorld {
    files: BTreeMap<SitePath, Blob>,
    reader: Mutex<Reader>,
    commit: String,
    now: Timestamp,
}

/// A file in the repository.
#[derive(Debug, Clone)]
struct Blob {
    id: String,
    size: u64,
}

/// Why there is nothing to compare with.
#[derive(Debug)]
pub enum HistoryError {
    /// There is no program `git`.
    NoGit,
    /// The site does not lie in a repository.
    NoRepository,
    /// There is no commit, branch or tag of this name.
    Unknown,
    /// The repository holds only a part of its history, and what is asked for is not in it.
    Shallow,
    /// Both have no commit in common.
    Unrelated,
    /// Something else, as `git` says it.
    Failed(String),
}

impl fmt::Display for HistoryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoGit => "the program `git` is not there",
            Self::NoRepository => "the site lies in no git repository",
            Self::Unknown => "the repository has no such commit, branch or tag",
            Self::Shallow => {
                "it is not in this copy of the repository, which holds only a part of its history"
            }
            Self::Unrelated => "it has no commit in common with what is checked out",
            Self::Failed(said) => said,
        })
    }
}

impl std::error::Error for HistoryError {}

impl HistoryWorld {
    /// The site in `root` as it stood where the branch that is checked out left `reference`.
    ///
    /// # Errors
    ///
    /// There is no `git`, no repository, no such commit, or none in common.
    pub fn since(root: &Path, reference: &str, now: Timestamp) -> Result<Self, HistoryError> {
        let git = Git { root };
        let prefix = match git.ask(&["rev-parse", "--show-prefix"])? {
            Answer::Yes(prefix) => prefix.trim_end_matches(['\n', '\r']).to_string(),
            Answer::No(said) if said.contains("not a git repository") => {
                return Err(HistoryError::NoRepository);
            }
            Answer::No(said) => return Err(HistoryError::Failed(said)),
        };
        let tip = git.commit(reference)?;
        let Answer::Yes(base) = git.ask(&["merge-base", &tip, "HEAD"])? else {
            return Err(if git.is_shallow()? { HistoryError::Shallow } else { HistoryError::Unrelated });
        };
        let base = base.trim().to_string();
        let mut reader = Reader::start(&git)?;
        let files = files(&git, &base, &prefix, &mut reader)?;
        Ok(Self { files, reader: Mutex::new(reader), commit: base.chars().take(10).collect(), now })
    }

    /// The beginning of the commit's name.
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// Whether there was a site at that commit.
    pub fn has_site(&self) -> bool {
        self.files.contains_key(&SitePath::new(crate::config::FILE_NAME))
    }
}

impl World for HistoryWorld {
    fn list(&self, folder: &SitePath) -> Listing {
        let is_listed = |path: &SitePath| {
            path.below(folder.as_str()).is_some_and(|below| !below.split('/').any(is_hidden))
        };
        let files = self.files.iter().filter(|(path, _)| is_listed(path));
        Listing {
            files: files.map(|(path, blob)| FileEntry { path: path.clone(), size: blob.size }).collect(),
            refused: Vec::new(),
        }
    }

    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError> {
        let failed = |source| ReadError { path: path.clone(), source };
        let blob = self.files.get(path).ok_or_else(|| failed(io::ErrorKind::NotFound.into()))?;
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).read(&blob.id).map_err(failed)
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

/// Where `git` is run.
struct Git<'a> {
    root: &'a Path,
}

/// What `git` answers.
enum Answer {
    /// It did what was asked, and printed this.
    Yes(String),
    /// It did not, and says why.
    No(String),
}

impl Git<'_> {
    /// `git`, told to run nothing that the repository names, to wait for nobody and to fetch nothing.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(["-c", "core.fsmonitor=false"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for (name, value) in [
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("LC_ALL", "C"),
        ] {
            command.env(name, value);
        }
        // Set where a hook runs this; they would lead to another repository than the one around the site.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command
    }

    fn ask(&self, arguments: &[&str]) -> Result<Answer, HistoryError> {
        let output = self.command(arguments).output().map_err(|error| not_run(&error))?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(if output.status.success() {
            Answer::Yes(said(&output.stdout))
        } else {
            Answer::No(said(&output.stderr).trim().to_string())
        })
    }

    fn is_shallow(&self) -> Result<bool, HistoryError> {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"])?;
        Ok(matches!(answer, Answer::Yes(text) if text.trim() == "true"))
    }

    /// The commit that a name means. A branch that is only known from the server is found as well, since that is how
    /// CI checks out.
    fn commit(&self, reference: &str) -> Result<String, HistoryError> {
        // What begins with a hyphen would be taken for an option.
        if !reference.starts_with('-') && !reference.contains(char::is_control) && !reference.is_empty() {
            for name in [reference.to_string(), format!("refs/remotes/origin/{reference}")] {
                let question = format!("{name}^{{commit}}");
                if let Answer::Yes(commit) = self.ask(&["rev-parse", "--verify", "--quiet", &question])? {
                    return Ok(commit.trim().to_string());
                }
            }
        }
        Err(if self.is_shallow()? { HistoryError::Shallow } else { HistoryError::Unknown })
    }
}

fn not_run(error: &io::Error) -> HistoryError {
    match error.kind() {
        io::ErrorKind::NotFound => HistoryError::NoGit,
        _ => HistoryError::Failed(format!("`git` could not be run: {error}")),
    }
}

/// The site's files at a commit, by their path from the site's root.
fn files(
    git: &Git<'_>,
    commit: &str,
    prefix: &str,
    reader: &mut Reader,
) -> Result<BTreeMap<SitePath, Blob>, HistoryError> {
    let folder = prefix.trim_end_matches('/');
    let mut arguments = vec!["ls-tree", "-r", "-z", "-l", "--full-tree", commit];
    if !folder.is_empty() {
        arguments.extend(["--", folder]);
    }
    let output = git.command(&arguments).output().map_err(|error| not_run(&error))?;
    if !output.status.success() {
        return Err(HistoryError::Failed(String::from_utf8_lossy(&output.stderr).trim().to_string()));
    }
    let mut files = BTreeMap::new();
    let mut links = Vec::new();
    for line in output.stdout.split(|byte| *byte == 0) {
        // A name that is not Unicode is no file of a site.
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let Some((what, path)) = line.split_once('\t') else { continue };
        let [mode, kind, id, size] = what.split_ascii_whitespace().collect::<Vec<_>>()[..] else { continue };
        let Some(path) = path.strip_prefix(prefix) else { continue };
        let (path, blob) =
            (SitePath::new(path), Blob { id: id.to_string(), size: size.parse().unwrap_or(0) });
        match (mode, kind) {
            ("120000", "blob") => links.push((path, blob)),
            (_, "blob") => drop(files.insert(path, blob)),
            _ => {}
        }
    }
    // A link to a file stands for that file; one to a folder, or out of the site, for nothing.
    for (path, link) in links.iter().filter(|(_, link)| link.size < 4_096) {
        let bytes = reader.read(&link.id).unwrap_or_default();
        let target = std::str::from_utf8(&bytes).ok().and_then(|target| path.parent().join(target));
        if let Some(blob) = target.and_then(|target| files.get(&target)).cloned() {
            files.insert(path.clone(), blob);
        }
    }
    Ok(files)
}

/// A `git cat-file --batch` that answers for one file after another.
#[derive(Debug)]
struct Reader {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    fn start(git: &Git<'_>) -> Result<Self, HistoryError> {
        let mut command = git.command(&["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| not_run(&error))?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(HistoryError::Failed("`git` could not be spoken to".to_string()));
        };
        Ok(Self { child, questions, answers: BufReader::new(answers) })
    }

    fn read(&mut self, id: &str) -> io::Result<Vec<u8>> {
        self.questions.write_all(format!("{id}\n").as_bytes())?;
        self.questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let missing =
            || io::Error::new(io::ErrorKind::InvalidData, "it is not in this copy of the repository");
        let size: u64 = match head.split_ascii_whitespace().collect::<Vec<_>>()[..] {
            [_, "blob", size] => size.parse().map_err(|_| missing())?,
            _ => return Err(missing()),
        };
        let mut bytes = Vec::new();
        // A line break follows the bytes.
        (&mut self.answers).take(size + 1).read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
            return Err(missing());
        }
        Ok(bytes)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It only waits for further questions.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
