"""Checks the figures of `newsgraph eval` against scorers that share no code with it, on the same files.

    python tools/check_scores.py --names dev.iob2 --chains gum/dev --coval CHECKOUT [--newsgraph PROGRAM]

Names are compared with seqeval (`pip install seqeval`), chains with coval, the Python form of the CoNLL-2012 scorer
(a checkout of https://github.com/ns-moosavi/coval; it needs numpy and scipy). newsgraph reads the texts, writes gold and
what it found in the formats of the field, and scores those files; the other scorer then reads the same files. Every
precision, recall and F1 must agree to six decimals. Exit status 1 when one does not.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

TOLERANCE = 1e-6


def evaluate(program, *arguments):
    out = subprocess.run([program, "eval", *map(str, arguments), "--json"], check=True, capture_output=True, text=True)
    return {row["figure"]: row for row in json.loads(out.stdout)["figures"]}


def compare(title, ours, theirs):
    """Prints each figure of `theirs` beside ours; how many differ."""
    wrong = 0
    for name, scores in theirs.items():
        mine = [ours[name][key] for key in ("precision", "recall", "f1")]
        same = all(abs(a - b) <= TOLERANCE for a, b in zip(mine, scores))
        wrong += not same
        shown = "  ".join(f"{100 * a:6.2f} {100 * b:6.2f}" for a, b in zip(mine, scores))
        print(f"{'same' if same else 'DIFFERS':7}  {title:28} {name:14} {shown}")
    return wrong


# ---- names ---------------------------------------------------------------------------------------------------


def read_tags(path):
    """Sentences of (token, gold tag, found tag)."""
    sentences = [[]]
    for line in path.read_text(encoding="utf8").split("\n"):
        cells = line.split("\t")
        if len(cells) < 3 or cells[0] == "-DOCSTART-":
            sentences.append([])
        else:
            sentences[-1].append(cells)
    return [s for s in sentences if s]


def check_names(program, gold, work):
    from seqeval.metrics import classification_report

    subprocess.run([program, "eval", gold, "--task", "names", "--write", work], check=True, capture_output=True)
    sentences = read_tags(work / "names.tsv")
    types = {tag[2:] for s in sentences for _, tag, _ in s if tag != "O"}
    # Types that the gold does not use do not count.
    sentences = [[(w, g, f if f[2:] in types else "O") for w, g, f in s] for s in sentences]
    for name, column in (("gold.tsv", 1), ("found.tsv", 2)):
        text = "\n".join("".join(f"{row[0]}\t{row[column]}\n" for row in s) for s in sentences)
        (work / name).write_text("-DOCSTART-\tO\n\n" + text, encoding="utf8")
    report = classification_report(
        [[g for _, g, _ in s] for s in sentences],
        [[f for _, _, f in s] for s in sentences],
        output_dict=True,
        zero_division=0,
    )
    names = {"micro avg": "all", "macro avg": "mean of types", **{t: t for t in types}}
    theirs = {ours: [report[t][key] for key in ("precision", "recall", "f1-score")] for t, ours in names.items()}
    ours = evaluate(program, work / "gold.tsv", "--system", work / "found.tsv")
    return compare(f"seqeval {Path(gold).name}", ours, theirs)


# ---- chains --------------------------------------------------------------------------------------------------


def read_chains(path, singletons):
    """Chains of (first, last) token of each document, in the order of their numbers."""
    documents, chains, starts, token = {}, None, None, 0
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("#begin"):
            chains, starts, token = defaultdict(list), defaultdict(list), 0
            documents[line] = chains
        elif line.strip() and not line.startswith("#"):
            for part in line.split("\t")[-1].split("|"):
                number = part.strip("()-")
                if part.startswith("("):
                    starts[number].append(token)
                if part.endswith(")"):
                    chains[number].append((starts[number].pop(), token))
            token += 1
    return {name: [c for c in chains.values() if singletons or len(c) > 1] for name, chains in documents.items()}


def assignment(chains, others):
    where = {mention: i for i, chain in enumerate(others) for mention in chain}
    return {mention: where[mention] for chain in chains for mention in chain if mention in where}


def check_chains(program, gold, coval, work, options):
    script = next(p for p in (coval / "coval/eval/evaluator.py", coval / "eval/evaluator.py") if p.exists())
    spec = importlib.util.spec_from_file_location("evaluator", script)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    command = [program, "eval", gold, "--task", "coreference", "--write", work, *options]
    subprocess.run(command, check=True, capture_output=True)
    wrong = 0
    for singletons in (False, True):
        key, response = (read_chains(work / name, singletons) for name in ("key.conll", "response.conll"))
        infos = {d: (key[d], response[d], assignment(key[d], response[d]), assignment(response[d], key[d])) for d in key}
        metrics = {"MUC": scorer.muc, "B³": scorer.b_cubed, "CEAF-e": scorer.ceafe, "LEA": scorer.lea, "mentions": scorer.mentions}
        theirs = {}
        for name, metric in metrics.items():
            recall, precision, f1 = scorer.evaluate_documents(infos, metric)
            theirs[name] = [precision, recall, f1]
        parts = [theirs[name] for name in ("MUC", "B³", "CEAF-e")]
        theirs["CoNLL"] = [sum(column) / 3 for column in zip(*parts)]
        flags = ["--singletons"] if singletons else []
        ours = evaluate(program, work / "key.conll", "--system", work / "response.conll", *flags)
        title = f"coval {Path(gold).name}{' singletons' if singletons else ''}"
        wrong += compare(title, ours, theirs)
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", nargs="*", default=[], help="files of tokens and tags")
    parser.add_argument("--chains", nargs="*", default=[], help="CoNLL-U files with Entity=, or directories of them")
    parser.add_argument("--coval", type=Path, help="a checkout of coval")
    parser.add_argument("--newsgraph", default="target/release/newsgraph", help="the program")
    arguments = parser.parse_args()
    wrong = 0
    print(f"{'':52} {'precision':>13}  {'recall':>13}  {'F1':>13}   (newsgraph, other)")
    with tempfile.TemporaryDirectory() as work:
        for gold in arguments.names:
            wrong += check_names(arguments.newsgraph, gold, Path(work))
        for gold in arguments.chains:
            wrong += check_chains(arguments.newsgraph, gold, arguments.coval, Path(work), [])
            wrong += check_chains(arguments.newsgraph, gold, arguments.coval, Path(work), ["--ontonotes"])
    print(f"{wrong} figures differ" if wrong else "all figures agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
