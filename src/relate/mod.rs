//! Finds what an article says of the things it mentions.

pub mod quotes;
mod roles;

pub use roles::roles;
