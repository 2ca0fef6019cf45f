//! Coreference and identity in CoNLL-U, as GUM and CorefUD annotate them: `Entity=(1-person-…` in the last column.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::chains::Brackets;
use super::gum_attributions;
use super::gum_chains::{chain, form};
use super::gum_names::{self, Words};
use super::identities::decode;
use super::{Options, malformed};
use crate::article::{Article, Block, BlockKind, Metadata, Origin};
use crate::error::{Error, Result};
use crate::score::sample::{Annotations, Form, Linked, Sample};
use crate::text::{Text, conllu};

/// A mention as the file has it.
pub(super) struct Raw {
    /// Its tokens, by their numbers in the text.
    pub(super) tokens: Range<usize>,
    /// The tokens that it cannot do without.
    pub(super) heads: Vec<usize>,
    pub(super) label: String,
    /// How it is linked: `coref`, `appos`, `pred` and so on.
    pub(super) link: String,
    identity: String,
}

/// Reads a CoNLL-U file; each `# newdoc` begins a text, each `# newpar` a block.
pub(super) fn read(path: &Path, content: &str, options: &Options) -> Result<Vec<Sample>> {
    let mut starts: Vec<usize> = Vec::new();
    let lines: Vec<&str> = content.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with("# newdoc") || (number == 0 && !content.starts_with("# newdoc")) {
            starts.push(number);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut columns = Columns::default();
    let mut samples = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let document = &lines[start..end];
        if document.iter().any(|line| !line.is_empty() && !line.starts_with('#')) {
            samples.push(sample(path, start, document, &mut columns, options)?);
        }
    }
    Ok(samples)
}

fn sample(path: &Path, start: usize, lines: &[&str], columns: &mut Columns, options: &Options) -> Result<Sample> {
    let text = conllu::read(path, &lines.join("\n")).map_err(|error| match error {
        Error::Malformed { path, line, reason } => {
            Error::Malformed { path, line: line.map(|line| line + start as u64), reason }
        }
        other => other,
    })?;
    let mut reader =
        Reader { columns, tokens: 0, blocks: Vec::new(), brackets: Brackets::default(), chains: BTreeMap::new() };
    for (number, line) in lines.iter().enumerate() {
        reader.line(line).map_err(|reason| malformed(path, Some(start + number + 1), reason))?;
    }
    reader.brackets.check_closed().map_err(|reason| malformed(path, Some(start + lines.len()), reason))?;
    let Reader { blocks, chains, .. } = reader;
    let mut chains: Vec<Vec<Raw>> = chains.into_values().collect();
    for chain in &mut chains {
        chain.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    }
    chains.sort_by_key(|chain| chain.first().map(|mention| mention.tokens.start));
    let words = Words::built_in()?;
    let is_discourse = lines.iter().any(|line| line.contains("Discourse="));
    let gold = Annotations {
        names: Some(gum_names::names(&text, &words, chains.iter().flatten())),
        links: Some(links(&text, &words, &chains, options)),
        chains: Some(chains.iter().map(|raw| chain(&text, &words, raw, options.ontonotes)).collect()),
        attributions: is_discourse.then(|| gum_attributions::attributions(&text, lines)),
        ..Annotations::default()
    };
    let id = lines.iter().find_map(|line| line.strip_prefix("# newdoc id =")).map(|id| id.trim().to_owned());
    let sentences = text.sentences().iter().map(|sentence| text.span(sentence.clone())).collect();
    let tokens = text.tokens().iter().map(|token| token.span).collect();
    let origin = Origin { path: path.to_owned(), line: Some(start as u64 + 1) };
    let blocks = laid_out(&text, &blocks);
    let article = Article { origin, text: text.content().into(), blocks, metadata: Metadata::default() };
    Ok(Sample { id: id.unwrap_or_else(|| path.display().to_string()), article, sentences, tokens, gold })
}

/// Where the fields of an `Entity` stand, as `# global.Entity` says: "eid-etype-head-other" in CorefUD.
#[derive(Default)]
struct Columns(Vec<String>);

impl Columns {
    fn field<'a>(&self, fields: &[&'a str], names: &[&str]) -> &'a str {
        let at = self.0.iter().position(|name| names.contains(&name.as_str()));
        at.and_then(|at| fields.get(at)).copied().unwrap_or_default()
    }
}

