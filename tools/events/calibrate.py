"""Works out the confidences of data/en/events.toml: how often a mention of each rule is right.

    python3 tools/events/calibrate.py MEANTIME/apple target/release/newsgraph [--data DIR]

A mention is right if people annotated an event on one of its words, with its polarity and certainty where they said any. The share is smoothed
with one right and one wrong mention.
"""

import collections
import glob
import re
import sys
import xml.etree.ElementTree as ET

import shown


def article(path):
    """The text of a file up to its last annotation, and its events: span, polarity, certainty."""
    root = ET.parse(path).getroot()
    tokens = {token.get("t_id"): token for token in root.iter("token")}
    marked = [m for m in root.find("Markables") if m.findall("token_anchor")]
    of = lambda markable: [anchor.get("t_id") for anchor in markable.findall("token_anchor")]
    last = max(int(tokens[t].get("sentence")) for markable in marked for t in of(markable))
    text, places, before = "", {}, None
    for number, token in tokens.items():
        sentence = int(token.get("sentence"))
        if sentence > last or sentence == 1:
            continue
        if before is not None and sentence != before:
            text += "\n\n" if before == 0 else " "
        elif text and not re.match(r"^[.,;:!?)%’'\]]|^n't$|^'s$", token.text) and not text.endswith(("(", "$")):
            text += " "
        places[number] = (len(text), len(text) + len(token.text))
        text += token.text
        before = sentence
    events = []
    for markable in marked:
        ids = of(markable)
        if markable.tag == "EVENT_MENTION" and all(t in places for t in ids):
            events.append(([places[t] for t in ids], markable.get("polarity"), markable.get("certainty")))
    created = [m.get("value") for m in root.find("Markables") if m.get("functionInDocument") == "CREATION_TIME"]
    headline, _, rest = text.partition("\n\n")
    return {"headline": headline, "text": rest, "datePublished": created[0] if created else None}, headline, events


def is_right(mention, events):
    """Whether people annotated a mention, with its polarity and certainty."""
    for places, polarity, certainty in events:
        if any(start < mention["end"] and mention["start"] < end for start, end in places):
            standing = mention["standing"]
            denied = {"NEG": True, "POS": False}.get(polarity, "denied" in standing)
            open_ = standing & {"asked", "supposed"}
            said = "UNDERSPECIFIED" if open_ else "POSSIBLE" if "possible" in standing else "PROBABLE" if "probable" in standing else "CERTAIN"
            return denied == ("denied" in standing) and certainty in ("", None, said)
    return False


def main():
    folder, newsgraph, *options = sys.argv[1:]
    read = [article(path) for path in sorted(glob.glob(f"{folder}/*.xml"))]
    found = shown.events(newsgraph, [item[0] for item in read], *options)
    counts = collections.defaultdict(lambda: [0, 0])
    for (_, _, events), mentions in zip(read, found):
        for mention in mentions:
            count = counts[mention["rule"]]
            count[0] += is_right(mention, events)
            count[1] += 1
    for rule, (right, all_) in sorted(counts.items()):
        print(f'"{rule}" = {(right + 1) / (all_ + 2):.2f}  # {right} of {all_}')


if __name__ == "__main__":
    main()
