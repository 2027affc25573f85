//! The command line of bindery.

fn main() {}
