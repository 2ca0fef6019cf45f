"""Learns how much each feature of a candidate speaks for an attribution: a logistic regression, written as a table.

    cargo run --release --example attributions -- --data data GUM/train > rows.tsv
    python train.py rows.tsv data/en/attribution_weights.csv [--held]

Every fifth text of the rows, in the order of their names, is held out with `--held`; what is learned then is measured on them.
"""

import argparse
from collections import Counter

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

# Features seen less often are left out: they would be learned by heart.
FEWEST, FEWEST_WORDS = 5, 3


def read(path):
    """Rows of text, label and features."""
    rows = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            text, label, _words, *features = line.rstrip("\n").split("\t")
            if features and features[0]:
                rows.append((text, int(label), features))
    return rows


def described(rows, known):
    return [{feature: 1 for feature in features if feature in known} for _, _, features in rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows")
    parser.add_argument("weights")
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--penalty", type=float, default=0.5)
    arguments = parser.parse_args()

    rows = read(arguments.rows)
    texts = sorted({text for text, _, _ in rows})
    held = {text for place, text in enumerate(texts) if place % 5 == 0} if arguments.held else set()
    learned = [row for row in rows if row[0] not in held]
    seen = Counter(feature for _, _, features in learned for feature in features)
    known = {f for f, n in seen.items() if n >= (FEWEST_WORDS if f.startswith("lemma=") else FEWEST)}

    vectors = DictVectorizer(sparse=False)
    model = LogisticRegression(C=arguments.penalty, max_iter=2000, solver="liblinear")
    model.fit(vectors.fit_transform(described(learned, known)), [label for _, label, _ in learned])

    if held:
        rest = [row for row in rows if row[0] in held]
        likely = model.predict_proba(vectors.transform(described(rest, known)))[:, 1] >= 0.5
        right = np.array([label for _, label, _ in rest]) == 1
        both = (likely & right).sum()
        print(f"held out: precision {both / likely.sum():.3f}, recall {both / right.sum():.3f} of {right.sum()} candidates that are right")

    weights = [(name, weight) for name, weight in zip(vectors.feature_names_, model.coef_[0]) if abs(weight) >= 0.05]
    with open(arguments.weights, "w", encoding="utf-8") as out:
        out.write("feature,weight\n")
        for name, weight in sorted([*weights, ("bias", model.intercept_[0])]):
            out.write(f"{name},{weight:.2f}\n")


if __name__ == "__main__":
    main()
