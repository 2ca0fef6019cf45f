#!/usr/bin/env python3
"""Writes the golden analyses of tests/analysis: what real spaCy says of sentences written for this project.

    python tools/golden_spacy.py MODEL tests/analysis/*.txt

Beside each text it writes a `.tsv` of word, lemma, part of speech, tag, number of the head, label and name; a blank line
starts a sentence. White space inside words is written with backslashes.
"""

import sys
from pathlib import Path

import spacy


def table(doc):
    lines = []
    for token in doc:
        if token.is_sent_start and token.i:
            lines.append("")
        name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "-"
        row = [token.text, token.lemma_, token.pos_, token.tag_, str(token.head.i), token.dep_, name]
        lines.append("\t".join(cell.replace("\n", "\\n").replace("\t", "\\t") for cell in row))
    return "\n".join(lines) + "\n"


def main():
    nlp = spacy.load(sys.argv[1])
    for path in map(Path, sys.argv[2:]):
        path.with_suffix(".tsv").write_text(table(nlp(path.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
