"""Documents written by prepare.py, and the entity spans to learn on them.

Gold corpora know persons, organisations and places; the stock model knows OntoNotes' eighteen types. What the
recogniser is to learn is the first where it is given, filled up with the second: dates, money, nationalities and
so on as the stock model sees them, and its opinion on what sort of place a place is.
"""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, DocBin

import corpora

PLACES = ("GPE", "LOC", "FAC")
NAME_TYPES = ("PERSON", "ORG", *PLACES)
FACILITY = re.compile(r"(?i)\b(airport|bridge|street|st\.|road|avenue|highway|hotel|hospital|stadium|park|building|tower|station|square|hall|palace|prison|mosque|church|cathedral|temple|museum|theatre|theater|school|center|centre|plaza|mall|camp|railway|line|route|expressway|boulevard|arena|base|castle|house|dam|canal|restaurant|cemetery)\b")
NATURAL = re.compile(r"(?i)\b(river|lake|sea|ocean|mountains?|mount|mt\.?|valley|island|islands|bay|gulf|desert|peninsula|coast|creek|forest|strait|basin|canyon|beach|cape|hills?|peak|glacier|africa|europe|asia|america|middle east|west|east|north|south|earth|mars|moon|hemisphere|atlantic|pacific)\b")
EVENT = re.compile(r"(?i)\b(war|championships?|cup|olympics?|games|festival|revolution|battle|uprising|massacre)$")


@dataclass
class Item:
    """A document as tokens, with the token spans to learn; `missing` are token ranges nothing is known of."""
    words: list
    spaces: list
    starts: list
    ents: list  # (first, end, label), end exclusive
    missing: list
    source: str

    def doc(self, vocab, gold):
        doc = Doc(vocab, words=self.words, spaces=self.spaces, sent_starts=self.starts)
        if gold:
            free = [doc[a:b] for a, b in self.missing]
            doc.set_ents([doc.char_span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), label=t) for a, b, t in self.ents], missing=free)
        return doc


def load(path, vocab):
    return list(DocBin().from_disk(path).get_docs(vocab))


def clear(doc):
    """A copy with tokens and sentence starts but no entities, as `ner` meets it in the pipeline."""
    return Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc],
               sent_starts=[bool(t.is_sent_start) for t in doc])


def known_places(data):
    """Lower-cased names of countries, regions and towns."""
    data, found = Path(data) / "gazetteers", set()
    for row in csv.DictReader(open(data / "countries_regions.tsv", encoding="utf8"), delimiter="\t"):
        found |= {row["name"].lower(), *(a.lower() for a in (row["aliases"] or "").split("|"))}
    for row in csv.DictReader(open(data / "places_natural_earth.tsv", encoding="utf8"), delimiter="\t"):
        found |= {row["name_en"].lower(), row["name"].lower(), row["admin1"].lower()}
    for file in ("us_cities.tsv", "us_states.tsv"):
        found |= {row["name"].lower() for row in csv.DictReader(open(data / file, encoding="utf8"), delimiter="\t") if row.get("name")}
    return found - {""}


class Typing:
    """OntoNotes type of a name that the gold calls a place."""

    def __init__(self, data, docs):
        self.places = known_places(data)
        self.votes = defaultdict(Counter)
        for doc in docs:
            for ent in doc.ents:
                if ent.label_ in PLACES:
                    self.votes[ent.text.lower().removeprefix("the ")][ent.label_] += 1

    def label(self, kind, text, opinion=None):
        if kind != "LOC":
            return {"PER": "PERSON", "ORG": "ORG"}[kind]
        if opinion in PLACES:
            return opinion
        low = text.lower()
        if self.votes[low]:
            return self.votes[low].most_common(1)[0][0]
        if low in self.places:
            return "GPE"
        if FACILITY.search(text):
            return "FAC"
        return "LOC" if NATURAL.search(text) else "GPE"


def trim(doc, first, end):
    """The token span without article, possessive and quotation marks; None when nothing is left."""
    while first < end and (doc[first].lower_ == "the" or doc[first].is_quote or doc[first].is_space):
        first += 1
    while first < end and (doc[end - 1].lower_ in ("'s", "’s", "'", "’") or doc[end - 1].is_quote or doc[end - 1].is_space):
        end -= 1
    return (first, end) if first < end else None


def stock_spans(doc):
    """The stock model's entities with its names trimmed."""
    out = []
    for ent in doc.ents:
        span = trim(doc, ent.start, ent.end) if ent.label_ in NAME_TYPES else (ent.start, ent.end)
        if span:
            out.append((*span, ent.label_))
    return out


def item(doc, typing, source, gold=None):
    """What to learn on `doc`: `gold` spans (or those of user_data) filled up with the stock model's other types."""
    stock = stock_spans(doc)
    stock_at = {(a, b): t for a, b, t in stock}
    gold = doc.user_data["gold"] if gold is None else gold
    ents, missing, taken, starts = [], [], set(), [bool(t.is_sent_start) for t in doc]
    for start, end, kind in gold:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or taken & set(range(span.start, span.end)):
            continue
        inside = set(range(span.start, span.end))
        exact = (span.start_char, span.end_char) == (start, end)
        near = next((t for a, b, t in stock if a < span.end and span.start < b), None)
        if not exact:  # the tokeniser cuts elsewhere: nothing to learn here
            missing.append((span.start, span.end))
            taken |= inside
        elif kind == "MISC":  # no name; what the stock model sees inside, a year or a nationality, stays
            opinion = stock_at.get((span.start, span.end))
            if EVENT.search(span.text) and opinion in (None, "EVENT", *NAME_TYPES):
                ents.append((span.start, span.end, "EVENT"))
                taken |= inside
        else:
            ents.append((span.start, span.end, typing.label(kind, span.text, near)))
            taken |= inside
        for i in range(span.start + 1, span.end):
            starts[i] = False
    for a, b, label in stock:
        if label not in NAME_TYPES and not taken & set(range(a, b)):
            ents.append((a, b, label))
            taken |= set(range(a, b))
            for i in range(a + 1, b):
                starts[i] = False
    return Item([t.text for t in doc], [bool(t.whitespace_) for t in doc], starts, sorted(ents), missing, source)


def silver(doc, typing):
    """What to learn on a doc that the teacher labelled; its doubts count as unknown, spans given by hand as known."""
    spans = [tuple(s) for s in doc.user_data["gold"]]
    hand = [tuple(s) for s in doc.user_data.get("hand", [])]
    spans = hand + [s for s in spans if all(s[1] <= h[0] or h[1] <= s[0] for h in hand)]
    made = item(doc, typing, "silver", sorted(spans))
    doubt = set(doc.user_data.get("doubt", []))
    sure_hand = {i for s, e, _ in hand for i in range(len(doc)) if s <= doc[i].idx < e}
    doubt -= sure_hand
    kept = []
    for a, b, label in made.ents:
        if label in NAME_TYPES and doubt & set(range(a, b)):
            doubt |= set(range(a, b))
        else:
            kept.append((a, b, label))
    covered = {i for a, b, _ in kept for i in range(a, b)} | {i for a, b in made.missing for i in range(a, b)}
    made.ents = kept
    made.missing = sorted([*made.missing, *((i, i + 1) for i in doubt - covered)])
    return made
