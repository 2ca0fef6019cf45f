//! What is found in texts: the examples of the data files, and tables of texts and entities, read by the built-in model.

use std::sync::{Arc, LazyLock};

use newsgraph::Span;
use newsgraph::article::{Article, Block, BlockKind, Dateline, Metadata, Origin};
use newsgraph::date::Stamp;
use newsgraph::document::{
    Act, AmountUnit, Argument, Attribution, Chain, Document, Fact, Kind, Mention, Object, Quote, Role, Tenure, Term,
    TimeMention,
};
use newsgraph::event::{Event, EventClass, EventMention, Participant};
use newsgraph::graph;
use newsgraph::pipeline::Pipeline;
use newsgraph::relate;
use newsgraph::relation::Range;
use newsgraph::resources::Resources;
use newsgraph::standing::{Certainty, Mode, Polarity, Standing};
use newsgraph::text::model::Model;
use newsgraph::times::value::TimeValue;
use newsgraph::vocab::{news, rdf, sem};
use oxigraph::model::{Literal, Quad};

static RESOURCES: LazyLock<Resources> = LazyLock::new(|| Resources::built_in().expect("the built-in data is sound"));
static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::new(Model::built_in().expect("the built-in model is sound"), RESOURCES.clone()));

/// An article of paragraphs; the first one is the headline where the text begins with `# `.
fn article(text: &str) -> Article {
    let (headline, text) = text.strip_prefix("# ").map_or((false, text), |text| (true, text));
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let kind = if headline && start == 0 { BlockKind::Headline } else { BlockKind::Paragraph };
        blocks.push(Block { kind, span: Span::new(start, start + paragraph.len()) });
        start += paragraph.len() + 2;
    }
    let origin = Origin { path: "test".into(), line: None };
    Article { origin, text: Arc::from(text), blocks, metadata: Metadata::default() }
}

fn read(text: &str) -> Document {
    PIPELINE.read(article(text))
}

fn words(document: &Document, span: Span) -> &str {
    span.of(&document.article.text)
}

/// Reads an article of a date.
fn read_on(text: &str, date: &str) -> Document {
    let mut article = article(text);
    article.metadata.published = date.parse().ok().map(Stamp::Day);
    PIPELINE.read(article)
}

/// `begin | end | inside | length | verb`.
fn shown_term(document: &Document, role: &Role) -> String {
    let Term { begin, end, inside, length, begun_by, ended_by, .. } = role.term;
    let value =
        |id: Option<usize>| id.and_then(|id| document.times[id].value).map_or("-".to_owned(), |it| it.to_string());
    let verb = begun_by.or(ended_by).map_or("-", |span| words(document, span));
    format!("{} | {} | {} | {} | {verb}", value(begin), value(end), value(inside), value(length))
}

fn shown_role(document: &Document, role: &Role) -> String {
    let organization = role.organization.map_or("-", |organization| document.entities[organization].name.as_str());
    let tenure = match role.tenure {
        Tenure::Current => "current",
        Tenure::Former => "former",
        Tenure::Future => "future",
        Tenure::Acting => "acting",
    };
    let person = &document.entities[role.person].name;
    let reserve = if role.standing.is_asserted() { "" } else { "?" };
    format!("{reserve}{person} | {} | {organization} | {tenure} | {}", words(document, role.title), role.rule)
}

/// A fact as an example has it: `subject | relation | object | rule`, with `?` before what is not asserted.
fn shown_fact(document: &Document, fact: &Fact) -> String {
    let argument = |it: Argument| match it.entity {
        Some(entity) => document.entities[entity].name.clone(),
        None => words(document, it.span).to_owned(),
    };
    let object = match &fact.object {
        Object::Thing(it) => argument(*it),
        Object::Time(time) => document.times[*time].value.map_or("?".to_owned(), |value| value.to_string()),
        Object::Words(span) => words(document, *span).to_owned(),
        Object::Amount(amount) => match amount.unit {
            AmountUnit::Money(code) => format!("{} {}", amount.value, String::from_utf8_lossy(&code)),
            AmountUnit::Percent => format!("{} %", amount.value),
            AmountUnit::Years => format!("{} years", amount.value),
            AmountUnit::Count => amount.value.to_string(),
        },
    };
    let reserve = if fact.standing.is_asserted() { "" } else { "?" };
    let tenure = match fact.tenure {
        Tenure::Current | Tenure::Acting => "",
        Tenure::Former => "former ",
        Tenure::Future => "future ",
    };
    format!("{reserve}{} | {tenure}{} | {object} | {}", argument(fact.subject), fact.relation, fact.rule)
}

