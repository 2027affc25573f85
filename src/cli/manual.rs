//! `man`: the manual pages.

use std::fs;
use std::path::Path;

use clap::CommandFactory;

use super::args::{Arguments, ManArgs};
use super::{Exit, print};

/// Prints the main page, or writes all pages to a folder.
pub(super) fn run(args: &ManArgs) -> Exit {
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        let command = Arguments::command().disable_help_subcommand(true);
        // Writing to memory does not fail.
        let _ = clap_mangen::Man::new(command).render(&mut page);
        return print(&page);
    };
    match write(dir) {
        Ok(()) => Exit::Done,
        Err(error) => {
            eprintln!("error: {} cannot be written: {error}", dir.display());
            eprintln!("  = help: name another folder");
            Exit::Errors
        }
    }
}

fn write(dir: &Path) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    clap_mangen::generate_to(Arguments::command(), dir)
}
