//! The example queries that ship with the program: the files of `queries/`.

/// A query to learn from and to use. Its file begins with its title and its description as comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name, that of its file without the ending.
    pub name: &'static str,
    /// The whole file.
    pub text: &'static str,
}

macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        [$(Example { name: $name, text: include_str!(concat!("../../queries/", $name, ".rq")) }),*]
    };
}

/// All examples, in the order in which they are listed.
pub const EXAMPLES: [Example; 26] = examples![
    "posts",
    "former-posts",
    "posts-over-time",
    "rival-holders",
    "who-is",
    "facts",
    "most-quoted",
    "quotes",
    "unnamed-sources",
    "only-claimed",
    "disputed",
    "outlets-differ",
    "differing",
    "corroborated",
    "copies",
    "unnamed-only",
    "said-about",
    "evidence",
    "top-entities",
    "mentioned-together",
    "other-names",
    "timeline",
    "events-of-a-person",
    "planned",
    "publishers",
    "versions",
];

impl Example {
    /// The example of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        EXAMPLES.into_iter().find(|example| example.name == name)
    }

    /// What it asks, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.comments().next().unwrap_or_default()
    }

    /// What it answers, in a sentence or two.
    #[must_use]
    pub fn description(&self) -> String {
        self.comments().skip(1).collect::<Vec<_>>().join(" ")
    }

    fn comments(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().map_while(|line| line.strip_prefix("# "))
    }
}
