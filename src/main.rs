//! The `newsgraph` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsgraph::cli::run(std::env::args_os()).into()
}