#[test]
fn facts_are_those_of_the_examples() {
    check(RESOURCES.relations.examples().iter().map(|example| {
        let document = read(&example.text);
        let found = document.facts.iter().map(|fact| shown_fact(&document, fact)).collect();
        (example.text.clone(), found, example.facts.clone())
    }));
}

#[test]
fn arguments_of_facts_are_of_the_kinds_of_their_relation() {
    for example in RESOURCES.relations.examples() {
        let document = read(&example.text);
        for fact in &document.facts {
            let is_of =
                |it: Argument, kinds: &[Kind]| it.entity.is_none_or(|id| kinds.contains(&document.entities[id].kind));
            assert!(is_of(fact.subject, fact.relation.domain()), "{}: {}", fact.relation, example.text);
            if let (Object::Thing(object), Range::Things(kinds)) = (&fact.object, fact.relation.range()) {
                assert!(is_of(*object, kinds), "{}: {}", fact.relation, example.text);
            }
            assert!(fact.evidence.contains(fact.subject.span) && fact.evidence.contains(fact.predicate));
        }
    }
}

#[test]
fn names_are_those_of_the_examples() {
    check(RESOURCES.names.examples().iter().map(|example| {
        let document = read(&example.text);
        let named = |mention: &Mention| {
            let kind = document.entities[mention.entity].kind;
            format!("{} = {kind:?}", words(&document, mention.span))
        };
        (example.text.clone(), document.mentions.iter().map(named).collect(), example.names.clone())
    }));
}

fn shown_quote(document: &Document, quote: &Quote) -> String {
    let cue = quote.cue.map_or("-", |cue| words(document, cue));
    let speaker = quote.speaker.map_or("-".to_owned(), |speaker| {
        let said = words(document, speaker.span);
        match speaker.entity.map(|entity| document.entities[entity].name.as_str()) {
            Some(name) if name != said => format!("{said} = {name}"),
            _ => said.to_owned(),
        }
    });
    format!("{} | {cue} | {speaker}", words(document, quote.span))
}

fn shown_attribution(document: &Document, attribution: &Attribution) -> String {
    let source = attribution.source.map_or("-", |source| words(document, source.span));
    let cue = attribution.cue.map_or("-", |cue| words(document, cue));
    let content = attribution.content.iter().map(|span| words(document, *span)).collect::<Vec<_>>().join(" … ");
    let act = match attribution.act {
        Act::Says => "says",
        Act::Denies => "denies",
        Act::Asks => "asks",
        Act::LeavesOpen => "leaves-open",
    };
    format!("{source} | {cue} | {content} | {act}")
}

/// Fails with all texts whose findings are not the expected ones.
fn shown_time(document: &Document, time: &TimeMention) -> String {
    let every = if matches!(time.value, Some(TimeValue::Every(..))) { " set" } else { "" };
    let modifier = time.modifier.map(|modifier| format!(" {modifier:?}").to_lowercase()).unwrap_or_default();
    let value = time.value.map_or("?".to_owned(), |value| value.to_string());
    format!("{} = {value}{every}{modifier}", words(document, time.span))
}

