//! Documents put together by hand, from words of their text.

use newsgraph::Span;
use newsgraph::article::{Article, Block, BlockKind, Dateline, Metadata, Origin};
use newsgraph::class::Class;
use newsgraph::date::Stamp;
use newsgraph::document::{
    Act, Amount, AmountUnit, Argument, Attribution, Chain, Document, Entity, Fact, Form, Kind, Link, Mention, Object,
    Quote, Reference, Role, Speaker, Tenure, Term, TimeMention, Wording,
};
use newsgraph::event::{Event, EventClass, EventMention, Participant, ParticipantRole};
use newsgraph::graph::{Detail, Options};
use newsgraph::relation::{Range, Relation};
use newsgraph::standing::{Certainty, Mode, Polarity, Standing};
use newsgraph::text::Text;
use newsgraph::times::value::{Modifier, Period, TimeValue, Unit};

/// An article with accents, CJK and an emoji, that holds every kind of thing and every tenure.
pub(crate) const TEXT: &str = "\
Östra Bridge will open in May, minister says

LINDHAVEN, March 2 (Norden Wire) -

Transport Secretary Zoë Lindqvist said the Östra Bridge would open in May. The Norden Ports Authority, once run by \
former director Per Holm 🎉, has hired Li Wei (李伟) as incoming director.

“I spoke to Port Commissioner Ida Berg and to former mayor Jon Dahl,” Lindqvist said. “It is on time,” two officials \
said. “The Norse will hear of it.”

Acting Harbour Master Bo Ek of the Norden Ports Authority cited the Harbours Act, the Spring Regatta, the film Tides, \
the Mark II crane and the Skagen strait, in Danish, at a hearing in Lindhaven.";

/// Puts a document together from words of its text.
pub(crate) struct Builder {
    pub(crate) document: Document,
}

impl Builder {
    pub(crate) fn new(text: &str) -> Self {
        let article = Article {
            origin: Origin { path: "bridge.txt".into(), line: None },
            text: text.into(),
            blocks: Vec::new(),
            metadata: Metadata::default(),
        };
        let text = Text::new(text.into(), Vec::new(), Vec::new(), Vec::new());
        let document = Document {
            article,
            text,
            entities: Vec::new(),
            mentions: Vec::new(),
            chains: Vec::new(),
            quotes: Vec::new(),
            attributions: Vec::new(),
            times: Vec::new(),
            roles: Vec::new(),
            facts: Vec::new(),
            events: Vec::new(),
        };
        Self { document }
    }

    /// The first place of the words.
    pub(crate) fn span(&self, words: &str) -> Span {
        let start = self.document.article.text.find(words).unwrap_or_else(|| panic!("no {words:?} in the text"));
        Span::new(start, start + words.len())
    }

    pub(crate) fn block(&mut self, kind: BlockKind, from: &str, to: &str) {
        let span = self.span(from).cover(self.span(to));
        self.document.article.blocks.push(Block { kind, span });
    }

    /// An entity, mentioned wherever its names stand.
    pub(crate) fn entity(&mut self, kind: Kind, name: &str, other_names: &[&str]) -> usize {
        let entity = self.document.entities.len();
        let other_names: Vec<String> = other_names.iter().map(|name| (*name).to_owned()).collect();
        let text = self.document.article.text.clone();
        for name in other_names.iter().map(String::as_str).chain([name]) {
            for (start, _) in text.match_indices(name) {
                let span = Span::new(start, start + name.len());
                if self.document.mentions.iter().all(|mention| !mention.span.overlaps(span)) {
                    self.document.mentions.push(Mention { span, entity, confidence: 0.9 });
                }
            }
        }
        self.document.mentions.sort_by_key(|mention| mention.span);
        self.document.entities.push(Entity { other_names, ..Entity::new(kind, name) });
        entity
    }

    pub(crate) fn quote(&mut self, words: &str, cue: Option<&str>, speaker: Option<(&str, Option<usize>)>) -> usize {
        let quote = Quote {
            span: self.span(words),
            cue: cue.map(|cue| Span::new(self.span(cue).end - 4, self.span(cue).end)),
            speaker: speaker.map(|(words, entity)| Speaker { span: self.span(words), entity }),
        };
        self.document.quotes.push(quote);
        let id = self.document.quotes.len() - 1;
        self.document.attributions.push(Attribution {
            content: vec![quote.span],
            cue: quote.cue,
            source: quote.speaker,
            behalf: None,
            act: Act::Says,
            wording: Wording::Direct,
            within: None,
            quotes: vec![id],
            rule: "quote".into(),
            confidence: 0.9,
        });
        id
    }

