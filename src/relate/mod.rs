//! Finds what an article says of the things it mentions.

mod quotes;
mod roles;

pub use quotes::quotes;
pub use roles::roles;
