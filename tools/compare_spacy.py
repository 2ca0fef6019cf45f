#!/usr/bin/env python3
"""Compares newsgraph's analysis with spaCy's own, from raw text.

    python tools/compare_spacy.py MODEL TEXTS... [--model FILE] [--speed] [--show N]

MODEL is a spaCy pipeline (a name or a directory); TEXTS are text files, folders of `.txt` files, or `.json` files that hold a
list of texts. `--model FILE` is the export of MODEL to run natively, by default models/en_core_web_md.safetensors. `--speed` measures
both sides in turn on the same texts. `--show N` prints the first N differences of each layer.

Runs `cargo build --release --example analyse` first, in the project that holds this script.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["tag", "pos", "lemma", "head", "label"]


def texts_of(paths):
    for path in map(Path, paths):
        if path.is_dir():
            yield from texts_of(sorted(path.rglob("*.txt")))
        elif path.suffix == ".json":
            yield from json.loads(path.read_text("utf-8"))
        else:
            yield path.read_text("utf-8", errors="replace")


def analyse(texts, model, *flags):
    """The native analysis of each text, and what the program printed to standard error."""
    subprocess.run(["cargo", "build", "--release", "--quiet", "--example", "analyse"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    command = [target / "release" / "examples" / "analyse", *flags]
    if model:
        command += ["--model", model]
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line], done.stderr.decode()


class Tally:
    """How often the two agree, layer by layer."""

    def __init__(self, show):
        self.same, self.all, self.show = {}, {}, show

    def count(self, layer, ours, theirs, where):
        self.all[layer] = self.all.get(layer, 0) + 1
        if ours == theirs:
            self.same[layer] = self.same.get(layer, 0) + 1
        elif self.all[layer] - self.same.get(layer, 0) <= self.show:
            print(f"{layer}: {ours!r}, spaCy {theirs!r}: {where!r}")

    def report(self):
        for layer, count in self.all.items():
            same = self.same.get(layer, 0)
            print(f"{layer:>16} {same:>8} of {count:>8}  {100 * same / count:8.3f}%")


def compare(doc, ours, tally):
    context = lambda start, end: doc.text[max(0, start - 30) : end + 30]
    spans = [(token.idx, token.idx + len(token)) for token in doc]
    mine = {(start, end): i for i, (start, end, *_) in enumerate(ours["tokens"])}
    known = set(spans)
    for span in spans:
        tally.count("token", doc.text[slice(*span)] if span in mine else None, doc.text[slice(*span)], context(*span))
    for span in mine:
        if span not in known:
            tally.count("token", doc.text[slice(*span)], None, context(*span))
    starts = set(ours["starts"])
    place = lambda i: ours["tokens"][i][0]
    for token, span in zip(doc, spans):
        if span not in mine:
            continue
        i = mine[span]
        _, _, tag, pos, lemma, head, label = ours["tokens"][i]
        where = f"{token.text} in {context(*span)}"
        theirs = [token.tag_, token.pos_, token.lemma_, token.head.idx, token.dep_]
        for layer, a, b in zip(LAYERS, [tag, pos, lemma, place(head), label], theirs):
            tally.count(layer, a, b, where)
        tally.count("head and label", (place(head), label), (token.head.idx, token.dep_), where)
        tally.count("sentence start", i in starts, bool(token.is_sent_start), where)
    end = lambda i: ours["tokens"][i - 1][1]
    names = {(place(a), end(b), label) for a, b, label in ours["names"]}
    theirs = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
    for name in sorted(names | theirs):
        tally.count("name", name if name in names else None, name if name in theirs else None, context(*name[:2]))


def speed(nlp, texts, model, words):
    print("\nwords per second, the same texts in the same run")
    best = 0
    for processes in (1, 2):
        for size in (nlp.batch_size, 32):
            start = time.perf_counter()
            for _ in nlp.pipe(texts, n_process=processes, batch_size=size):
                pass
            rate = words / (time.perf_counter() - start)
            best = max(best, rate)
            print(f"  spaCy, n_process={processes}, batch_size={size}: {rate:,.0f}")
    rates = []
    for _ in range(3):
        _, seconds = analyse(texts, model, "--time")
        rates.append(words / float(seconds))
        print(f"  newsgraph: {rates[-1]:,.0f}")
    print(f"  newsgraph is {sorted(rates)[1] / best:.1f} times as fast as the best of spaCy")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("spacy_model")
    options.add_argument("texts", nargs="+")
    options.add_argument("--model", default=ROOT / "models/en_core_web_md.safetensors")
    options.add_argument("--speed", action="store_true")
    options.add_argument("--show", type=int, default=0)
    options = options.parse_args()
    import spacy

    nlp = spacy.load(options.spacy_model)
    texts = list(texts_of(options.texts))
    ours, _ = analyse(texts, options.model)
    tally = Tally(options.show)
    words = 0
    for text, mine in zip(texts, ours, strict=True):
        doc = nlp(text)
        words += len(doc)
        compare(doc, mine, tally)
    print(f"{len(texts)} texts, {words} tokens")
    tally.report()
    if options.speed:
        speed(nlp, texts, options.model, words)


if __name__ == "__main__":
    sys.exit(main())