    /// A chain of words that speak of an entity, with how sure that is; below 0.6 it is not sure enough.
    pub(crate) fn chain(&mut self, entity: usize, references: &[(&str, Form, f32)]) {
        let reference = |&(words, form, confidence): &(&str, Form, f32)| {
            let span = self.span(words);
            Reference { span, head: span, form, confidence, is_sure: confidence >= 0.6 }
        };
        let references = references.iter().map(reference).collect();
        self.document.chains.push(Chain { entity: Some(entity), references });
    }

    pub(crate) fn time(&mut self, words: &str, value: TimeValue) {
        let span = self.span(words);
        self.document.times.push(TimeMention { span, value: Some(value), modifier: None });
    }

    pub(crate) fn role(&mut self, person: usize, title: &str, tenure: Tenure, evidence: &str) -> &mut Role {
        self.document.roles.push(Role {
            person,
            title: self.span(title),
            organization: None,
            tenure,
            term: Term::default(),
            evidence: self.span(evidence),
            rule: "title-before-name".into(),
            confidence: 0.8,
            standing: Standing::default(),
        });
        self.document.roles.last_mut().unwrap()
    }
}

pub(crate) fn bridge() -> Document {
    let mut b = Builder::new(TEXT);
    b.block(BlockKind::Headline, "Östra", "minister says");
    b.block(BlockKind::Dateline, "LINDHAVEN", "(Norden Wire) -");
    b.block(BlockKind::Paragraph, "Transport", "incoming director.");
    b.block(BlockKind::Paragraph, "“I spoke", "hear of it.”");
    b.block(BlockKind::Paragraph, "Acting", "in Lindhaven.");

    let bridge = b.entity(Kind::Facility, "Östra Bridge", &[]);
    assert_eq!(bridge, 0);
    let lindqvist = b.entity(Kind::Person, "Zoë Lindqvist", &["Lindqvist"]);
    let authority = b.entity(Kind::Organization, "Norden Ports Authority", &[]);
    let holm = b.entity(Kind::Person, "Per Holm", &[]);
    let li = b.entity(Kind::Person, "Li Wei", &["李伟"]);
    let berg = b.entity(Kind::Person, "Ida Berg", &[]);
    let dahl = b.entity(Kind::Person, "Jon Dahl", &[]);
    let ek = b.entity(Kind::Person, "Bo Ek", &[]);
    let lindhaven = b.entity(Kind::Region, "Lindhaven", &[]);
    b.entity(Kind::Group, "Norse", &[]);
    b.entity(Kind::Law, "Harbours Act", &[]);
    b.entity(Kind::Event, "Spring Regatta", &[]);
    b.entity(Kind::Work, "Tides", &[]);
    b.entity(Kind::Product, "Mark II", &[]);
    b.entity(Kind::Place, "Skagen", &[]);
    b.entity(Kind::Language, "Danish", &[]);

    let first = "I spoke to Port Commissioner Ida Berg and to former mayor Jon Dahl,";
    let said = b.quote(first, Some("Lindqvist said"), Some(("Lindqvist said", Some(lindqvist))));
    b.quote("It is on time,", Some("officials said"), Some(("two officials", None)));
    b.quote("The Norse will hear of it.", None, None);

    let minister = ("minister", Form::Nominal, 0.7);
    b.chain(lindqvist, &[minister, ("Transport Secretary Zoë Lindqvist", Form::Name, 1.0), ("I", Form::Pronoun, 0.9)]);
    b.chain(bridge, &[("the Östra Bridge", Form::Name, 1.0), ("It", Form::Pronoun, 0.5)]);

    b.time("May", TimeValue::Period(Period::Month(2017, 5)));
    b.time("March 2", TimeValue::Period(Period::Day("2017-03-02".parse().unwrap())));

    b.role(lindqvist, "Transport Secretary", Tenure::Current, "Transport Secretary Zoë Lindqvist");
    b.role(holm, "director", Tenure::Former, "former director Per Holm").organization = Some(authority);
    let evidence =
        "Norden Ports Authority, once run by former director Per Holm 🎉, has hired Li Wei (李伟) as incoming director";
    b.role(li, "director", Tenure::Future, evidence).organization = Some(authority);
    b.role(ek, "Harbour Master", Tenure::Acting, "Acting Harbour Master Bo Ek of the Norden Ports Authority")
        .organization = Some(authority);
    let commissioner = b.role(berg, "Port Commissioner", Tenure::Current, "Port Commissioner Ida Berg");
    (commissioner.standing, commissioner.organization) = (said_in(said), Some(lindhaven));
    b.role(dahl, "mayor", Tenure::Former, "former mayor Jon Dahl").standing = said_in(said);

    let dateline =
        Dateline { place: b.span("LINDHAVEN"), date: Some(b.span("March 2")), agency: Some(b.span("Norden Wire")) };
    b.document.article.metadata = Metadata {
        url: Some("https://news.example/2017/bridge#comments".parse().unwrap()),
        published: Some(Stamp::Time("2017-03-02T18:30:00".parse().unwrap(), Some(jiff::tz::offset(1)))),
        modified: Some(Stamp::Day("2017-03-03".parse().unwrap())),
        authors: vec!["Jane Roe".into(), "Norden Wire staff".into()],
        publisher: Some("Norden Wire".into()),
        language: Some("en".into()),
        section: Some("Transport".into()),
        keywords: vec!["bridges".into(), "ports".into()],
        dateline: Some(dateline),
    };
    b.document
}

