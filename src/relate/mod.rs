//! Finds what an article says of the things it mentions.

pub mod attributions;
pub mod events;
pub mod facts;
pub mod quotes;
pub mod roles;
mod standings;
mod tree;

pub use attributions::attributions;
pub use roles::roles;
pub use standings::standings;
