//! The command line: flags become values, one library call does the work, results are printed.