/// How the words of an event take part, by role.
fn part(b: &Builder, role: ParticipantRole, words: &str, entity: usize) -> Participant {
    Participant { role, span: b.span(words), head: b.span(words), entity: Some(entity) }
}

/// A mention of an event by its words, in which nobody takes part yet.
fn told(b: &Builder, words: &str, standing: Standing) -> EventMention {
    EventMention {
        trigger: b.span(words),
        standing,
        is_future: false,
        is_bare: false,
        participants: Vec::new(),
        times: Vec::new(),
        rule: "verb.class",
        confidence: 0.9,
    }
}

/// An article that states some events, reports others, and holds one of each class.
pub(crate) fn events() -> Document {
    let mut b = Builder::new(
        "Acme sold Brix to Corr for Danish crowns in Eden on 4 May. The sale was denied by Dee. Acme may have given Corr \
         the Fox ferry in Eden in 2011, using Grit, with Hale. Acme will open a mine. Acme is a firm. Dee said so.",
    );
    let acme = b.entity(Kind::Organization, "Acme", &[]);
    let brix = b.entity(Kind::Organization, "Brix", &[]);
    let corr = b.entity(Kind::Organization, "Corr", &[]);
    let eden = b.entity(Kind::Region, "Eden", &[]);
    let dee = b.entity(Kind::Person, "Dee", &[]);
    let fox = b.entity(Kind::Product, "Fox", &[]);
    let grit = b.entity(Kind::Product, "Grit", &[]);
    let hale = b.entity(Kind::Person, "Hale", &[]);
    b.document.article.metadata.language = Some("en".into());
    let days = [("4 May", Period::Day("2020-05-04".parse().unwrap())), ("2011", Period::Year(2011))];
    for (words, period) in days {
        let span = b.span(words);
        b.document.times.push(TimeMention { span, value: Some(TimeValue::Period(period)), modifier: None });
    }
    b.document.attributions.push(Attribution {
        content: vec![b.span("The sale")],
        cue: Some(b.span("denied")),
        source: Some(Speaker { span: b.span("Dee"), entity: Some(dee) }),
        behalf: None,
        act: Act::Denies,
        wording: Wording::Indirect,
        within: None,
        quotes: Vec::new(),
        rule: "verb".into(),
        confidence: 0.9,
    });

    use ParticipantRole::{Agent, Instrument, Other, Patient, Place, Recipient};
    let mut sold = told(&b, "sold", Standing::default());
    sold.participants = vec![
        part(&b, Agent, "Acme", acme),
        part(&b, Patient, "Brix", brix),
        part(&b, Recipient, "Corr", corr),
        part(&b, Place, "Eden", eden),
        part(&b, Instrument, "Grit", grit),
        part(&b, Other, "Hale", hale),
    ];
    sold.times = vec![0];
    let denied = Standing { polarity: Polarity::Denied, attribution: Some(0), ..Standing::default() };
    let mut sale = told(&b, "sale", denied);
    sale.participants = vec![part(&b, Agent, "Acme", acme)];
    let mentions = vec![sold, sale];
    b.document.events.push(Event { class: Some(EventClass::Transaction), lemma: "sell".into(), mentions });

    let possible = Standing { certainty: Certainty::Possible, ..Standing::default() };
    let mut given = told(&b, "given", possible);
    given.participants = vec![
        part(&b, Agent, "Acme", acme),
        part(&b, Recipient, "Corr", corr),
        part(&b, Patient, "Fox", fox),
        part(&b, Place, "Eden", eden),
        part(&b, Instrument, "Grit", grit),
        part(&b, Other, "Hale", hale),
    ];
    given.times = vec![1];
    b.document.events.push(Event { class: Some(EventClass::Aid), lemma: "give".into(), mentions: vec![given] });

    // What would take place: one in each mode, one of them only likely.
    for (words, mode) in [("ferry", Mode::Planned), ("crowns", Mode::Asked), ("mine", Mode::Supposed)] {
        let standing = Standing { mode, certainty: Certainty::Probable, ..Standing::default() };
        let mut mention = told(&b, words, standing);
        mention.participants = vec![part(&b, Agent, "Acme", acme)];
        b.document.events.push(Event { class: None, lemma: words.into(), mentions: vec![mention] });
    }

    let mut open = told(&b, "open", Standing::default());
    (open.is_future, open.participants) = (true, vec![part(&b, Agent, "Acme", acme)]);
    b.document.events.push(Event { class: Some(EventClass::Launch), lemma: "open".into(), mentions: vec![open] });

    let mut is = told(&b, "is", Standing::default());
    (is.is_bare, is.participants) = (true, vec![part(&b, Agent, "Acme", acme)]);
    b.document.events.push(Event { class: None, lemma: "be".into(), mentions: vec![is] });
    b.document
}

