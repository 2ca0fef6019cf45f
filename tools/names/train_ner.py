"""Retrain the stock pipeline's entity recogniser and put it back into the pipeline.

    python train_ner.py STOCK_MODEL_DIR DATA_DIR PREPARED_DIR OUT_DIR [--epochs N] [--rate R] [--silver FILE ...]

Starts from the stock weights, token vectors network included; writes OUT_DIR, the whole pipeline with `ner`
replaced, whenever the mean over the development sets rises.
"""

import argparse
import random
import time
import warnings
from pathlib import Path

import spacy
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

import augment
import grow
import prepared
import score

warnings.filterwarnings("ignore")
GOLD = ("uner-ewt", "wikigold", "crossner", "gum", "redocred", "meantime")


def chunks(item, most=60):
    """Cut an item at sentence starts into pieces of about `most` tokens or one sentence."""
    cuts, begin = [], 0
    for i, start in enumerate(item.starts):
        if start and i - begin >= most:
            cuts.append((begin, i))
            begin = i
    cuts.append((begin, len(item.words)))
    for a, b in cuts:
        inside = lambda s: a <= s[0] and s[1] <= b
        yield prepared.Item(item.words[a:b], item.spaces[a:b], item.starts[a:b],
                            [(x - a, y - a, t) for x, y, t in item.ents if inside((x, y))],
                            [(x - a, y - a) for x, y in item.missing if inside((x, y))], item.source)


def batches(items, words, rng):
    rng.shuffle(items)
    batch, size = [], 0
    for it in items:
        batch.append(it)
        size += len(it.words)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def dev_sets(folder, vocab):
    out = {}
    for path in sorted(Path(folder).glob("dev-*.spacy")):
        docs = prepared.load(path, vocab)
        out[path.stem[4:]] = ([prepared.clear(d) for d in docs], [[tuple(s) for s in d.user_data["gold"]] for d in docs])
    return out


def evaluate(ner, sets):
    results = {}
    for name, (docs, gold) in sets.items():
        found = [score.names(d) for d in ner.pipe((prepared.clear(d) for d in docs), batch_size=32)]
        results[name] = score.compare(gold, found)
    return results


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("model"); ap.add_argument("data"); ap.add_argument("prepared"); ap.add_argument("out")
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=1e-3)
    ap.add_argument("--drop", type=float, default=0.15)
    ap.add_argument("--words", type=int, default=700)
    ap.add_argument("--swap", type=float, default=0.25)
    ap.add_argument("--case", type=float, default=0.08)
    ap.add_argument("--gold", nargs="*", default=list(GOLD))
    ap.add_argument("--silver", nargs="*", default=[])
    ap.add_argument("--silver-share", type=float, default=1.0)
    ap.add_argument("--gold-times", type=int, default=1)
    ap.add_argument("--depth", type=int, default=0)
    ap.add_argument("--minutes", type=float, default=1e9)
    ap.add_argument("--seed", type=int, default=0)
    args = ap.parse_args()

    fix_random_seed(args.seed)
    rng = random.Random(args.seed)
    nlp = spacy.load(args.model, exclude=[])
    if args.depth:
        grow.deepen(nlp, args.depth)
    ner = nlp.get_pipe("ner")
    folder = Path(args.prepared)
    sets = dev_sets(folder, nlp.vocab)
    raw = {n: prepared.load(folder / f"train-{n}.spacy", nlp.vocab) for n in args.gold}
    typing = prepared.Typing(args.data, [d for docs in raw.values() for d in docs])
    items = {n: [c for d in docs for c in chunks(prepared.item(d, typing, n))] for n, docs in raw.items()}
    gold = [c for n in items for c in items[n] if c.ents or rng.random() < 0.5]
    silver = []
    for path in args.silver:
        docs = prepared.load(path, nlp.vocab)
        silver += [c for d in docs for c in chunks(prepared.silver(d, typing))]
    print("gold", len(gold), sum(len(c.words) for c in gold), "silver", len(silver), sum(len(c.words) for c in silver), flush=True)
    swapper = augment.Swapper(args.data, gold)

    optimizer = Adam(args.rate, L2=0.0, grad_clip=1.0, use_averages=True)
    n_words = args.gold_times * sum(len(c.words) for c in gold) + args.silver_share * sum(len(c.words) for c in silver)
    total = max(1, int(args.epochs * n_words / args.words))
    best, step, t0 = 0.0, 0, time.time()
    if not args.depth:
        print(score.report(evaluate(ner, sets))[0], flush=True)
    for epoch in range(args.epochs):
        pool = args.gold_times * gold + rng.sample(silver, int(args.silver_share * len(silver)))
        loss, words = {}, 0
        for batch in batches(pool, args.words, rng):
            shown = [swapper.vary(c, rng, args.swap, args.case) for c in batch]
            examples = [Example(c.doc(nlp.vocab, False), c.doc(nlp.vocab, True)) for c in shown]
            done = max(step / total, (time.time() - t0) / 60 / args.minutes)
            optimizer.learn_rate = args.rate * min(1.0, (step + 1) / 50) * max(0.02, 1 - done)
            ner.update(examples, drop=args.drop, sgd=optimizer, losses=loss)
            step += 1
            words += sum(len(c.words) for c in batch)
            if step % 100 == 0:
                print(epoch, step, total, round(loss["ner"] / words, 4), round(time.time() - t0), "s", flush=True)
            if done >= 1:
                break
        with ner.model.use_params(optimizer.averages):
            report, mean = score.report(evaluate(ner, sets))
            print(f"epoch {epoch} {time.time() - t0:.0f} s\n{report}", flush=True)
            if mean > best:
                best = mean
                nlp.to_disk(args.out)
        if time.time() - t0 > 60 * args.minutes:
            break


if __name__ == "__main__":
    main()
