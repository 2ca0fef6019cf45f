"""Measures how events stand against UDS factuality: whether people say that what a verb tells happened.

    python3 tools/events/factuality.py DATA target/release/newsgraph [--data DIR]

DATA holds ewt/{train,dev}.conllu and uds-factuality/factuality.tsv. Each way to stand (denied, planned, …) stands for the mean factuality
that it has in the first 3,000 sentences of train, in the order of their digests; correlation and the share of right signs are measured on dev,
on which nothing was tuned. Sentences are read by themselves, with --fast.
"""

import collections
import hashlib
import math
import re
import sys

import shown

SENTENCES = 3000


def sentences(path, part):
    """The words of each sentence by its number, from 1."""
    words, number, all_words = [], 0, {}
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) > 9 and cells[0].isdigit():
            words.append(cells[1])
        elif not line.strip() and words:
            number += 1
            all_words[f"ewt-{part}-{number}"] = words
            words = []
    return all_words


def running(words):
    """The text of some words and where each begins."""
    text, places = "", []
    for word in words:
        if text and not re.match(r"^[.,;:!?)%’'\]]|^n't$|^'s$", word):
            text += " "
        places.append(len(text))
        text += word
    return text, places


def judged(data, newsgraph, part, options):
    """How each annotated predicate that was found stands, its factuality, and how sure people were."""
    words = sentences(f"{data}/ewt/{part}.conllu", part)
    rows = collections.defaultdict(list)
    with open(f"{data}/uds-factuality/factuality.tsv", encoding="utf-8") as table:
        next(table)
        for line in table:
            sentence, token, factuality, confidence = line.rstrip("\n").split("\t")
            if sentence in words:
                rows[sentence].append((int(token) - 1, float(factuality), float(confidence)))
    chosen = sorted(rows, key=lambda sentence: hashlib.md5(sentence.encode()).hexdigest())[:SENTENCES]
    texts = [running(words[sentence]) for sentence in chosen]
    found = shown.events(newsgraph, [{"text": text} for text, _ in texts], "--fast", *options)
    pairs, missed = [], 0
    for sentence, (_, places), mentions in zip(chosen, texts, found):
        standings = {mention["start"]: mention["standing"] for mention in mentions}
        for token, factuality, confidence in rows[sentence]:
            if token < len(places) and places[token] in standings:
                pairs.append((standings[places[token]], factuality, confidence))
            else:
                missed += 1
    return pairs, missed


def pearson(pairs):
    """The correlation of two columns."""
    means = [sum(column) / len(pairs) for column in zip(*pairs)]
    product = sum((a - means[0]) * (b - means[1]) for a, b in pairs)
    squares = [sum((pair[i] - means[i]) ** 2 for pair in pairs) for i in (0, 1)]
    return product / math.sqrt(squares[0] * squares[1])


def main():
    data, newsgraph, *options = sys.argv[1:]
    train, _ = judged(data, newsgraph, "train", options)
    groups = collections.defaultdict(list)
    for standing, factuality, confidence in train:
        groups[standing].append((factuality, confidence))
    means = {}
    for standing, values in sorted(groups.items(), key=lambda group: (-len(group[1]), sorted(group[0]))):
        means[standing] = sum(f * c for f, c in values) / sum(c for _, c in values)
        happened = sum(f > 0 for f, _ in values) / len(values)
        if len(values) >= 20:
            name = " ".join(sorted(standing)) or "asserted"
            print(f"{name:28} {len(values):5} mean {means[standing]:5.2f} happened {happened:.2f}")
    dev, missed = judged(data, newsgraph, "dev", options)
    pairs = [(means.get(standing, -0.5), factuality) for standing, factuality, _ in dev]
    right = sum((a > 0) == (b > 0) for a, b in pairs) / len(pairs)
    asserted = [factuality > 0 for standing, factuality, _ in dev if not standing]
    majority = sum(b > 0 for _, b in pairs) / len(pairs)
    print(f"dev: {len(pairs)} predicates, {missed} not found as events; Pearson {pearson(pairs):.3f}, right sign {right:.3f} (all happened: {majority:.3f})")
    print(f"dev: of {len(asserted)} asserted ones {sum(asserted) / len(asserted):.3f} happened")


if __name__ == "__main__":
    main()