/// Events of all classes, which one person does, told by a spokeswoman; by two of them a post begins and ends.
pub(crate) fn event_classes() -> Document {
    let names: Vec<&str> = EventClass::ALL.iter().map(|class| class.name()).collect();
    let mut b = Builder::new(&format!("A spokeswoman for Dee said so. She did: {}", names.join(", ")));
    let dee = b.entity(Kind::Person, "Dee", &[]);
    b.document.attributions.push(Attribution {
        content: vec![b.span("so")],
        cue: Some(b.span("said")),
        source: Some(Speaker { span: b.span("A spokeswoman for Dee"), entity: None }),
        behalf: Some(dee),
        act: Act::Says,
        wording: Wording::Indirect,
        within: None,
        quotes: Vec::new(),
        rule: "verb".into(),
        confidence: 0.9,
    });
    let [begun, ended] = [0, 1].map(|class: usize| b.span(names[class]));
    let role = b.role(dee, "She", Tenure::Former, "She did");
    role.term = Term { begun_by: Some(begun), ended_by: Some(ended), ..Term::default() };
    for class in EventClass::ALL {
        let mut mention = told(&b, class.name(), Standing::default());
        mention.participants = vec![part(&b, ParticipantRole::Agent, "Dee", dee)];
        b.document.events.push(Event { class: Some(*class), lemma: class.name().into(), mentions: vec![mention] });
    }
    b.document
}

/// How something stands that is said in an attribution.
pub(crate) fn said_in(attribution: usize) -> Standing {
    Standing { attribution: Some(attribution), ..Standing::default() }
}