struct Reader<'a> {
    columns: &'a mut Columns,
    tokens: usize,
    /// The first token of each block.
    blocks: Vec<(usize, BlockKind)>,
    brackets: Brackets<Vec<String>>,
    chains: BTreeMap<String, Vec<Raw>>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment.trim());
            return Ok(());
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(misc)) = (cells.first(), cells.get(9)) else { return Ok(()) };
        if id.parse::<usize>().is_err() {
            return Ok(());
        }
        if let Some(entity) = misc.split('|').find_map(|feature| feature.strip_prefix("Entity=")) {
            self.entity(entity)?;
        }
        self.tokens += 1;
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        if let Some(columns) = comment.strip_prefix("global.Entity =") {
            self.columns.0 = columns.trim().split('-').map(str::to_owned).collect();
        } else if let Some(block) = comment.strip_prefix("newpar_block =") {
            let is_heading = block.trim_start().starts_with("head");
            if let Some((_, kind)) = self.blocks.last_mut().filter(|(token, _)| is_heading && *token == self.tokens) {
                *kind = if self.tokens == 0 { BlockKind::Headline } else { BlockKind::Heading };
            }
        } else if comment.starts_with("newpar") && self.blocks.last().is_none_or(|&(token, _)| token != self.tokens) {
            self.blocks.push((self.tokens, BlockKind::Paragraph));
        }
    }

    /// Reads the brackets at one token: `(1-person-…(2-place-…)` opens two and closes one, `2)1)` closes two.
    fn entity(&mut self, mut brackets: &str) -> Result<(), String> {
        if self.columns.0.is_empty() {
            self.columns.0 = ["eid", "etype", "head", "other"].map(str::to_owned).to_vec();
        }
        while !brackets.is_empty() {
            if let Some(opened) = brackets.strip_prefix('(') {
                let end = opened.find(['(', ')']).unwrap_or(opened.len());
                let fields: Vec<&str> = opened[..end].splitn(self.columns.0.len(), '-').collect();
                let chain = fields.first().copied().unwrap_or_default();
                if chain.is_empty() {
                    return Err(format!("a mention without the number of its chain: ({opened}"));
                }
                self.brackets.open(chain, self.tokens, fields.iter().map(|&field| field.to_owned()).collect());
                brackets = &opened[end..];
                if let Some(rest) = brackets.strip_prefix(')') {
                    self.close(chain)?;
                    brackets = rest;
                }
            } else {
                let Some((chain, rest)) = brackets.split_once(')') else {
                    return Err(format!("{brackets} neither opens nor closes a mention"));
                };
                self.close(chain)?;
                brackets = rest;
            }
        }
        Ok(())
    }

    fn close(&mut self, chain: &str) -> Result<(), String> {
        let (tokens, fields) = self.brackets.close(chain, self.tokens)?;
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let field = |names: &[&str]| self.columns.field(&fields, names);
        let wanted = field(&["minspan", "head"]).split(',').filter_map(|number| number.parse::<usize>().ok());
        let heads =
            wanted.filter_map(|number| Some(tokens.start + number.checked_sub(1)?)).filter(|t| tokens.contains(t));
        let raw = Raw {
            heads: heads.collect(),
            label: field(&["etype"]).to_owned(),
            link: field(&["link"]).to_owned(),
            identity: decode(field(&["identity"])),
            tokens,
        };
        // The parts of a mention with a gap, `7[1/2]` and `7[2/2]`, become one that spans the gap.
        let (number, part) = chain.split_once('[').unwrap_or((chain, "1/1]"));
        let chain = self.chains.entry(number.to_owned()).or_default();
        match chain.last_mut() {
            Some(first) if !part.starts_with("1/") => first.tokens.end = raw.tokens.end,
            _ => chain.push(raw),
        }
        Ok(())
    }
}

fn laid_out(text: &Text, starts: &[(usize, BlockKind)]) -> Vec<Block> {
    let count = text.tokens().len();
    let mut starts = starts.to_vec();
    if starts.first().is_none_or(|&(token, _)| token > 0) {
        starts.insert(0, (0, BlockKind::Paragraph));
    }
    let ends = starts.iter().skip(1).map(|&(token, _)| token).chain([count]);
    let blocks = starts.iter().zip(ends).filter(|((start, _), end)| start < end);
    blocks.map(|(&(start, kind), end)| Block { kind, span: text.span(start..end) }).collect()
}