fn check<T: PartialEq + std::fmt::Debug>(cases: impl Iterator<Item = (String, T, T)>) {
    let wrong: Vec<String> = cases
        .filter(|(_, found, expected)| found != expected)
        .map(|(text, found, expected)| format!("{text}\n  found    {found:?}\n  expected {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the words of an example's reference surely refer to, from a place in the text on; and where they end.
fn shown_reference(document: &Document, reference: &str, from: usize) -> (String, usize) {
    let said = reference.split(" = ").next().expect("a reference has words");
    let text = &document.article.text;
    let found = text[from..].match_indices(said).map(|(at, _)| Span::new(from + at, from + at + said.len()));
    let is_word = |span: &Span| !text[span.end..].starts_with(char::is_alphanumeric);
    let span = found.into_iter().find(is_word).expect("the words stand in the text");
    let holds = |chain: &&Chain| chain.references.iter().any(|it| it.is_sure && it.span == span);
    let entity = document.chains.iter().find(holds).and_then(|chain| chain.entity);
    (format!("{said} = {}", entity.map_or("-", |entity| document.entities[entity].name.as_str())), span.end)
}

/// How the words of an example's standing stand, from a token of the text on; and the token after them.
fn shown_standing(document: &Document, standings: &[Standing], expected: &str, from: usize) -> (String, usize) {
    let word = expected.split(" = ").next().expect("a standing is of a word");
    let token =
        (from..standings.len()).find(|&token| document.text.word(token) == word).expect("the word is in the text");
    let standing = standings[token];
    let parts = [
        (standing.polarity == Polarity::Denied).then_some("denied"),
        match standing.certainty {
            Certainty::Certain => None,
            Certainty::Probable => Some("probable"),
            Certainty::Possible => Some("possible"),
        },
        match standing.mode {
            Mode::Told => None,
            Mode::Asked => Some("asked"),
            Mode::Planned => Some("planned"),
            Mode::Supposed => Some("supposed"),
        },
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    let shown = if parts.is_empty() { "asserted".to_owned() } else { parts.join(" ") };
    (format!("{word} = {shown}"), token + 1)
}

#[test]
fn standings_are_those_of_the_examples() {
    check(RESOURCES.factuality.examples().iter().map(|example| {
        let document = read(&example.text);
        let standings = relate::standings(&document.text, &document.attributions, &RESOURCES);
        let mut from = 0;
        let found = example.standings.iter().map(|expected| {
            let (shown, next) = shown_standing(&document, &standings, expected, from);
            from = next;
            shown
        });
        (example.text.clone(), found.collect(), example.standings.clone())
    }));
}

/// An event of an example: its class and lemma, then what takes part in its mentions.
fn shown_event(document: &Document, event: &Event) -> String {
    let class = event.class.map_or("-", EventClass::name);
    let part = |participant: &Participant| {
        let said = words(document, participant.span);
        match participant.entity.map(|entity| document.entities[entity].name.as_str()) {
            Some(name) if name != said => format!("{} {said} = {name}", participant.role.name()),
            _ => format!("{} {said}", participant.role.name()),
        }
    };
    let mention = |mention: &EventMention| {
        let times = mention.times.iter().map(|&time| format!("time {}", words(document, document.times[time].span)));
        let parts: Vec<String> = mention.participants.iter().map(part).chain(times).collect();
        parts.join("; ")
    };
    let mentions: Vec<String> = event.mentions.iter().map(mention).collect();
    format!("{class} {}: {}", event.lemma, mentions.join(" / "))
}

#[test]
fn events_are_those_of_the_examples() {
    check(RESOURCES.events.examples().iter().map(|example| {
        let document = read(&example.text);
        let told = document.events.iter().filter(|event| event.mentions.iter().any(|mention| !mention.is_bare));
        let found = told.map(|event| shown_event(&document, event)).collect();
        (example.text.clone(), found, example.events.clone())
    }));
}

/// What is denied, doubted, planned, asked or said by somebody is never written as an event, in no example of any data file.
#[test]
fn no_event_is_written_that_is_not_stated() {
    let texts = RESOURCES.factuality.examples().iter().map(|example| &example.text);
    let texts = texts.chain(RESOURCES.events.examples().iter().map(|example| &example.text));
    let texts = texts.chain(RESOURCES.sayings.examples().iter().map(|example| &example.text));
    let mut stated = 0;
    for text in texts {
        let document = read(text);
        let quads = graph::quads(&document, &graph::Options::default());
        let is_written = |span: Span| {
            let place = format!("#char={},", text[..span.start].chars().count());
            let evidence = |quad: &&Quad| quad.predicate == news::EVIDENCE && quad.object.to_string().contains(&place);
            let is_event = |quad: &Quad| {
                quads.iter().any(|it| {
                    it.subject == quad.subject
                        && it.predicate == rdf::TYPE
                        && it.object == oxigraph::model::Term::from(sem::EVENT)
                })
            };
            quads.iter().filter(evidence).any(is_event)
        };
        for event in &document.events {
            let asserted = event.mentions.iter().any(|mention| mention.standing.is_asserted());
            stated += usize::from(asserted);
            let first = event.mentions[0].trigger;
            let label = words(&document, first);
            let node = quads.iter().find(|quad| {
                quad.predicate == news::LEMMA
                    && quad.object == oxigraph::model::Term::from(Literal::from(&*event.lemma))
            });
            let types = node.map(|node| {
                quads
                    .iter()
                    .filter(|it| it.subject == node.subject && it.predicate == rdf::TYPE)
                    .map(|it| it.object.clone())
                    .collect::<Vec<_>>()
            });
            let same_lemma = document.events.iter().filter(|other| other.lemma == event.lemma).count();
            if !asserted && same_lemma == 1 {
                assert!(types.is_none_or(|types| !types.contains(&sem::EVENT.into())), "{label} in {text}");
                assert!(!is_written(first), "{label} in {text}");
            }
        }
    }
    assert!(stated > 40, "only {stated} events are stated");
}

#[test]
fn references_are_those_of_the_examples() {
    check(RESOURCES.coreference.examples().iter().map(|example| {
        let document = read(&example.text);
        let mut from = 0;
        let found = example.references.iter().map(|reference| {
            let (shown, end) = shown_reference(&document, reference, from);
            from = end;
            shown
        });
        (example.text.clone(), found.collect(), example.references.clone())
    }));
}

#[test]
fn roles_are_those_of_the_examples() {
    check(RESOURCES.titles.examples().iter().map(|example| {
        let document = read_on(&example.text, &example.date);
        let found = document.roles.iter().map(|role| shown_role(&document, role)).collect();
        (example.text.clone(), found, example.roles.clone())
    }));
}

#[test]
fn terms_of_roles_are_those_of_the_examples() {
    let dated = RESOURCES.titles.examples().iter().filter(|example| !example.terms.is_empty());
    check(dated.map(|example| {
        let document = read_on(&example.text, &example.date);
        let found = document.roles.iter().map(|role| shown_term(&document, role)).collect();
        (example.text.clone(), found, example.terms.clone())
    }));
}

#[test]
fn attributions_are_those_of_the_examples() {
    check(RESOURCES.attributions.examples().iter().map(|example| {
        let document = read(&example.text);
        let found = document.attributions.iter().map(|it| shown_attribution(&document, it)).collect();
        (example.text.clone(), found, example.attributions.clone())
    }));
}

#[test]
fn quotes_are_those_of_the_examples() {
    check(RESOURCES.sayings.examples().iter().map(|example| {
        let document = read(&example.text);
        let found = document.quotes.iter().map(|quote| shown_quote(&document, quote)).collect();
        (example.text.clone(), found, example.quotes.clone())
    }));
}

#[test]
fn times_are_those_of_the_examples() {
    check(RESOURCES.times.examples().iter().map(|example| {
        let mut article = article(&example.text);
        article.metadata.published = example.date.parse().ok().map(Stamp::Day);
        let document = PIPELINE.read(article);
        let found = document.times.iter().map(|time| shown_time(&document, time)).collect();
        (example.text.clone(), found, example.times.clone())
    }));
}

#[test]
fn evidence_holds_title_and_holder() {
    for example in RESOURCES.titles.examples() {
        let document = read(&example.text);
        for role in &document.roles {
            assert!(role.evidence.contains(role.title), "{}", example.text);
            let named = document.mentions.iter().any(|m| m.entity == role.person && role.evidence.contains(m.span));
            let mut chains = document.chains.iter().filter(|chain| chain.entity == Some(role.person));
            let meant =
                chains.any(|chain| chain.references.iter().any(|it| it.is_sure && role.evidence.contains(it.head)));
            assert!(named || meant, "{}", example.text);
        }
    }
}

#[test]
fn a_role_inside_a_quote_is_the_speakers_word() {
    let document = read("“I spoke to Prime Minister Tomas Brandt,” Lena Kessler said.");
    let [role] = document.roles.as_slice() else { panic!("{:?}", document.roles) };
    assert_eq!(role.standing.attribution, Some(0));
    assert_eq!(
        shown_quote(&document, &document.quotes[0]),
        "I spoke to Prime Minister Tomas Brandt, | said | Lena Kessler"
    );
}

/// Each entity with its other names, in the order of the text.
fn shown_entities(document: &Document) -> Vec<String> {
    let shown = document.entities.iter().map(|entity| {
        let names: Vec<&str> = std::iter::once(&entity.name).chain(&entity.other_names).map(String::as_str).collect();
        format!("{:?}: {}", entity.kind, names.join(", "))
    });
    shown.collect()
}

#[test]
fn names_of_one_thing_are_one_entity() {
    let cases: [(&str, &[&str]); 15] = [
        ("Lena Kessler resigned on Tuesday. Kessler's deputy praised Ms Kessler.", &["Person: Lena Kessler, Kessler"]),
        (
            "The International Atomic Energy Agency (IAEA) met in Vienna. The IAEA said it would wait.",
            &["Organization: International Atomic Energy Agency, IAEA", "Region: Vienna"],
        ),
        (
            "The United States said no. The U.S. had said yes, and the US may say no again.",
            &["Region: United States, U.S., US"],
        ),
        (
            "Martin Feld lost his appeal. Sarah Feld, his lawyer, wept. Feld was led away.",
            &["Person: Martin Feld", "Person: Sarah Feld", "Person: Feld"],
        ),
        // Somebody's relative goes by her given name.
        (
            "Martin Feld lost his appeal. Sarah Feld, his daughter, wept. Feld was led away.",
            &["Person: Martin Feld, Feld", "Person: Sarah Feld"],
        ),
        (
            "Donald Harrow met his son, Donald Harrow Jr., in Boston.",
            &["Person: Donald Harrow", "Person: Donald Harrow Jr.", "Region: Boston"],
        ),
        (
            "President Donald J. Harrow spoke in Boston. Donald Harrow then left.",
            &["Person: Donald J. Harrow, Donald Harrow", "Region: Boston"],
        ),
        ("Apple Inc. cut its prices on Monday. Apple did not say why.", &["Organization: Apple Inc., Apple"]),
        (
            "# KESSLER QUITS OVER MEMO\n\nLena Kessler resigned on Tuesday after a row in Geneva.",
            &["Person: Lena Kessler, KESSLER", "Region: Geneva"],
        ),
        (
            "Corvane Minerals Inc cut its prices on Monday. Corvane did not say why, and shares in Corvane fell.",
            &["Organization: Corvane Minerals Inc, Corvane"],
        ),
        (
            "The National Bank of Peru lent money to Bank of Lima. The Bank of Peru did not.",
            &["Organization: National Bank of Peru", "Organization: Bank of Lima", "Organization: Bank of Peru"],
        ),
        (
            "Lena Kessler sued her brother, Daniel Kessler. Ms Kessler won, and Mr Kessler wept.",
            &["Person: Lena Kessler, Kessler", "Person: Daniel Kessler, Kessler"],
        ),
        (
            "Conor Rourke met his dentist, Dr Eithne Rourke, in May. Dr Rourke said nothing. Mr Rourke left.",
            &["Person: Conor Rourke, Rourke", "Person: Eithne Rourke, Rourke"],
        ),
        (
            "The barrister, Eleanor Whitcombe KC, spoke first. Miss Whitcombe questioned DI Malik.",
            &["Person: Eleanor Whitcombe, Whitcombe", "Person: Malik"],
        ),
        (
            "Dr. Hiroshi Tanaka and Sir Piers Hammond met in May. “Mr Hammond was late,” Tanaka said.",
            &["Person: Hiroshi Tanaka, Tanaka", "Person: Piers Hammond, Hammond"],
        ),
    ];
    check(cases.into_iter().map(|(text, expected)| {
        let found = shown_entities(&read(text));
        (text.to_owned(), found, expected.iter().map(|entity| (*entity).to_owned()).collect())
    }));
}

#[test]
fn the_place_of_the_dateline_is_mentioned() {
    let text = "GENEVA, Feb 14 - Envoys met in Geneva on Tuesday.";
    let prose = text.find("Envoys").unwrap();
    let mut article = article(text);
    article.blocks = vec![
        Block { kind: BlockKind::Dateline, span: Span::new(0, prose - 1) },
        Block { kind: BlockKind::Paragraph, span: Span::new(prose, text.len()) },
    ];
    article.metadata.dateline = Some(Dateline { place: Span::new(0, 6), date: None, agency: None });
    let document = PIPELINE.read(article);
    assert_eq!(shown_entities(&document), ["Region: Geneva"]);
    assert_eq!(document.mentions.iter().map(|m| words(&document, m.span)).collect::<Vec<_>>(), ["GENEVA", "Geneva"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Whatever is read, spans lie on whole characters, mentions keep their order and everything refers to what exists.
    #[test]
    fn any_text_is_read(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "“", "”", "‘", "’", "\"", "'", ",", ".", ":", "(", ")", "-", "—", "\n\n", "5\"", "é", "🎉", "李雷", "and", "of", "the", "of the",
            "said", "told reporters", "according to", "who", "is", "was", "not", "president", "former", "-elect", "acting",
            "chief executive", "ministers", "Jane Roe", "John Doe", "Roe", "Acme", "French", "IAEA", "she", "It is over", "Mr", "Lt.",
        ]), 0..24), spaced: bool)
    {
        let document = read(parts.join(if spaced { " " } else { "" }).trim());
        let text = &document.article.text;
        for mention in &document.mentions {
            proptest::prop_assert!(text.get(mention.span.start..mention.span.end).is_some_and(|words| !words.is_empty()));
        }
        proptest::prop_assert!(document.mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        for quote in &document.quotes {
            proptest::prop_assert!(text.get(quote.span.start..quote.span.end).is_some());
            proptest::prop_assert!(quote.speaker.and_then(|s| s.entity).is_none_or(|id| id < document.entities.len()));
        }
        for role in &document.roles {
            let known = role.person.max(role.organization.unwrap_or(0)) < document.entities.len();
            proptest::prop_assert!(known && role.evidence.contains(role.title));
        }
    }
}

#[test]
fn texts_without_words_hold_nothing() {
    for text in ["", " ", "\n\n", "“”", "“ ”\n\n''\n\n\"", "— , . “", "😀", "of", "President"] {
        let document = read(text);
        assert_eq!((document.quotes.len(), document.roles.len()), (0, 0), "{text:?}");
    }
}

#[test]
fn nouns_beside_names_tell_the_classes_of_the_examples() {
    for example in RESOURCES.classes.examples() {
        let document = read(&example.text);
        for stated in &example.classes {
            let (name, expected) = stated.rsplit_once(" = ").expect("name = class");
            let entity = document.entities.iter().find(|entity| entity.name == name);
            let class = entity.and_then(|entity| entity.class).map_or("-", |class| class.name());
            assert_eq!(class, expected, "{name}: {}\n{:#?}", example.text, document.entities);
        }
    }
}