/// An article with a fact of every relation, and a post whose bounds are known.
pub(crate) fn relations() -> Document {
    let kinds = Kind::ALL.map(|kind| format!("Some {0}, other {0}", kind.name()));
    let mut b = Builder::new(&format!("{}: 2016, three years, $3m, 54.", kinds.join(", ")));
    let things = Kind::ALL.map(|kind| {
        (
            kind,
            b.entity(kind, &format!("Some {}", kind.name()), &[]),
            b.entity(kind, &format!("other {}", kind.name()), &[]),
        )
    });
    let time = |b: &mut Builder, words: &str, value| {
        b.document.times.push(TimeMention { span: b.span(words), value: Some(value), modifier: None });
        b.document.times.len() - 1
    };
    let year = time(&mut b, "2016", TimeValue::Period(Period::Year(2016)));
    let length = time(&mut b, "three years", TimeValue::Duration(Some(3), Unit::Year));
    let money = Amount { span: b.span("$3m"), value: 3e6, unit: AmountUnit::Money(*b"USD"), modifier: None };
    let number = Amount { span: b.span("54"), value: 54.0, unit: AmountUnit::Years, modifier: None };
    for relation in Relation::ALL {
        let argument = |kinds: &[Kind], other: bool| {
            let (_, one, two) = things.into_iter().find(|(kind, ..)| kinds.contains(kind)).unwrap();
            let entity = if other { two } else { one };
            let span = b.document.mentions.iter().find(|mention| mention.entity == entity).unwrap().span;
            Argument { span, entity: Some(entity) }
        };
        let object = match relation.range() {
            Range::Things(kinds) => Object::Thing(argument(kinds, true)),
            Range::Time => Object::Time(year),
            Range::Money => Object::Amount(Amount { modifier: Some(Modifier::More), ..money }),
            Range::Number => Object::Amount(Amount { modifier: Some(Modifier::About), ..number }),
            Range::Words => Object::Words(b.span("54")),
        };
        let subject = argument(relation.domain(), false);
        b.document.facts.push(Fact {
            relation: *relation,
            subject,
            object,
            tenure: if *relation == Relation::Owner { Tenure::Former } else { Tenure::Current },
            time: Some(year),
            amount: (*relation == Relation::Acquired).then_some(Amount { modifier: Some(Modifier::Less), ..money }),
            standing: Standing::default(),
            predicate: subject.span,
            evidence: subject.span,
            rule: "by-hand".into(),
            confidence: 0.9,
        });
    }
    let person = b.document.facts[0].subject.entity.unwrap();
    let role = b.role(person, "Some Person", Tenure::Former, "Some Person, other Person");
    let words = role.title;
    role.term =
        Term { begin: Some(year), end: Some(year), length: Some(length), words: Some(words), ..Term::default() };
    b.document
}

/// An article that speaks of one thing of each class, the first known for sure and the others less.
pub(crate) fn classes() -> Document {
    let names: Vec<&str> = Class::ALL.iter().map(|class| class.name()).collect();
    let mut b = Builder::new(&names.join(", "));
    for (number, class) in Class::ALL.iter().enumerate() {
        let entity = b.entity(class.kind(), &format!("The {class}"), &[]);
        let link = Link {
            iri: format!("http://www.wikidata.org/entity/Q{}", number + 1),
            confidence: if number == 0 { 0.95 } else { 0.8 },
        };
        (b.document.entities[entity].class, b.document.entities[entity].link) = (Some(*class), Some(link));
    }
    b.document
}

pub(crate) fn full() -> Options {
    Options { with_text: true, model: "0a1b2c".into(), ..Options::default() }
}

pub(crate) fn facts() -> Options {
    Options { detail: Detail::Facts, with_text: false, ..full() }
}

/// A quote inside which a former post is named, by somebody whose post the article states.
pub(crate) fn harbour() -> Document {
    let mut b = Builder::new(
        "“Former harbour master Per Holm knew of the leak,” Lindhaven Mayor Ida Berg told reporters on Thursday.",
    );
    let holm = b.entity(Kind::Person, "Per Holm", &[]);
    let berg = b.entity(Kind::Person, "Ida Berg", &[]);
    let lindhaven = b.entity(Kind::Region, "Lindhaven", &[]);
    let quote = b.quote("Former harbour master Per Holm knew of the leak,", None, Some(("Ida Berg", Some(berg))));
    b.document.quotes[quote].cue = Some(b.span("told"));
    b.role(holm, "harbour master", Tenure::Former, "Former harbour master Per Holm").standing = said_in(quote);
    b.role(berg, "Mayor", Tenure::Current, "Lindhaven Mayor Ida Berg").organization = Some(lindhaven);
    b.document.article.metadata = Metadata {
        url: Some("https://news.example/2017/leak".parse().unwrap()),
        published: Some(Stamp::Day("2017-03-02".parse().unwrap())),
        language: Some("en".into()),
        ..Metadata::default()
    };
    b.document
}
