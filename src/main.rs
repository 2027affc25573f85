//! The command line of bindery.

fn main() -> std::process::ExitCode {
    bindery::cli::run()
}
