"""Strict span-and-type scores of a pipeline on the development sets.

    python score.py MODEL_DIR DATA_DIR [SET ...]
"""

import sys
from collections import Counter

import corpora

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PER": "PER"}


def names(doc):
    """The PER / ORG / LOC names of a spaCy Doc, articles and possessives dropped."""
    found = []
    for ent in doc.ents:
        kind = KINDS.get(ent.label_)
        span = kind and corpora.clean_span(doc.text, ent.start_char, ent.end_char)
        if span:
            found.append((*span, kind))
    return found


def compare(gold, found):
    """Counts of (right, found, gold) per kind over paired lists of spans."""
    counts = Counter()
    for g, f in zip(gold, found):
        g, f = {s for s in g if s[2] in corpora.NAMES}, set(f)
        for kind in corpora.NAMES:
            counts["right", kind] += sum(s[2] == kind for s in g & f)
            counts["found", kind] += sum(s[2] == kind for s in f)
            counts["gold", kind] += sum(s[2] == kind for s in g)
    return counts


def f1(counts, kinds=corpora.NAMES):
    right, found, gold = (sum(counts[what, k] for k in kinds) for what in ("right", "found", "gold"))
    return 200 * right / (found + gold) if found + gold else 0.0


def table(counts):
    found, gold, right = (sum(counts[w, k] for k in corpora.NAMES) for w in ("found", "gold", "right"))
    parts = " ".join(f"{k} {f1(counts, [k]):5.1f}" for k in corpora.NAMES)
    return f"F {f1(counts):5.1f}  P {100 * right / max(found, 1):5.1f} R {100 * right / max(gold, 1):5.1f}  {parts}"


MAIN = ("uner-ewt", "crossner", "gum-all", "gum-held", "wikigold")


def evaluate(nlp, sets, prepared=None):
    """Scores by set; `prepared` holds docs that went through everything before `ner`."""
    out = {}
    for name, docs in sets.items():
        if prepared:
            made = [d.copy() for d in prepared[name]]
            ner = nlp.get_pipe("ner")
            found = [names(d) for d in ner.pipe(made, batch_size=32)]
        else:
            found = [names(d) for d in nlp.pipe((d.text for d in docs), batch_size=16)]
        out[name] = compare([d.spans for d in docs], found)
    return out


def report(results):
    lines = [f"{name:9} {table(counts)}" for name, counts in results.items()]
    mean = sum(f1(results[n]) for n in MAIN if n in results) / max(1, sum(n in results for n in MAIN))
    return "\n".join([*lines, f"mean {mean:5.2f}"]), mean


if __name__ == "__main__":
    import spacy

    nlp = spacy.load(sys.argv[1], exclude=["lemmatizer"])
    sets = corpora.development(sys.argv[2])
    print(report(evaluate(nlp, {n: s for n, s in sets.items() if not sys.argv[3:] or n in sys.argv[3:]}))[0])
