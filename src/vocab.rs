//! The terms that newsgraph writes, a module for each vocabulary, named by its prefix.
//!
//! Made by `tests/vocab.rs` from `ontology/news.ttl` and `ontology/terms.toml`: change those, then run
//! `UPDATE=1 cargo test --release --test vocab`.

/// The prefix and IRI of each vocabulary.
pub const PREFIXES: &[(&str, &str)] = &[
    ("news", "https://w3id.org/newsgraph/ontology#"),
    ("itsrdf", "http://www.w3.org/2005/11/its/rdf#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// `news:`, <https://w3id.org/newsgraph/ontology#>.
pub mod news {
    use oxigraph::model::NamedNodeRef;

    /// A storm, quake, crash, fire or outbreak: what nobody wills.
    pub const ACCIDENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Accident");

    /// Held for the time being when the article was written.
    pub const ACTING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Acting");

    /// The source says that it is so.
    pub const AFFIRMED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Affirmed");

    /// Giving aid: the root code 07 of CAMEO.
    pub const AID: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Aid");

    /// Asking for something: the root code 02 of CAMEO.
    pub const APPEAL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Appeal");

    /// A militia, rebel army or terrorist group: armed, and no state's own force.
    pub const ARMED_GROUP: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#ArmedGroup");

    /// Asked: "whether she knew".
    pub const ASKED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Asked");

    /// Attacking without weapons of war: killing, wounding, bombing, abducting: the root code 18 of CAMEO.
    pub const ASSAULT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Assault");

    /// Being born.
    pub const BIRTH: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Birth");

    /// A way of leaving an amount open.
    pub const BOUND_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Bound");

    /// Taking up, changing or leaving a post.
    pub const CAREER_CHANGE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#CareerChange");

    /// Said without reserve.
    pub const CERTAIN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Certain");

    /// A degree of certainty with which something is said.
    pub const CERTAINTY_CLASS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Certainty");

    /// Growing, falling, getting better or worse.
    pub const CHANGE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Change");

    /// What an article reports as somebody's words, or says itself only under reserve (denied, possible, planned). The article does not vouch for it, so the triple itself is not written; only a statement of the same triple, found elsewhere in the article, asserts it. That something happened is claimed as the triple that its event is a sem:Event.
    pub const CLAIM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Claim");

    /// Arresting, seizing, sanctioning, banning: the root code 17 of CAMEO.
    pub const COERCION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Coercion");

    /// A war, battle or operation of armed forces.
    pub const CONFLICT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Conflict");

    /// Meeting, talking, visiting: the root code 04 of CAMEO.
    pub const CONSULTATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Consultation");

    /// Winning, losing, playing, electing.
    pub const CONTEST: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Contest");

    /// Saying that one will work with another: the root code 03 of CAMEO.
    pub const COOPERATION_INTENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#CooperationIntent");

    /// A crime that is no attack on people: theft, fraud, bribery.
    pub const CRIME: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Crime");

    /// Held when the article was written.
    pub const CURRENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Current");

    /// Dying.
    pub const DEATH: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Death");

    /// Deciding, passing, ruling.
    pub const DECISION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Decision");

    /// Demanding: the root code 10 of CAMEO.
    pub const DEMAND: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Demand");

    /// The source says that it is not so.
    pub const DENIED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Denied");

    /// Recognising, praising, signing: the root code 05 of CAMEO.
    pub const DIPLOMATIC_COOPERATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#DiplomaticCooperation");

    /// Word for word: all of it stands between quotation marks.
    pub const DIRECT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Direct");

    /// Blaming, accusing, disputing: the root code 11 of CAMEO.
    pub const DISAPPROVAL: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Disapproval");

    /// A storm, quake, fire or other disaster that has a name.
    pub const DISASTER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Disaster");

    /// An election or referendum.
    pub const ELECTION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Election");

    /// A building, airport, road, bridge or other built place.
    pub const FACILITY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Facility");

    /// Fighting with weapons of war: the root code 19 of CAMEO.
    pub const FIGHT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Fight");

    /// Showing military force: the root code 15 of CAMEO.
    pub const FORCE_POSTURE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#ForcePosture");

    /// Ended before the article was written.
    pub const FORMER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Former");

    /// Not yet begun when the article was written.
    pub const FUTURE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Future");

    /// A people, nationality, religion or political group: those who share something, without an organisation's structure.
    pub const GROUP: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Group");

    /// In the article's words.
    pub const INDIRECT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Indirect");

    /// An organisation whose members are states.
    pub const INTERNATIONAL_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#InternationalOrganization");

    /// Looking into something: the root code 09 of CAMEO.
    pub const INVESTIGATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Investigation");

    /// Bringing something out: releasing, publishing, opening, founding.
    pub const LAUNCH: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Launch");

    /// Suing, charging, trying, sentencing.
    pub const LEGAL_CASE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#LegalCase");

    /// At most so much: "nearly 20".
    pub const LESS_THAN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#LessThan");

    /// Killing many without regard to who they are: the root code 20 of CAMEO.
    pub const MASS_VIOLENCE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#MassViolence");

    /// Working together, sharing, trading between states: the root code 06 of CAMEO.
    pub const MATERIAL_COOPERATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#MaterialCooperation");

    /// A form in which a text speaks of something without its name.
    pub const MENTION_FORM_CLASS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#MentionForm");

    /// In the article's words, with some of the source's own between quotation marks (news:ownWords).
    pub const MIXED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Mixed");

    /// A mode of saying something other than telling it.
    pub const MODE_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Mode");

    /// At least so much: "more than 20".
    pub const MORE_THAN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#MoreThan");

    /// Going somewhere.
    pub const MOVEMENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Movement");

    /// The people of a country or region, or an ethnic group.
    pub const NATIONALITY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Nationality");

    /// By a noun and what belongs to it: "the company", "his government".
    pub const NOMINAL_MENTION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#NominalMention");

    /// Marrying, divorcing, falling ill.
    pub const PERSONAL_EVENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#PersonalEvent");

    /// Planned, promised, wanted or ordered, and not yet so: "plans to", "urged him to".
    pub const PLANNED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Planned");

    /// A way to speak for or against something.
    pub const POLARITY_CLASS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Polarity");

    /// Those of a party or political direction, as a group of people and not as an organisation.
    pub const POLITICAL_GROUP: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#PoliticalGroup");

    /// A political party.
    pub const POLITICAL_PARTY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#PoliticalParty");

    /// Left open: "may", "could", "it was unclear whether".
    pub const POSSIBLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Possible");

    /// Said to be likely: "is expected to", "reportedly", "appears to".
    pub const PROBABLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Probable");

    /// By a pronoun: "she", "its", "himself".
    pub const PRONOUN_MENTION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#PronounMention");

    /// Demonstrating, striking, rioting: the root code 14 of CAMEO.
    pub const PROTEST: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Protest");

    /// Speaking in public: the root code 01 of CAMEO.
    pub const PUBLIC_STATEMENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#PublicStatement");

    /// Cutting ties, boycotting, expelling: the root code 16 of CAMEO.
    pub const REDUCED_RELATIONS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#ReducedRelations");

    /// Refusing, rejecting, blocking: the root code 12 of CAMEO.
    pub const REJECTION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Rejection");

    /// Those of a faith.
    pub const RELIGIOUS_GROUP: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#ReligiousGroup");

    /// An event that the article tells, but not as a fact of its own: somebody says so, or it is denied, doubted, asked, planned or supposed. The claims whose subject it is say by whom and how. It is no sem:Event, and its participants have properties of their own, so that no question about events answers with it.
    pub const REPORTED_EVENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#ReportedEvent");

    /// Somewhat more or less: "about 20".
    pub const ROUGHLY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Roughly");

    /// A triple that an article states in its own voice, with the characters that state it. The triple itself stands in the article's graph, unless news:tenure says that it held once or is to hold later.
    pub const STATEMENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Statement");

    /// Supposed: "if the talks fail".
    pub const SUPPOSED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Supposed");

    /// A relation between the time of a post and the date of an article.
    pub const TENURE_STATUS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#TenureStatus");

    /// Threatening, warning of force: the root code 13 of CAMEO.
    pub const THREAT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Threat");

    /// Words that say when, how long or how often ("last month", "for more than two years").
    pub const TIME_EXPRESSION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#TimeExpression");

    /// Buying, selling, merging, investing.
    pub const TRANSACTION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Transaction");

    /// A source whose words an article gives without a name that could be resolved ("two officials"), or without any. One node for each place in an article: two articles' officials are not taken for the same people.
    pub const UNNAMED_SOURCE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#UnnamedSource");

    /// An event of which the article states without reserve that it will take place after it was written ("the bridge will open in May"). What is only planned, expected or promised is a news:ReportedEvent.
    pub const UPCOMING_EVENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#UpcomingEvent");

    /// A way to give what a source says.
    pub const WORDING_CLASS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Wording");

    /// Giving in, withdrawing, releasing: the root code 08 of CAMEO.
    pub const YIELDING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#Yielding");

    /// What somebody bought or took over.
    pub const ACQUIRED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#acquired");

    /// How old a person was when the article was written.
    pub const AGE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#age");

    /// Who does it, or to whom it happens where nobody does anything.
    pub const AGENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#agent");

    /// That two are allies. It holds both ways and is written once, from the one whose IRI sorts first.
    pub const ALLIED_WITH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#alliedWith");

    /// How much the article gives for what is stated: the price of what was acquired, the part that is owned.
    pub const AMOUNT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#amount");

    /// Who passes a claim on: in "the Times says officials said …" the claim's source are the officials, and it comes via the Times.
    pub const ATTRIBUTED_VIA: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#attributedVia");

    /// The event by which a post begins: an appointment, an election. Only an event that the article itself states.
    pub const BEGUN_BY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#begunBy");

    /// How the words leave an amount open; none where they give it as it is.
    pub const BOUND: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#bound");

    /// The post for which somebody stands, in the article's words.
    pub const CANDIDATE_FOR: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#candidateFor");

    /// What a person died of, in the article's words.
    pub const CAUSE_OF_DEATH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#causeOfDeath");

    /// How sure the source makes it out to be.
    pub const CERTAINTY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#certainty");

    /// Who runs an organisation, as its highest officer.
    pub const CHIEF_EXECUTIVE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#chiefExecutive");

    /// How sure the rule is that the article says so, from 0 to 1; of several places that say it, the surest. Of a phrase, how sure it is that it refers to its entity. It says nothing about whether it is true.
    pub const CONFIDENCE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#confidence");

    /// Both cannot be true: two dates of birth, two figures of one toll, two holders of a post that one person holds at a time. A knowledge base works it out over all articles and links both ways, one with 32 others at most.
    pub const CONFLICTS_WITH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#conflictsWith");

    /// The SHA-256, in lower-case hexadecimal, of an article's clean text in UTF-8 (the text that all offsets count in, as nif:isString gives it) or of a language model's file.
    pub const CONTENT_HASH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#contentHash");

    /// The words that attribute something to its source ("said", "has denied", "according to").
    pub const CUE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#cue");

    /// How many died in an event, as far as the article knows.
    pub const DEATH_TOLL: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#deathToll");

    /// The opposite is claimed, stated or told. Between claims it stands both ways.
    pub const DISPUTES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#disputes");

    /// The event by which a post ends: a resignation, a sacking, a death. Only an event that the article itself states: one that is denied, planned or told by somebody ends no post.
    pub const ENDED_BY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#endedBy");

    /// The characters of the article that say so: the article's IRI with an RFC 5147 fragment, #char=begin,end, in Unicode code points from 0, end not included.
    pub const EVIDENCE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#evidence");

    /// Where an organisation has its seat.
    pub const HEADQUARTERS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#headquarters");

    /// How many articles of a knowledge base state the same, near-duplicates counted once. For a claim: how many report or state it with the same polarity.
    pub const INDEPENDENT_ARTICLES: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#independentArticles");

    /// How many outlets these articles are of. A near-duplicate is of the outlet that published first; where the outlet is not known, the host of the address stands for it, or the article.
    pub const INDEPENDENT_PUBLISHERS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#independentPublishers");

    /// How many sources say the same with the same polarity, the articles that state it in their own voice among them. The unnamed sources of an article and its near-duplicates are one.
    pub const INDEPENDENT_SOURCES: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#independentSources");

    /// With what it is done.
    pub const INSTRUMENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#instrument");

    /// The verb that tells an event, in its dictionary form (of "resignation", "resign"), or the noun where there is no such verb.
    pub const LEMMA: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#lemma");

    /// What an organisation lost over a time.
    pub const LOSS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#loss");

    /// In what form a phrase that is no name speaks of its entity.
    pub const MENTION_FORM: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#mentionForm");

    /// That something is not told but asked, planned or supposed. Without it, it is told.
    pub const MODE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#mode");

    /// The day, month or year that a time expression denotes; of a time of day, its day.
    pub const NAMES_TIME: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#namesTime");

    /// The text is for the most part that of another article, whole or shortened: a syndicated story. Points to the one that was published first, as far as is known, which is no near-duplicate itself.
    pub const NEAR_DUPLICATE_OF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#nearDuplicateOf");

    /// That two are rivals or opponents. It holds both ways and is written once, from the one whose IRI sorts first.
    pub const OPPOSES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#opposes");

    /// Where somebody comes from, without saying that they were born or live there.
    pub const ORIGIN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#origin");

    /// The words of a mixed quotation that stand between quotation marks.
    pub const OWN_WORDS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#ownWords");

    /// What takes part in another way: with whom, about what, as what.
    pub const PARTICIPANT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#participant");

    /// The political party that a person is or was of.
    pub const PARTY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#party");

    /// Whom or what it is done to.
    pub const PATIENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#patient");

    /// Whether the source says that it is so, or that it is not so.
    pub const POLARITY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#polarity");

    /// How many live in a place.
    pub const POPULATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#population");

    /// What something costs or was sold for.
    pub const PRICE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#price");

    /// What an organisation earned over a time.
    pub const PROFIT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#profit");

    /// To or for whom it is done.
    pub const RECIPIENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#recipient");

    /// The entity of which a noun phrase ("the former minister") or a pronoun ("she") speaks where it stands. A name has itsrdf:taIdentRef instead, so that tools for named entities see names only.
    pub const REFERS_TO: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#refersTo");

    /// What would be the news:agent if the reported event were one.
    pub const REPORTED_AGENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedAgent");

    /// What class the reported event would have if it were one.
    pub const REPORTED_CLASS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedClass");

    /// What would be the news:instrument if the reported event were one.
    pub const REPORTED_INSTRUMENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedInstrument");

    /// What would be the news:participant if the reported event were one.
    pub const REPORTED_PARTICIPANT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedParticipant");

    /// What would be the news:patient if the reported event were one.
    pub const REPORTED_PATIENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedPatient");

    /// What would be the sem:hasPlace if the reported event were one.
    pub const REPORTED_PLACE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedPlace");

    /// What would be the news:recipient if the reported event were one.
    pub const REPORTED_RECIPIENT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedRecipient");

    /// What would be the sem:hasTimeStamp if the reported event were one.
    pub const REPORTED_TIME: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#reportedTime");

    /// For whom a lawyer or agent acts.
    pub const REPRESENTS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#represents");

    /// What an organisation took in over a time.
    pub const REVENUE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#revenue");

    /// The name of the rule that found it, as its data file gives it.
    pub const RULE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#rule");

    /// Who makes a claim, as the article tells it: a person, an organisation, a document, an unnamed source; the article itself where it says something in its own voice, but not as a fact.
    pub const SOURCE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#source");

    /// Whose spokesperson somebody is.
    pub const SPEAKS_FOR: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#speaksFor");

    /// After whom somebody takes a post.
    pub const SUCCEEDS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#succeeds");

    /// The same is claimed, stated or told by another source: the same triple held at the same time, or an event of the same verb, agents and patients. A claim is linked with 32 others at most.
    pub const SUPPORTS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#supports");

    /// When a post is held, or any relation that may end, against the article's date. On a claim it belongs to what is claimed: a claim of a former post says that the triple once held.
    pub const TENURE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#tenure");

    /// The article's words for when a post is held: "since 2019", "from 2010 to 2014", "for two years".
    pub const TERM_WORDS: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#termWords");

    /// What a time expression denotes against the article's date, as the value of a TIMEX3 (ISO-TimeML): 2008-09-04 a day, 2008-W35 a week, 2008-Q4 a quarter, 2008-FA a season, 199 a decade, P3Y three years, PAST_REF no more than the past.
    pub const TIME_VALUE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#timeValue");

    /// A later and greater figure of what grows as it is counted, such as the toll of a disaster: no contradiction.
    pub const UPDATES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#updates");

    /// How large a part of the votes somebody won, or how many votes.
    pub const VOTE_SHARE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#voteShare");

    /// The day, month or year that the article gives for what is stated.
    pub const WHEN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#when");

    /// The quotation in whose words this one lies: what the Times says of what officials said.
    pub const WITHIN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#within");

    /// Whether a quotation gives the source's own words.
    pub const WORDING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/newsgraph/ontology#wording");
}

/// `itsrdf:`, <http://www.w3.org/2005/11/its/rdf#>.
pub mod itsrdf {
    use oxigraph::model::NamedNodeRef;

    /// `itsrdf:taClassRef`
    pub const TA_CLASS_REF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2005/11/its/rdf#taClassRef");

    /// `itsrdf:taConfidence`
    pub const TA_CONFIDENCE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2005/11/its/rdf#taConfidence");

    /// `itsrdf:taIdentRef`
    pub const TA_IDENT_REF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2005/11/its/rdf#taIdentRef");
}

/// `nif:`, <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>.
pub mod nif {
    use oxigraph::model::NamedNodeRef;

    /// `nif:Context`
    pub const CONTEXT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Context");

    /// `nif:Phrase`
    pub const PHRASE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Phrase");

    /// `nif:String`
    pub const STRING: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#String");

    /// `nif:anchorOf`
    pub const ANCHOR_OF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf");

    /// `nif:beginIndex`
    pub const BEGIN_INDEX: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex");

    /// `nif:endIndex`
    pub const END_INDEX: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex");

    /// `nif:isString`
    pub const IS_STRING: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString");

    /// `nif:referenceContext`
    pub const REFERENCE_CONTEXT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext");

    /// `nif:sourceUrl`
    pub const SOURCE_URL: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#sourceUrl");
}

/// `org:`, <http://www.w3.org/ns/org#>.
pub mod org {
    use oxigraph::model::NamedNodeRef;

    /// `org:Membership`
    pub const MEMBERSHIP: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#Membership");

    /// `org:Role`
    pub const ROLE_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#Role");

    /// `org:member`
    pub const MEMBER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#member");

    /// `org:memberDuring`
    pub const MEMBER_DURING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#memberDuring");

    /// `org:headOf`
    pub const HEAD_OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#headOf");

    /// `org:memberOf`
    pub const MEMBER_OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#memberOf");

    /// `org:organization`
    pub const ORGANIZATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#organization");

    /// `org:role`
    pub const ROLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#role");

    /// `org:subOrganizationOf`
    pub const SUB_ORGANIZATION_OF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/org#subOrganizationOf");
}

/// `owl:`, <http://www.w3.org/2002/07/owl#>.
pub mod owl {
    use oxigraph::model::NamedNodeRef;

    /// `owl:sameAs`
    pub const SAME_AS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#sameAs");
}

/// `prov:`, <http://www.w3.org/ns/prov#>.
pub mod prov {
    use oxigraph::model::NamedNodeRef;

    /// `prov:Activity`
    pub const ACTIVITY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Activity");

    /// `prov:Agent`
    pub const AGENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Agent");

    /// `prov:Entity`
    pub const ENTITY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#Entity");

    /// `prov:SoftwareAgent`
    pub const SOFTWARE_AGENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#SoftwareAgent");

    /// `prov:actedOnBehalfOf`
    pub const ACTED_ON_BEHALF_OF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#actedOnBehalfOf");

    /// `prov:specializationOf`
    pub const SPECIALIZATION_OF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#specializationOf");

    /// `prov:used`
    pub const USED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#used");

    /// `prov:wasAssociatedWith`
    pub const WAS_ASSOCIATED_WITH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasAssociatedWith");

    /// `prov:wasGeneratedBy`
    pub const WAS_GENERATED_BY: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasGeneratedBy");

    /// `prov:wasRevisionOf`
    pub const WAS_REVISION_OF: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasRevisionOf");
}

/// `rdf:`, <http://www.w3.org/1999/02/22-rdf-syntax-ns#>.
pub mod rdf {
    use oxigraph::model::NamedNodeRef;

    /// `rdf:object`
    pub const OBJECT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#object");

    /// `rdf:predicate`
    pub const PREDICATE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate");

    /// `rdf:subject`
    pub const SUBJECT: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject");

    /// `rdf:type`
    pub const TYPE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
}

/// `rdfs:`, <http://www.w3.org/2000/01/rdf-schema#>.
pub mod rdfs {
    use oxigraph::model::NamedNodeRef;

    /// `rdfs:label`
    pub const LABEL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#label");
}

/// `schema:`, <https://schema.org/>.
pub mod schema {
    use oxigraph::model::NamedNodeRef;

    /// `schema:AdministrativeArea`
    pub const ADMINISTRATIVE_AREA: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/AdministrativeArea");

    /// `schema:Airport`
    pub const AIRPORT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Airport");

    /// `schema:BodyOfWater`
    pub const BODY_OF_WATER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/BodyOfWater");

    /// `schema:Book`
    pub const BOOK: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Book");

    /// `schema:Bridge`
    pub const BRIDGE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Bridge");

    /// `schema:City`
    pub const CITY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/City");

    /// `schema:Continent`
    pub const CONTINENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Continent");

    /// `schema:Corporation`
    pub const CORPORATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Corporation");

    /// `schema:Country`
    pub const COUNTRY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Country");

    /// `schema:CreativeWork`
    pub const CREATIVE_WORK: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/CreativeWork");

    /// `schema:Drug`
    pub const DRUG: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Drug");

    /// `schema:EducationalOrganization`
    pub const EDUCATIONAL_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/EducationalOrganization");

    /// `schema:Event`
    pub const EVENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Event");

    /// `schema:GovernmentOrganization`
    pub const GOVERNMENT_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/GovernmentOrganization");

    /// `schema:Hospital`
    pub const HOSPITAL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Hospital");

    /// `schema:Landform`
    pub const LANDFORM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Landform");

    /// `schema:Language`
    pub const LANGUAGE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Language");

    /// `schema:Legislation`
    pub const LEGISLATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Legislation");

    /// `schema:MedicalOrganization`
    pub const MEDICAL_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/MedicalOrganization");

    /// `schema:Mountain`
    pub const MOUNTAIN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Mountain");

    /// `schema:Movie`
    pub const MOVIE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Movie");

    /// `schema:NGO`
    pub const NGO: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/NGO");

    /// `schema:NewsArticle`
    pub const NEWS_ARTICLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/NewsArticle");

    /// `schema:NewsMediaOrganization`
    pub const NEWS_MEDIA_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/NewsMediaOrganization");

    /// `schema:Organization`
    pub const ORGANIZATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Organization");

    /// `schema:PerformingGroup`
    pub const PERFORMING_GROUP: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/PerformingGroup");

    /// `schema:Person`
    pub const PERSON: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Person");

    /// `schema:Place`
    pub const PLACE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Place");

    /// `schema:Product`
    pub const PRODUCT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Product");

    /// `schema:Quotation`
    pub const QUOTATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Quotation");

    /// `schema:Report`
    pub const REPORT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Report");

    /// `schema:ResearchOrganization`
    pub const RESEARCH_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/ResearchOrganization");

    /// `schema:SoftwareApplication`
    pub const SOFTWARE_APPLICATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/SoftwareApplication");

    /// `schema:SportsEvent`
    pub const SPORTS_EVENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/SportsEvent");

    /// `schema:SportsOrganization`
    pub const SPORTS_ORGANIZATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/SportsOrganization");

    /// `schema:SportsTeam`
    pub const SPORTS_TEAM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/SportsTeam");

    /// `schema:StadiumOrArena`
    pub const STADIUM_OR_ARENA: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/StadiumOrArena");

    /// `schema:State`
    pub const STATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/State");

    /// `schema:TVSeries`
    pub const TV_SERIES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/TVSeries");

    /// `schema:Vehicle`
    pub const VEHICLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/Vehicle");

    /// `schema:WorkersUnion`
    pub const WORKERS_UNION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/WorkersUnion");

    /// `schema:about`
    pub const ABOUT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/about");

    /// `schema:affiliation`
    pub const AFFILIATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/affiliation");

    /// `schema:appearance`
    pub const APPEARANCE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/appearance");

    /// `schema:articleSection`
    pub const ARTICLE_SECTION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/articleSection");

    /// `schema:author`
    pub const AUTHOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/author");

    /// `schema:creator`
    pub const CREATOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/creator");

    /// `schema:dateModified`
    pub const DATE_MODIFIED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/dateModified");

    /// `schema:datePublished`
    pub const DATE_PUBLISHED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/datePublished");

    /// `schema:dateline`
    pub const DATELINE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/dateline");

    /// `schema:headline`
    pub const HEADLINE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/headline");

    /// `schema:inLanguage`
    pub const IN_LANGUAGE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/inLanguage");

    /// `schema:isPartOf`
    pub const IS_PART_OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/isPartOf");

    /// `schema:jobTitle`
    pub const JOB_TITLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/jobTitle");

    /// `schema:keywords`
    pub const KEYWORDS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/keywords");

    /// `schema:locationCreated`
    pub const LOCATION_CREATED: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/locationCreated");

    /// `schema:mentions`
    pub const MENTIONS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/mentions");

    /// `schema:publisher`
    pub const PUBLISHER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/publisher");

    /// `schema:softwareVersion`
    pub const SOFTWARE_VERSION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/softwareVersion");

    /// `schema:text`
    pub const TEXT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/text");

    /// `schema:url`
    pub const URL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/url");

    /// `schema:MonetaryAmount`
    pub const MONETARY_AMOUNT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/MonetaryAmount");

    /// `schema:QuantitativeValue`
    pub const QUANTITATIVE_VALUE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/QuantitativeValue");

    /// `schema:worksFor`
    pub const WORKS_FOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/worksFor");

    /// `schema:founder`
    pub const FOUNDER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/founder");

    /// `schema:foundingDate`
    pub const FOUNDING_DATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/foundingDate");

    /// `schema:foundingLocation`
    pub const FOUNDING_LOCATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/foundingLocation");

    /// `schema:owns`
    pub const OWNS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/owns");

    /// `schema:location`
    pub const LOCATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/location");

    /// `schema:containedInPlace`
    pub const CONTAINED_IN_PLACE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/containedInPlace");

    /// `schema:birthDate`
    pub const BIRTH_DATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/birthDate");

    /// `schema:birthPlace`
    pub const BIRTH_PLACE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/birthPlace");

    /// `schema:deathDate`
    pub const DEATH_DATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/deathDate");

    /// `schema:deathPlace`
    pub const DEATH_PLACE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/deathPlace");

    /// `schema:homeLocation`
    pub const HOME_LOCATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/homeLocation");

    /// `schema:nationality`
    pub const NATIONALITY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/nationality");

    /// `schema:alumniOf`
    pub const ALUMNI_OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/alumniOf");

    /// `schema:spouse`
    pub const SPOUSE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/spouse");

    /// `schema:parent`
    pub const PARENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/parent");

    /// `schema:sibling`
    pub const SIBLING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/sibling");

    /// `schema:relatedTo`
    pub const RELATED_TO: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/relatedTo");

    /// `schema:award`
    pub const AWARD: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/award");

    /// `schema:director`
    pub const DIRECTOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/director");

    /// `schema:manufacturer`
    pub const MANUFACTURER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/manufacturer");

    /// `schema:numberOfEmployees`
    pub const NUMBER_OF_EMPLOYEES: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("https://schema.org/numberOfEmployees");

    /// `schema:value`
    pub const VALUE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/value");

    /// `schema:currency`
    pub const CURRENCY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/currency");

    /// `schema:unitCode`
    pub const UNIT_CODE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/unitCode");
}

/// `sem:`, <http://semanticweb.cs.vu.nl/2009/11/sem/>.
pub mod sem {
    use oxigraph::model::NamedNodeRef;

    /// `sem:Event`
    pub const EVENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://semanticweb.cs.vu.nl/2009/11/sem/Event");

    /// `sem:hasPlace`
    pub const HAS_PLACE: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace");

    /// `sem:hasTimeStamp`
    pub const HAS_TIME_STAMP: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://semanticweb.cs.vu.nl/2009/11/sem/hasTimeStamp");
}

/// `skos:`, <http://www.w3.org/2004/02/skos/core#>.
pub mod skos {
    use oxigraph::model::NamedNodeRef;

    /// `skos:altLabel`
    pub const ALT_LABEL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");

    /// `skos:closeMatch`
    pub const CLOSE_MATCH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#closeMatch");
}

/// `time:`, <http://www.w3.org/2006/time#>.
pub mod time {
    use oxigraph::model::NamedNodeRef;

    /// `time:Instant`
    pub const INSTANT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#Instant");

    /// `time:Interval`
    pub const INTERVAL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#Interval");

    /// `time:after`
    pub const AFTER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#after");

    /// `time:before`
    pub const BEFORE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#before");

    /// `time:hasBeginning`
    pub const HAS_BEGINNING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasBeginning");

    /// `time:hasEnd`
    pub const HAS_END: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasEnd");

    /// `time:hasXSDDuration`
    pub const HAS_XSD_DURATION: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#hasXSDDuration");

    /// `time:inXSDDate`
    pub const IN_XSD_DATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#inXSDDate");

    /// `time:inXSDgYear`
    pub const IN_XSD_G_YEAR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#inXSDgYear");

    /// `time:inXSDgYearMonth`
    pub const IN_XSD_G_YEAR_MONTH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#inXSDgYearMonth");

    /// `time:inside`
    pub const INSIDE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2006/time#inside");
}

/// `xsd:`, <http://www.w3.org/2001/XMLSchema#>.
pub mod xsd {
    use oxigraph::model::NamedNodeRef;

    /// `xsd:date`
    pub const DATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#date");

    /// `xsd:dateTime`
    pub const DATE_TIME: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#dateTime");

    /// `xsd:decimal`
    pub const DECIMAL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#decimal");

    /// `xsd:double`
    pub const DOUBLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#double");

    /// `xsd:duration`
    pub const DURATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#duration");

    /// `xsd:gYear`
    pub const G_YEAR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#gYear");

    /// `xsd:gYearMonth`
    pub const G_YEAR_MONTH: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#gYearMonth");

    /// `xsd:nonNegativeInteger`
    pub const NON_NEGATIVE_INTEGER: NamedNodeRef<'_> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2001/XMLSchema#nonNegativeInteger");
}
