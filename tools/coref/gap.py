"""Pronouns of GAP: prints its texts for `examples/coreference`, makes training documents of them, and scores.

    gap.py documents TSV FIRST LAST
    gap.py score TSV PREDICTED.jsonl
"""
import csv
import json
import sys


def rows(path):
    with open(path, encoding="utf8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def training(path, phrases_path, make, weight):
    """A document for each pronoun that stands for one of its two names."""
    phrases_of = {row["id"]: row["phrases"] for row in map(json.loads, open(phrases_path))}
    made = []
    for row in rows(path):
        phrases = phrases_of.get(row["ID"])
        truth = "A" if row["A-coref"] == "TRUE" else "B" if row["B-coref"] == "TRUE" else None
        if phrases is None or truth is None:
            continue
        pronoun = int(row["Pronoun-offset"])
        start = int(row[f"{truth}-offset"])
        end = start + len(row[truth])
        groups, asked = [None] * len(phrases), set()
        for number, (_, _, head, joined, *_) in enumerate(phrases):
            if head == pronoun:
                groups[number] = 1
                asked.add(number)
            elif start <= head < end and not joined:
                groups[number] = 1
        if asked and any(groups[earlier] for later in asked for earlier, _ in phrases[later][7]):
            made.append(make(phrases, groups, weight, asked))
    return made


def score(path, predicted_path):
    """Overall F1, and the ratio of that for feminine to that for masculine pronouns, as GAP's own scorer counts them."""
    predicted = {row["id"]: row for row in map(json.loads, open(predicted_path))}
    counts = {"M": [0, 0, 0], "F": [0, 0, 0]}
    for row in rows(path):
        if row["ID"] not in predicted:
            continue
        gender = "F" if row["Pronoun"].lower() in ("she", "her", "hers", "herself") else "M"
        pronoun = int(row["Pronoun-offset"])
        chain = next((chain for chain in predicted[row["ID"]]["chains"]
                      if any(mention["head"] == pronoun for mention in chain["mentions"])), {"mentions": [], "names": []})
        places = [mention["head"] for mention in chain["mentions"]] + [end - 1 for _, end in chain["names"]]
        for name in "AB":
            start = int(row[f"{name}-offset"])
            end = start + len(row[name])
            found = any(start <= place < end for place in places)
            true = row[f"{name}-coref"] == "TRUE"
            counts[gender][0] += found and true
            counts[gender][1] += found and not true
            counts[gender][2] += true and not found

    def f1(right, wrong, missed):
        return 200 * right / max(2 * right + wrong + missed, 1)

    both = [a + b for a, b in zip(counts["M"], counts["F"])]
    masculine, feminine = f1(*counts["M"]), f1(*counts["F"])
    print(f"GAP F1 {f1(*both):.1f}  masculine {masculine:.1f}  feminine {feminine:.1f}  ratio {feminine / max(masculine, 1e-9):.2f}"
          f"  (right, wrong, missed {both})")


if __name__ == "__main__":
    if sys.argv[1] == "score":
        score(*sys.argv[2:])
    else:
        for number, row in enumerate(rows(sys.argv[2]), 1):
            if int(sys.argv[3]) <= number <= int(sys.argv[4]):
                print(json.dumps({"id": row["ID"], "text": row["Text"], "headline": False}))
