"""Vary training texts: other people's names, other towns and organisations, and other letter case."""

import csv
import random
import re
from pathlib import Path

import prepared

SMALL = {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}

AGENCIES = ["Reuters", "AP", "AFP", "Xinhua", "UPI", "PTI", "IANS", "TASS", "Interfax", "Bloomberg", "DPA", "ANSA", "EFE", "Kyodo", "Yonhap", "APP", "WAM", "SPA", "NAN", "BNS"]
MONTHS = ["Jan.", "January", "Feb.", "February", "March", "April", "May", "June", "July", "Aug.", "August", "Sept.", "September", "Oct.", "October", "Nov.", "November", "Dec.", "December"]


def rows(path):
    return csv.DictReader(open(path, encoding="utf8"), delimiter="\t")


def split_name(text):
    """Tokens of a name as the tokeniser would cut it, near enough for training."""
    return re.findall(r"[^\W_]+(?:['’.][^\W_]+)*\.?|[^\w\s]", text)


def said(text):
    """A dictionary entry in capitals as it would be printed: BOARD_OF_TRADE_ as Board of Trade."""
    words = [w.lower() if w.lower() in SMALL and i else "-".join(p[:1].upper() + p[1:].lower() for p in w.split("-"))
             for i, w in enumerate(text.strip("_ +").split("_"))]
    return " ".join(words)


def actors(folder):
    """Persons and organisations of the CAMEO actor dictionaries: dated roles are persons', IGO, NGO and MNC organisations."""
    people, organisations, names, dated = [], [], [], False
    for line in open(folder / "Phoenix.Countries.actors.txt", encoding="utf8", errors="replace"):
        if re.match(r"[A-Z][A-Z.'\-]*(_[A-Z.'\-]+){1,3}_\s", line):
            name, dated = said(line.split()[0]), False
        elif re.match(r"\s+\[[A-Z]{3}(GOV|OPP|MIL|ELI)[A-Z]*\s+[\d<>]", line) and name and not dated:
            people.append(name)
            dated = True
    names = []
    for line in open(folder / "Phoenix.International.actors.txt", encoding="utf8", errors="replace"):
        head, _, code = line.partition("[")
        head = head.split("#")[0].strip()
        if re.fullmatch(r"\+?[A-Z][A-Za-z.'&\-]*(_[A-Za-z.'&\-]+)+_?", head):
            names = [*names, said(head)] if head.startswith("+") else [said(head)]
        if code:
            if re.match(r"(IGO|NGO|MNC|NGM|IMG)", code) and "ELI" not in line and not re.search(r"\d{6}", code):
                organisations += names
            names = []
    return people, organisations


