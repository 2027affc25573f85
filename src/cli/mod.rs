//! The command line: the only place that touches disk, clock and terminal.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "what the rest of the library may not touch is touched here"
)]

mod args;
mod arrange;
mod blog;
mod compile;
mod disk;
mod edits;
mod exports;
#[cfg(feature = "fetch")]
mod fetch;
mod findings;
mod import;
mod init;
mod list;
mod manual;
mod new;
mod output;
mod pictures;
mod progress;
mod project;
mod quotes;
mod report;
mod sources;
mod table;
mod tags;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command};

/// What is in the program that is not ours, and under which terms.
const LICENSES: &str = include_str!("../../THIRD-PARTY.md");

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// What was asked for is done.
    Done,
    /// The book has errors.
    Errors,
    /// The command was used wrongly.
    Usage,
}

/// Does what the arguments of the process ask for.
pub fn run() -> ExitCode {
    crate::diag::quiet_panics();
    let exit = match Arguments::parse().command {
        Command::Compile(args) => compile::run(&args),
        Command::Check(args) => compile::check(&args),
        Command::Sources(args) => sources::run(&args),
        Command::Pictures(args) => pictures::run(&args),
        Command::List(args) => list::run(&args),
        Command::Arrange(args) => arrange::run(&args),
        Command::New(args) => new::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Tags(args) => tags::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Completions(args) => {
            let mut command = Arguments::command();
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut command, "bindery", &mut script);
            print(&script)
        }
        Command::Man(args) => manual::run(&args),
        Command::Licenses => print(LICENSES.as_bytes()),
    };
    match exit {
        Exit::Done => ExitCode::SUCCESS,
        Exit::Errors => ExitCode::from(1),
        Exit::Usage => ExitCode::from(2),
    }
}

/// Writes to standard output; a reader who has seen enough (`| head`) is no error.
fn print(bytes: &[u8]) -> Exit {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
    Exit::Done
}
