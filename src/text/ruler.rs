//! Rules that correct tags and add parts of speech, morphology and lemmas: spaCy's attribute ruler.

use std::collections::{BTreeMap, HashMap};

use regex::Regex;

use super::labels::intern;
use super::spec::{Condition, Operand, RuleSpec};

/// A token as rules see and change it.
#[derive(Clone, Debug)]
pub(super) struct Annotation<'a> {
    pub(super) word: &'a str,
    pub(super) lower: &'a str,
    pub(super) blank: bool,
    pub(super) tag: &'static str,
    pub(super) pos: &'static str,
    pub(super) dep: &'static str,
    pub(super) morph: &'static str,
    pub(super) lemma: Option<&'static str>,
}

impl<'a> Annotation<'a> {
    /// A token as the network left it.
    pub(super) fn new(word: &'a str, lower: &'a str, blank: bool, tag: &'static str, dep: &'static str) -> Self {
        Self { word, lower, blank, tag, pos: "", dep, morph: "", lemma: None }
    }
}

/// A model's rules, the later of which win.
pub(super) struct Ruler {
    rules: Vec<Rule>,
    /// The patterns, each by its rule and its place there, that begin with a given tag.
    by_tag: HashMap<String, Vec<(usize, usize)>>,
    /// The patterns that begin with any tag.
    any: Vec<(usize, usize)>,
}

struct Rule {
    patterns: Vec<Vec<Vec<(Attribute, Test)>>>,
    sets: Vec<(Attribute, &'static str)>,
    index: isize,
}

/// Something about a token that a rule reads or sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Word,
    Lower,
    Blank,
    Tag,
    Pos,
    Dep,
    Morph,
    Lemma,
}

enum Test {
    Flag(bool),
    Is(String),
    In(Vec<String>),
    NotIn(Vec<String>),
    Matches(Regex),
}

impl Ruler {
    pub(super) fn new(spec: Vec<RuleSpec>) -> Result<Self, String> {
        let rules = spec.into_iter().map(Rule::new).collect::<Result<Vec<_>, _>>()?;
        let mut by_tag: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut any = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for (place, pattern) in rule.patterns.iter().enumerate() {
                match pattern.first().and_then(|token| tags(token)) {
                    Some(tags) => tags.iter().for_each(|t| by_tag.entry(t.clone()).or_default().push((number, place))),
                    None => any.push((number, place)),
                }
            }
        }
        Ok(Self { rules, by_tag, any })
    }

    /// Applies every rule wherever it matches the tokens as they were at first.
    pub(super) fn apply(&self, tokens: &mut [Annotation]) {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for start in 0..tokens.len() {
            let tagged = self.by_tag.get(tokens[start].tag);
            for (rule, place) in tagged.into_iter().flatten().chain(&self.any) {
                let pattern = &self.rules[*rule].patterns[*place];
                if matches(pattern, &tokens[start..]) {
                    found.push((*rule, start, pattern.len()));
                }
            }
        }
        found.sort_unstable();
        for (rule, start, length) in found {
            let rule = &self.rules[rule];
            let index = if rule.index < 0 { length.wrapping_add_signed(rule.index) } else { rule.index.unsigned_abs() };
            for (attribute, value) in &rule.sets {
                set(&mut tokens[start + index], *attribute, value);
            }
        }
    }
}

/// The tags that a token must have one of, where its conditions name them.
fn tags(conditions: &[(Attribute, Test)]) -> Option<&[String]> {
    conditions.iter().find_map(|(attribute, test)| match (attribute, test) {
        (Attribute::Tag, Test::Is(tag)) => Some(std::slice::from_ref(tag)),
        (Attribute::Tag, Test::In(tags)) => Some(tags.as_slice()),
        _ => None,
    })
}

