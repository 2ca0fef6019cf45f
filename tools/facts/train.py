"""Trains the learned rule for relations: `python train.py documents.jsonl pairs.jsonl > relation_weights.tsv`."""

import json
import sys
import tomllib
from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

# Our relations and the properties of KnowledgeNet that they are learned from, in the order of the file.
RELATIONS = {
    "chiefExecutive": "CEO", "parent": "CHILD_OF", "foundingDate": "DATE_FOUNDED", "birthDate": "DATE_OF_BIRTH",
    "deathDate": "DATE_OF_DEATH", "alumniOf": "EDUCATED_AT", "memberOf": "EMPLOYEE_OR_MEMBER_OF", "founder": "FOUNDED_BY",
    "headquarters": "HEADQUARTERS", "nationality": "NATIONALITY", "birthPlace": "PLACE_OF_BIRTH",
    "homeLocation": "PLACE_OF_RESIDENCE", "party": "POLITICAL_AFFILIATION", "spouse": "SPOUSE",
    "subOrganizationOf": "SUBSIDIARY_OF",
}
SEEN = 6          # A feature counts from so many pairs on.
SMALL = 0.08      # Weights below this are left out,
TINY = 0.05       # and below this after calibration.
STRENGTH = 0.15   # Of the regularisation, inverse.
NEVER = -8        # The weight of a pair of kinds that never stood in a relation.
WEAK = 0.5        # How much a pair counts against a relation that its passage was not annotated for and no pattern finds.
# From which likelihood on a relation is found; of those that news overdoes (lists of members), a higher one.
THRESHOLDS = {"memberOf": 0.85, "party": 0.8}
THRESHOLD = 0.75
PATTERNS = "../../data/en/relations.toml"
FOLDS = (1, 2, 3)


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def examples(documents, pairs):
    """Of each pair its features, the properties asked of its passage with whether they hold, and its fold."""
    gold = {document["id"]: document for document in map(json.loads, open(documents, encoding="utf-8"))}
    for row in map(json.loads, open(pairs, encoding="utf-8")):
        spoken = lambda span: row["aliases"].get(f"[{span[0]}, {span[1]}]", [span])
        for subject, object, features in row["pairs"]:
            inside = lambda p: p["start"] <= min(subject[0], object[0]) and max(subject[1], object[1]) <= p["end"]
            passage = next(filter(inside, gold[row["id"]]["passages"]), None)
            subjects, objects = spoken(subject), spoken(object)
            if passage is None or any(one in objects for one in subjects):
                continue
            right = {
                name for name, a, b, c, d in passage["facts"]
                if any(overlap(span, (a, b)) for span in subjects) and any(overlap(span, (c, d)) for span in objects)
            }
            yield features, {name: name in right for name in passage["properties"]}, passage["fold"]


def matrix(rows, vocabulary):
    columns, starts = [], [0]
    for features in rows:
        columns += sorted({vocabulary[feature] for feature in features if feature in vocabulary})
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(rows), len(vocabulary)))


def fitted(x, y, weight):
    return LogisticRegression(solver="liblinear", C=STRENGTH, max_iter=300).fit(x, y, sample_weight=weight)


def main():
    rows, answers, folds = map(list, zip(*examples(*sys.argv[1:3])))
    folds = np.array(folds)
    counts = Counter(feature for features in rows for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count >= SEEN)
    vocabulary = {feature: number for number, feature in enumerate(names)}
    x = matrix(rows, vocabulary)
    kinds = np.array([next(feature for feature in features if feature.startswith("kinds ")) for features in rows])
    patterns = tomllib.load(open(PATTERNS, "rb"))["patterns"]
    relation_of = {pattern["rule"]: pattern["relation"] for pattern in patterns}
    fired = [{relation_of.get(it.split()[1]) for it in features if it.startswith("rule ")} for features in rows]
    weights, biases = [], []
    for relation, name in RELATIONS.items():
        asked = np.array([name in answer for answer in answers])
        y = np.array([answer.get(name, False) for answer in answers])
        usual = {kind for kind, count in Counter(kinds[y]).items() if count > 1}
        fits = np.isin(kinds, list(usual))
        use = fits & (asked | np.array([relation not in found for found in fired]))
        count = np.where(asked, 1.0, WEAK)
        asked &= fits
        held = np.zeros(len(rows))
        for fold in FOLDS:
            rest = use & (folds != fold)
            held[folds == fold] = fitted(x[rest], y[rest], count[rest]).decision_function(x[folds == fold])
        platt = LogisticRegression(C=1e6).fit(held[asked, None], y[asked])
        scale, shift = float(platt.coef_[0][0]), float(platt.intercept_[0])
        model = fitted(x[use], y[use], count[use])
        weight = np.where(np.abs(model.coef_[0]) < SMALL, 0, model.coef_[0]) * scale
        for kind in set(kinds) - usual:
            if kind in vocabulary:
                weight[vocabulary[kind]] = NEVER
        weights.append(weight)
        biases.append(float(model.intercept_[0]) * scale + shift)
        likely = 1 / (1 + np.exp(-(held[asked] * scale + shift))) >= THRESHOLDS.get(relation, THRESHOLD)
        print(f"{relation}: pairs P {y[asked][likely].mean():.2f} R {likely[y[asked]].mean():.2f}", file=sys.stderr)
    print("# Weights of the learned rule for relations: see tools/facts. Learned from KnowledgeNet's training part (CC BY-SA 4.0).")
    for relation, bias in zip(RELATIONS, biases):
        print(f"=\t{relation}\t{bias:.3f}\t{THRESHOLDS.get(relation, THRESHOLD)}")
    for feature, number in vocabulary.items():
        cells = [f"{relation}:{weight[number]:.2f}" for relation, weight in enumerate(weights) if abs(weight[number]) >= TINY]
        if cells and not feature.startswith(("#", "=")) and "\t" not in feature and "\n" not in feature:
            print(feature, *cells, sep="\t")


main()
