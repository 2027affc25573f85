//! The command line of bindery.

/// Threads that set text side by side ask for memory all the time, and would wait for one another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    bindery::run()
}
