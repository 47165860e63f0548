//! Runs the program as a person would, in a folder of its own.

use crate::server::Server;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder to run the program in.
pub(crate) struct Folder {
    dir: TempDir,
    /// Arguments that let commands with addresses reach servers of the test.
    reach: Vec<String>,
    /// Where programs are looked for, if not where the tests look.
    programs: Option<String>,
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { dir: TempDir::new().unwrap(), reach: Vec::new(), programs: None }
    }

    /// Puts a file into the folder.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Lets commands that take addresses ask this server, without waiting
    /// between requests.
    pub(crate) fn reaching(mut self, server: &Server) -> Self {
        let place = server.place();
        self.reach = ["--delay=0", "--retries=0", "--allow-private"].map(str::to_owned).to_vec();
        self.reach.push(place);
        self
    }

    /// Looks for other programs here alone (`PATH`).
    #[cfg(all(unix, feature = "ocr"))]
    pub(crate) fn with_path(mut self, programs: impl Into<String>) -> Self {
        self.programs = Some(programs.into());
        self
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs the program here.
    pub(crate) fn run(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs the program here with this on standard input.
    pub(crate) fn run_with(
        &self,
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
        stdin: &[u8],
    ) -> Ran {
        self.run_at(args, stdin, None)
    }

    /// Runs the program here at a time (RFC 3339).
    pub(crate) fn run_at(
        &self,
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
        stdin: &[u8],
        now: Option<&str>,
    ) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_normtag"));
        match now {
            Some(now) => command.env("NORMTAG_NOW", now),
            None => command.env_remove("NORMTAG_NOW"),
        };
        if let Some(programs) = &self.programs {
            command.env("PATH", programs);
        }
        command.env_remove("NORMTAG_PROXY");
        let mut args: Vec<OsString> = args.into_iter().map(|one| one.as_ref().into()).collect();
        let is = |place: usize, name: &str| args.get(place).is_some_and(|one| one == name);
        let asks = ["check", "extract", "fetch", "tag"].iter().any(|name| is(0, name));
        if asks || is(0, "corpus") && is(1, "add") {
            args.extend(self.reach.iter().map(OsString::from));
        }
        command.args(args).current_dir(self.dir.path());
        // Nothing of the person who runs the tests comes in, and snapshots
        // stay in this folder.
        for name in
            ["NORMTAG_CORPUS", "NORMTAG_STORE", "NORMTAG_RULES", "NORMTAG_TAXONOMY", "NO_COLOR"]
        {
            command.env_remove(name);
        }
        command.env("XDG_CACHE_HOME", self.dir.path().join("cache"));
        for proxy in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input closes it: no failure.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        Ran {
            status: output.status.code().expect("it ends by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Asserts how it ended.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "stderr: {}", self.stderr);
        self
    }

    /// Asserts that it said each of these on standard error.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in: {}", self.stderr);
        }
        self
    }

    /// Asserts that it said nothing on standard error.
    #[track_caller]
    pub(crate) fn quietly(self) -> Self {
        assert_eq!(self.stderr, "");
        self
    }

    /// Its output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

/// The folder of the project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The path of a sample.
pub(crate) fn sample(name: &str) -> String {
    project().join("corpus/samples").join(name).to_string_lossy().into_owned()
}
