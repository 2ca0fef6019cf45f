//! The program as its users meet it: commands on real files, and what comes out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod build;
mod convert;
mod disputes;
mod eval;
mod identity;
mod life;
mod manners;
mod query;
mod show;
mod update;
mod validate;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A directory with two small articles in it, and newsgraph run there.
struct Desk {
    directory: TempDir,
}

/// Ann Okafor is the mayor, speaks, and says that somebody else is the minister.
const FIRE: &str = "\
Fire destroys harbour market in Lindow

LINDOW, March 3 (Coastwire) - A fire destroyed the harbour market of Lindow on Friday, Mayor Ann Okafor said.

“Nobody was hurt, and we will build it again,” Okafor told reporters. Former police chief Tomas Brandt denied that \
the fire was set on purpose.
";

const STRIKE: &str = "\
Ferry crews of Northsea Lines go on strike

Ferry crews in Norway walked out on Monday after talks with Northsea Lines failed, union leader Siri Dahl said.

\"We asked for rest, and they offered us coffee,\" Dahl said.
";

impl Desk {
    fn new() -> Self {
        let desk = Self { directory: TempDir::new().unwrap() };
        desk.write("fire.txt", FIRE);
        desk.write("strike.txt", STRIKE);
        desk
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// The program with these arguments, to be run in the directory.
    fn command(&self, arguments: &str) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("newsgraph");
        command.current_dir(self.path()).args(arguments.split_whitespace()).env_remove("NO_COLOR");
        command
    }

    /// What the program does with these arguments.
    fn run(&self, arguments: &str) -> Run {
        self.command(arguments).output().unwrap().into()
    }

    /// What the program does with these arguments and this standard input.
    fn run_on(&self, input: &str, arguments: &str) -> Run {
        self.command(arguments).write_stdin(input).output().unwrap().into()
    }
}

/// How a run of the program ended.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Run {
    /// What it printed, when all went well.
    fn well(self) -> String {
        assert_eq!(self.status, 0, "{}", self.err);
        self.out
    }
}

/// A record of JSONL.
fn record(url: &str, day: &str, headline: &str, text: &str) -> String {
    serde_json::json!({ "url": url, "datePublished": day, "headline": headline, "text": text }).to_string() + "\n"
}
