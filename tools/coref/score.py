"""Scores chains against GUM's: MUC, B-cubed, CEAF-e and their mean, the CoNLL F1, as the CoNLL-2012 scorer defines them.

    score.py PREDICTED.jsonl GUM_DIRECTORY [--genres news,interview] [--names] [--by head] [--sure P] [--neleval DIR]

PREDICTED.jsonl comes from `cargo run --release --example coreference`. `--names` scores only names of persons, organisations
and places. `--by head` lets a mention count as found when its head word is. `--neleval DIR` also writes both sides in the
format of the neleval tool (PyPI), a second implementation of these measures.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

import gum

NAMED = {"person", "organization", "place"}
NAMED_KINDS = {"Person", "Organization", "Region", "Place", "Facility", "Group"}


def muc(keys, responses):
    """Numerator and denominator of recall."""
    found = total = 0
    of = {mention: number for number, chain in enumerate(responses) for mention in chain}
    for chain in keys:
        parts = {of[m] for m in chain if m in of}
        missed = sum(m not in of for m in chain)
        found += len(chain) - len(parts) - missed
        total += len(chain) - 1
    return found, total


def b_cubed(keys, responses):
    found = total = 0
    of = {mention: set(chain) for chain in responses for mention in chain}
    for chain in keys:
        whole = set(chain)
        found += sum(len(whole & of[m]) / len(whole) for m in chain if m in of)
        total += len(chain)
    return found, total


def ceaf(keys, responses):
    if not keys or not responses:
        return 0.0, len(keys), len(responses)
    keys, responses = [set(c) for c in keys], [set(c) for c in responses]
    similar = np.array([[2 * len(k & r) / (len(k) + len(r)) for r in responses] for k in keys])
    rows, columns = linear_sum_assignment(-similar)
    return similar[rows, columns].sum(), len(keys), len(responses)


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Score:
    def __init__(self):
        self.sums = {name: [0, 0, 0, 0] for name in ("mentions", "MUC", "B3", "CEAFe")}

    def add(self, keys, responses):
        gold, ours = {m for c in keys for m in c}, {m for c in responses for m in c}
        self.plus("mentions", len(gold & ours), len(gold), len(gold & ours), len(ours))
        self.plus("MUC", *muc(keys, responses), *muc(responses, keys))
        self.plus("B3", *b_cubed(keys, responses), *b_cubed(responses, keys))
        similar, rows, columns = ceaf(keys, responses)
        self.plus("CEAFe", similar, rows, similar, columns)

    def plus(self, name, *values):
        self.sums[name] = [a + b for a, b in zip(self.sums[name], values)]

    def result(self, name):
        found, total, right, answered = self.sums[name]
        recall, precision = found / max(total, 1), right / max(answered, 1)
        return 100 * precision, 100 * recall, 100 * f1(precision, recall)

    def conll(self):
        return sum(self.result(name)[2] for name in ("MUC", "B3", "CEAFe")) / 3

    def line(self):
        shown = [f"{name} {'/'.join(f'{value:.1f}' for value in self.result(name))}" for name in self.sums]
        return f"CoNLL {self.conll():.1f}   " + "   ".join(shown)


def gold_chains(document, names, by_head):
    chains = []
    for chain in document.chains():
        if names:
            chain = [m for m in chain if m.kind in NAMED and document.tokens[m.head].tag.startswith("NNP")]
        key = (lambda m: document.tokens[m.head].start) if by_head else document.span
        chain = list(dict.fromkeys(key(m) for m in chain))
        if len(chain) > 1:
            chains.append(chain)
    return chains


def our_chains(predicted, names, by_head):
    chains = []
    for chain in predicted["chains"]:
        mentions = chain["mentions"]
        if names:
            mentions = [m for m in mentions if m["form"] == "Name" and chain["kind"] in NAMED_KINDS]
        chain = list(dict.fromkeys(m["head"] if by_head else (m["start"], m["end"]) for m in mentions))
        if len(chain) > 1:
            chains.append(chain)
    return chains


def sure(document, predicted, least):
    """Of the nouns and pronouns at least this sure of a named entity: how many there are, and of how many the gold chain has
    one of the entity's names too."""
    of = {document.tokens[m.head].start: number for number, chain in enumerate(document.chains()) for m in chain}
    right = all_ = 0
    for chain in predicted["chains"]:
        names = {of.get(m["head"]) for m in chain["mentions"] if m["form"] == "Name"} - {None}
        for mention in chain["mentions"]:
            if chain["kind"] and mention["form"] != "Name" and mention["p"] >= least:
                all_ += 1
                right += of.get(mention["head"]) in names
    return right, all_


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("predicted")
    parser.add_argument("gum")
    parser.add_argument("--genres")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--by", choices=["span", "head"], default="span")
    parser.add_argument("--neleval")
    parser.add_argument("--sure", type=float, help="also the precision of references at least this sure")
    options = parser.parse_args()
    predicted = {row["id"]: row for row in map(json.loads, Path(options.predicted).read_text().splitlines())}
    genres = options.genres and set(options.genres.split(","))
    whole, by_genre = Score(), {}
    right = referring = 0
    sides = {"gold": [], "ours": []}
    for document in gum.documents(options.gum, genres):
        if document.id not in predicted:
            continue
        if options.sure is not None:
            some, all_ = sure(document, predicted[document.id], options.sure)
            right, referring = right + some, referring + all_
        keys = gold_chains(document, options.names, options.by == "head")
        responses = our_chains(predicted[document.id], options.names, options.by == "head")
        for score in (whole, by_genre.setdefault(document.genre, Score())):
            score.add(keys, responses)
        for side, chains in (("gold", keys), ("ours", responses)):
            for number, chain in enumerate(chains):
                for span in chain:
                    start, end = span if isinstance(span, tuple) else (span, span + 1)
                    sides[side].append(f"{document.id}\t{start}\t{end}\t{document.id}-{side}-{number}\t1.0\tX")
    for genre, score in by_genre.items():
        print(f"{genre:10} {score.line()}")
    print(f"{'all':10} {whole.line()}")
    if options.sure is not None:
        print(f"references at least {options.sure} sure: {right} of {referring} right, {100 * right / max(referring, 1):.1f}%")
    if options.neleval:
        for side, lines in sides.items():
            Path(options.neleval, f"{side}.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