class Swapper:
    """Names to put in place of others, from the gazetteers and from the training items themselves."""

    def __init__(self, data, items):
        ministers, bodies = actors(Path(data) / "petrarch2")
        data = Path(data) / "gazetteers"
        people = [r["person"] for r in rows(data / "leaders_world.tsv")] + [r["person"] for r in rows(data / "officeholders_intl.tsv")]
        people += [r["name"] for r in rows(data / "us_congress_current.tsv")]
        people = [p for p in people if p and 1 < len(p.split()) < 5 and " of " not in p and not re.search(r"[\d(),]", p)]
        people += ministers
        towns = [r["name_en"] for r in rows(data / "places_natural_earth.tsv")] + [r["name"] for r in rows(data / "countries_regions.tsv")] * 6
        towns = [t for t in towns if t and not re.search(r"[\d(),]", t) and len(t.split()) < 4]
        papers = [r["title"] for r in rows(data / "us_newspapers.tsv")]
        organisations = [r["label"] for r in rows(data / "orgs_nsi.tsv") if not re.search(r"park|amenity/(place|school)|landuse|boundary|tourism|trees|flags", r["category"])]
        organisations = [o for o in organisations + papers if o and o[0].isupper() and o.isascii() and len(o.split()) < 7 and not re.search(r"[\d(),/]", o)]
        organisations += 3 * [o.removeprefix("The ") for o in bodies]
        self.people = [split_name(p) for p in people]
        self.first = [p[0] for p in self.people]
        self.last = [p[-1] for p in self.people if len(p) > 1]
        self.towns = [split_name(t) for t in towns]
        self.organisations = [split_name(o.removeprefix("The ")) for o in organisations]
        self.seen = {"ORG": [], "GPE": []}
        for it in items:
            for a, b, label in it.ents:
                if label in self.seen:
                    self.seen[label].append(it.words[a:b])

    def other(self, words, label, rng):
        if not words[0][:1].isupper():
            return None
        if label == "PERSON":
            if any(not w[:1].isupper() for w in words):
                return None
            if len(words) == 1:
                return [rng.choice(self.last if rng.random() < 0.7 else self.first)]
            if len(words) == 2:
                return rng.choice(self.people) if rng.random() < 0.7 else [rng.choice(self.first), rng.choice(self.last)]
            return rng.choice(self.people)
        if label == "GPE":
            if "." in words[0] or words[0].isupper():
                return None
            return rng.choice(self.towns if rng.random() < 0.6 else self.seen["GPE"])
        if label == "ORG":
            return rng.choice(self.organisations) if rng.random() < 0.3 else rng.choice(self.seen["ORG"])
        return None

    def swap(self, item, rng, share):
        words, spaces, starts, ents, missing, at, choice = [], [], [], [], [], 0, {}
        moved = {}
        for a, b, label in [*item.ents, (len(item.words), None, None)]:
            for i in range(at, a):
                moved[i] = len(words)
                words.append(item.words[i]); spaces.append(item.spaces[i]); starts.append(item.starts[i])
            if b is None:
                break
            old = tuple(item.words[a:b])
            if old not in choice:
                choice[old] = self.other(old, label, rng) if rng.random() < share else None
            new = choice[old] or list(old)
            begin = len(words)
            words += new
            spaces += item.spaces[a:b] if not choice[old] else [*spaced(new), item.spaces[b - 1]]
            starts += [item.starts[a]] + [False] * (len(new) - 1)
            ents.append((begin, len(words), label))
            at = b
        for a, b in item.missing:
            if a in moved and b - 1 in moved:
                missing.append((moved[a], moved[b - 1] + 1))
        return prepared.Item(words, spaces, starts, ents, missing, item.source)

    def dateline(self, item, rng):
        """The place, day and agency that open an agency story, before its first sentence."""
        town = rng.choice(self.towns)
        town = [w.upper() for w in town] if rng.random() < 0.7 else town
        agency = rng.choice(AGENCIES)
        lead, spans = list(town), [(0, len(town), "GPE")]
        if rng.random() < 0.3:
            land = rng.choice(self.towns)
            spans.append((len(lead) + 1, len(lead) + 1 + len(land), "GPE"))
            lead += [",", *land]
        if rng.random() < 0.4:
            day = [rng.choice(MONTHS), str(rng.randint(1, 30))]
            spans.append((len(lead) + 1, len(lead) + 3, "DATE"))
            lead += [",", *day]
        if rng.random() < 0.7:
            spans.append((len(lead) + 1, len(lead) + 2, "ORG"))
            lead += ["(", agency, ")"]
        lead.append(rng.choice(("-", "—", "–", "--")))
        spaces = [n not in (",", ")") and w != "(" for w, n in zip(lead, [*lead[1:], ""])]
        shift = lambda rows: [(a + len(lead), b + len(lead), *rest) for a, b, *rest in rows]
        return prepared.Item([*lead, *item.words], [*spaces, *item.spaces], [True] + [False] * len(lead) + item.starts[1:],
                             [*spans, *shift(item.ents)], shift(item.missing), item.source)

    def byline(self, rng):
        name = rng.choice(self.people)
        name = [w.upper() for w in name] if rng.random() < 0.5 else name
        words, spans = ["By", *name], [(1, 1 + len(name), "PERSON")]
        if rng.random() < 0.4:
            paper = rng.choice([[a] for a in AGENCIES] + self.organisations[:200])
            spans.append((len(words) + 1, len(words) + 1 + len(paper), "ORG"))
            words += [",", *paper]
        return prepared.Item(words, [n != "," for n in [*words[1:], ","]], [True] + [False] * (len(words) - 1), spans, [], "byline")

    def vary(self, item, rng, swap, case):
        if rng.random() < 0.004:
            return self.byline(rng)
        if item.ents and rng.random() < swap:
            item = self.swap(item, rng, 0.6)
        if rng.random() < case:
            item = recase(item, rng.choice(("lower", "upper", "title", "title")))
        elif rng.random() < 0.02 and item.words[0][:1].isupper():
            item = self.dateline(item, rng)
        return item


def spaced(words):
    """Whether each word but the last is followed by a space."""
    return [not (re.fullmatch(r"[-–/'’]", w) or re.fullmatch(r"[-–/'’.,]", n)) for w, n in zip(words, words[1:])]


def recase(item, how):
    words = list(item.words)
    for i, w in enumerate(words):
        if how == "lower":
            words[i] = w.lower()
        elif how == "upper":
            words[i] = w.upper()
        elif w.lower() not in SMALL and w.islower() and w.isalpha():
            words[i] = w.capitalize()
    return prepared.Item(words, item.spaces, item.starts, item.ents, item.missing, item.source)
