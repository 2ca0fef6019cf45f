//! Finds what an article says of the things it mentions.

mod attributions;
pub mod facts;
pub mod quotes;
mod roles;
mod standings;

pub use attributions::attributions;
pub use roles::roles;
pub use standings::standings;