/// The names of things, each with the identity of its thing; NIL where the corpus names none.
fn links(text: &Text, words: &Words, chains: &[Vec<Raw>], options: &Options) -> Vec<Linked> {
    let mut links = Vec::new();
    for chain in chains {
        let identity = chain.iter().map(|mention| mention.identity.as_str()).find(|identity| !identity.is_empty());
        let targets: Vec<String> = identity.iter().map(|title| options.identities.of(title)).collect();
        for mention in chain.iter().filter(|mention| form(text, words, mention) == Form::Name) {
            let heads = mention.heads.iter().map(|&head| text.tokens()[head].span).collect();
            links.push(Linked { span: text.span(mention.tokens.clone()), heads, targets: targets.clone() });
        }
    }
    links.sort_by_key(|link| link.span);
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# newdoc id = GUM_x
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# newpar
# newpar_block = head (1 s)
1\tAda\tAda\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-n-cf1-1-coref-Ada_Okafor)
2\tleads\tlead\tVERB\tVBZ\t_\t0\troot\t_\t_
3\tParis\tParis\tPROPN\tNNP\t_\t2\tobj\t_\tEntity=(2-place-new-n-cf2-1-sgl-Paris%2C_Texas)

# newpar
1\tMs.\tMs.\tPROPN\tNNP\t_\t2\tcompound\t_\tEntity=(1-person-giv-n-cf1-2-coref-Ada_Okafor
2\tOkafor\tOkafor\tPROPN\tNNP\t_\t8\tnsubj\t_\tEntity=1)|SpaceAfter=No
3\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_
4\ther\tshe\tPRON\tPRP$\t_\t5\tnmod:poss\t_\tEntity=(1-person-giv-n-cf1-2-appos(3-person-new-n-cf2-1-coref)
5\tboss\tboss\tNOUN\tNN\t_\t2\tappos\t_\tEntity=1)|SpaceAfter=No
6\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_
7\tshe\tshe\tPRON\tPRP\t_\t8\tnsubj\t_\tEntity=(3-person-giv-n-cf2-1-ana)
8\tsays\tsay\tVERB\tVBZ\t_\t0\troot\t_\t_
";

    fn spans<'a>(sample: &'a Sample) -> Vec<Vec<&'a str>> {
        let words = |chain: &'a Chain| chain.mentions.iter().map(|mention| mention.span.of(sample.text())).collect();
        sample.gold.chains.iter().flatten().map(words).collect()
    }

    #[test]
    fn chains_forms_and_identities_are_read() {
        let samples = read(Path::new("a.conllu"), SAMPLE, &Options::default()).unwrap();
        let sample = &samples[0];
        assert_eq!(sample.text(), "Ada leads Paris\n\nMs. Okafor, her boss, she says ");
        assert_eq!(sample.article.headline(), Some("Ada leads Paris"));
        assert_eq!(spans(sample), [vec!["Ada", "Ms. Okafor", "her boss"], vec!["Paris"], vec!["her", "she"]]);
        let chain = &sample.gold.chains.as_ref().unwrap()[0];
        assert_eq!(chain.mentions[1].heads[0].of(sample.text()), "Okafor");
        assert_eq!(chain.mentions.iter().map(|m| m.form).collect::<Vec<_>>(), [Form::Name, Form::Name, Form::Nominal]);
        let links: Vec<_> =
            sample.gold.links.iter().flatten().map(|l| (l.span.of(sample.text()), l.targets.join(" "))).collect();
        assert_eq!(
            links,
            [("Ada", "Ada Okafor".into()), ("Paris", "Paris, Texas".into()), ("Ms. Okafor", "Ada Okafor".into())]
        );
    }

    #[test]
    fn the_names_in_mentions_are_read() {
        let samples = read(Path::new("a.conllu"), SAMPLE, &Options::default()).unwrap();
        let names = samples[0].gold.names.iter().flatten();
        let names: Vec<_> = names.map(|name| (name.span.of(samples[0].text()), name.label.as_str())).collect();
        assert_eq!(names, [("Ada", "PER"), ("Paris", "LOC"), ("Okafor", "PER")]);
    }

    #[test]
    fn ontonotes_takes_an_apposition_as_part_of_the_mention() {
        let options = Options { ontonotes: true, ..Options::default() };
        let samples = read(Path::new("a.conllu"), SAMPLE, &options).unwrap();
        assert_eq!(spans(&samples[0])[0], ["Ada", "Ms. Okafor, her boss"]);
    }

    #[test]
    fn a_bracket_too_many_is_named() {
        let error =
            read(Path::new("a.conllu"), &SAMPLE.replace("Entity=1)|", "Entity=7)|"), &Options::default()).unwrap_err();
        assert_eq!(error.to_string(), "a.conllu:11: a mention of 7 ends that never began");
    }
}