impl Rule {
    fn new(spec: RuleSpec) -> Result<Self, String> {
        let mut patterns = Vec::new();
        for pattern in spec.patterns {
            if !(-(pattern.len() as isize)..pattern.len() as isize).contains(&spec.index) {
                return Err(format!("attribute ruler: index {} in a run of {} tokens", spec.index, pattern.len()));
            }
            patterns.push(pattern.into_iter().map(conditions).collect::<Result<_, _>>()?);
        }
        let mut sets = Vec::new();
        for (name, value) in spec.attrs {
            let value = if name == "MORPH" && value == "_" { "" } else { &value };
            sets.push((attribute(&name)?, intern(value)));
        }
        Ok(Self { patterns, sets, index: spec.index })
    }
}

fn conditions(token: BTreeMap<String, Condition>) -> Result<Vec<(Attribute, Test)>, String> {
    let mut conditions = Vec::new();
    for (name, condition) in token {
        let attribute = attribute(&name)?;
        match condition {
            Condition::Flag(flag) => conditions.push((attribute, Test::Flag(flag))),
            Condition::Is(value) => conditions.push((attribute, Test::Is(value))),
            Condition::Test(tests) => {
                for (operator, operand) in tests {
                    conditions.push((attribute, test(&operator, operand)?));
                }
            }
        }
    }
    Ok(conditions)
}

fn test(operator: &str, operand: Operand) -> Result<Test, String> {
    match (operator, operand) {
        ("IN", Operand::Many(values)) => Ok(Test::In(values)),
        ("NOT_IN", Operand::Many(values)) => Ok(Test::NotIn(values)),
        ("REGEX", Operand::One(expression)) => {
            Regex::new(&expression).map(Test::Matches).map_err(|e| format!("attribute ruler: {e}"))
        }
        _ => Err(format!("attribute ruler: the test `{operator}` is not supported")),
    }
}

fn attribute(name: &str) -> Result<Attribute, String> {
    Ok(match name {
        "ORTH" | "TEXT" => Attribute::Word,
        "LOWER" => Attribute::Lower,
        "IS_SPACE" => Attribute::Blank,
        "TAG" => Attribute::Tag,
        "POS" => Attribute::Pos,
        "DEP" => Attribute::Dep,
        "MORPH" => Attribute::Morph,
        "LEMMA" => Attribute::Lemma,
        _ => return Err(format!("attribute ruler: the attribute `{name}` is not supported")),
    })
}

fn matches(pattern: &[Vec<(Attribute, Test)>], tokens: &[Annotation]) -> bool {
    pattern.len() <= tokens.len()
        && pattern
            .iter()
            .zip(tokens)
            .all(|(conditions, token)| conditions.iter().all(|(a, test)| test.holds(token, *a)))
}

impl Test {
    fn holds(&self, token: &Annotation, attribute: Attribute) -> bool {
        let value = match attribute {
            Attribute::Word => token.word,
            Attribute::Lower => token.lower,
            Attribute::Tag => token.tag,
            Attribute::Pos => token.pos,
            Attribute::Dep => token.dep,
            Attribute::Morph => token.morph,
            Attribute::Lemma => token.lemma.unwrap_or(""),
            Attribute::Blank => return matches!(self, Self::Flag(flag) if *flag == token.blank),
        };
        match self {
            Self::Flag(_) => false,
            Self::Is(other) => value == other,
            Self::In(others) => others.iter().any(|other| value == other),
            Self::NotIn(others) => others.iter().all(|other| value != other),
            Self::Matches(expression) => expression.is_match(value),
        }
    }
}

fn set(token: &mut Annotation, attribute: Attribute, value: &'static str) {
    match attribute {
        Attribute::Tag => token.tag = value,
        Attribute::Pos => token.pos = value,
        Attribute::Dep => token.dep = value,
        Attribute::Morph => token.morph = value,
        Attribute::Lemma => token.lemma = Some(value),
        Attribute::Word | Attribute::Lower | Attribute::Blank => {}
    }
}
