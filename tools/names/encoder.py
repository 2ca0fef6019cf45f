"""Train the encoder that reads names inside the program.

    python encoder.py train MINILM STOCK DATA PREPARED OUT.pt --start TEACHER.pt [--minutes M]
    python encoder.py score MINILM STOCK DATA PREPARED OUT.pt [--style S]

`train` goes on from a teacher's weights with windows of several sentences, cut anew every epoch, a moving average of the
weights and bfloat16. The word embeddings stay as they are.
"""

import argparse
import copy
import random
import time
import warnings
from pathlib import Path

import spacy
import torch
from torch import nn

import augment
import prepared
import score
import teacher
from train_ner import GOLD, chunks

warnings.filterwarnings("ignore")
SILVER = ("causal-news", "knowledge-net", "tekgen", "gap")
WINDOW = (25, 60, 100, 140)  # most words of a window, drawn for each document


class Windows:
    """Training windows of prepared documents, varied."""

    sizes = WINDOW

    def __init__(self, args, nlp, encoder, rng, silver=True):
        folder = Path(args.prepared)
        self.encoder, self.rng = encoder, rng
        raw = {n: prepared.load(folder / f"train-{n}.spacy", nlp.vocab) for n in GOLD}
        self.typing = typing = prepared.Typing(args.data, [d for docs in raw.values() for d in docs])
        self.gold = [(prepared.item(d, typing, n), prepared.stock_spans(d)) for n, docs in raw.items() for d in docs]
        self.silver = []
        for n in SILVER if silver else ():
            for d in prepared.load(folder / f"silver-{n}.spacy", nlp.vocab):
                self.silver.append((prepared.silver(d, typing), prepared.stock_spans(d)))
        self.swapper = augment.Swapper(args.data, [i for i, _ in self.gold])

    def cut(self, documents):
        for item, stock in documents:
            tags, at = teacher.tags_of(len(item.words), stock), 0
            for window in chunks(item, self.rng.choice(self.sizes)):
                yield window, tags[at : at + len(window.words)]
                at += len(window.words)

    def swapped(self, item, tags):
        """Other names put in; the stock model's tag of a name that went stays with the one that came, mostly."""
        marked = prepared.Item(item.words, list(zip(item.spaces, tags)), item.starts, item.ents, item.missing, item.source)
        new = self.swapper.swap(marked, self.rng, 0.5)
        old, out = [s if isinstance(s, tuple) else None for s in new.spaces], []
        for i, s in enumerate(old):
            out.append(s[1] if s else "O")
        for a, b, _ in new.ents:
            if any(old[i] is None for i in range(a, b - 1)):
                kind = out[b - 1][2:] if out[b - 1] != "O" and self.rng.random() < 0.7 else None
                for i in range(a, b):
                    out[i] = ("B-" if i == a else "I-") + kind if kind else "O"
        return prepared.Item(new.words, [s[0] if isinstance(s, tuple) else s for s in new.spaces], new.starts, new.ents, new.missing, new.source), out

    def example(self, pair):
        rng, (item, tags) = self.rng, pair
        if item.ents and rng.random() < 0.25:
            item, tags = self.swapped(item, tags)
        chance = rng.random()
        if chance < 0.09:
            item = augment.recase(item, rng.choice(("lower", "upper", "upper", "title", "title")))
            if rng.random() < 0.7:
                tags = ["O"] * len(tags)
        elif chance < 0.12 and item.words[0][:1].isupper():
            before = len(item.words)
            item = self.swapper.dateline(item, rng)
            tags = ["O"] * (len(item.words) - before) + tags
        elif chance < 0.124:
            item = self.swapper.byline(rng)
            tags = ["O"] * len(item.words)
        if rng.random() < 0.12:
            tags = ["O"] * len(tags)
        style = item.source if item.source in teacher.STYLES and rng.random() > 0.25 else "any"
        return self.encoder.encode(item.words, tags, teacher.labels_of(item)), teacher.STYLES.index(style)

    def batches(self, documents, pieces):
        """Padded batches of about `pieces` pieces each, windows of like length together, in random order."""
        examples = [self.example(p) for p in self.cut(documents)]
        examples = [e for e in examples if len(e[0][4]) > 1]
        self.rng.shuffle(examples)
        groups = []
        for g in range(0, len(examples), 1024):
            part, group = sorted(examples[g : g + 1024], key=lambda e: len(e[0][0])), []
            for e in part:
                if group and (len(group) + 1) * len(e[0][0]) > pieces:
                    groups.append(group)
                    group = []
                group.append(e)
            groups.append(group)
        self.rng.shuffle(groups)
        for group in groups:
            yield teacher.tensors([e[0] for e in group], [e[1] for e in group])


class Encoder(teacher.Teacher):
    """The teacher's network with every layer free to learn; the word embeddings stay."""

    join = teacher.FROZEN

    def hidden(self, ids, case, stock, style, pad):
        """What the last layer holds."""
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers[: self.join]:
            x = layer(x, src_key_padding_mask=pad)
        x = x + self.case(case) + self.stock(stock) + self.style(style)[:, None]
        for layer in self.layers[self.join :]:
            x = layer(x, src_key_padding_mask=pad)
        return x

    def forward(self, *inputs):
        return self.out(self.drop(self.hidden(*inputs)))


def evaluate(model, encoder, dev, style):
    with torch.autocast("cpu", torch.bfloat16):
        out = {}
        for name, docs in dev.items():
            found, _ = teacher.predict(model, encoder, docs, style)
            out[name] = score.compare([[tuple(s) for s in d.user_data["gold"]] for d in docs], found)
        return out


def steps(args, windows, model, groups, texts, loss):
    """Trains `model`, but not its words and positions, and yields its moving average, the epoch and what is done after each step.

    `groups` are lists of parameters, each with its share of the learning rate; `texts` gives those of an epoch, `loss` that of a batch.
    """
    opt = torch.optim.AdamW([{"params": params, "lr": share * args.rate} for params, share in groups], weight_decay=0.01)
    peak, average, t0, step, pieces, epoch = [g["lr"] for g in opt.param_groups], copy.deepcopy(model), time.time(), 0, 0, 0
    trained = [(a, p) for a, p in zip(average.parameters(), model.parameters()) if p.requires_grad]
    running = 0.0
    while True:
        model.train()
        for x, y in windows.batches(texts(), args.pieces):
            done = (time.time() - t0) / 60 / args.minutes
            if done >= 1:
                return
            for g, p in zip(opt.param_groups, peak):
                g["lr"] = p * min(1, (step + 1) / 100) * max(0.01, 1 - done)
            value = loss(x, y)
            opt.zero_grad(); value.backward()
            nn.utils.clip_grad_norm_([p for params, _ in groups for p in params], 1.0)
            opt.step()
            step += 1
            decay = min(0.998, 1 - 1 / (step + 1))
            with torch.no_grad():
                for a, p in trained:
                    a.lerp_(p, 1 - decay)
            pieces += int((~x[4]).sum()); running += value.item()
            if step % 100 == 0:
                print(epoch, step, f"{100 * done:.0f}%", round(running / 100, 4), round(pieces / (time.time() - t0)), "pieces/s", flush=True)
                running = 0.0
            yield average, epoch, done
        epoch += 1


def freed(model):
    """Lets all of a model learn but its words and positions; gives the parameters that its layers do not have."""
    for p in model.parameters():
        p.requires_grad_(True)
    for part in (model.words, model.positions):
        part.requires_grad_(False)
    return [p for m in (model.case, model.stock, model.style, model.out) for p in m.parameters()]


def learn(args, windows, model, dev):
    fresh = freed(model)
    lower = [p for l in (model.norm, *model.layers[: teacher.FROZEN]) for p in l.parameters()]
    upper = [p for l in model.layers[teacher.FROZEN :] for p in l.parameters()]

    def texts():
        return windows.gold + windows.rng.sample(windows.silver, int(args.silver * len(windows.silver)))

    def loss(x, y):
        with torch.autocast("cpu", torch.bfloat16):
            return nn.functional.cross_entropy(model(*x).float().flatten(0, 1), y.flatten(), ignore_index=-100)

    def told(average, epoch, last):
        torch.save(average.state_dict(), args.out)
        if epoch % args.every == 0 or last:
            print(f"epoch {epoch}\n" + score.report(evaluate(average, windows.encoder, dev, args.style))[0], flush=True)

    known = 0
    for average, epoch, _ in steps(args, windows, model, ((lower, 0.4), (upper, 1), (fresh, 4)), texts, loss):
        if epoch > known:
            known = epoch
            told(average, epoch, False)
    told(average, known + 1, True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("task", choices=("train", "score"))
    for name in ("minilm", "stock", "data", "prepared", "out"):
        ap.add_argument(name)
    ap.add_argument("--start")
    ap.add_argument("--minutes", type=float, default=30)
    ap.add_argument("--rate", type=float, default=1e-4)
    ap.add_argument("--pieces", type=int, default=1400)
    ap.add_argument("--silver", type=float, default=0.0)
    ap.add_argument("--every", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--style", default="uner-ewt")
    args = ap.parse_args()
    torch.manual_seed(args.seed); torch.set_num_threads(1)
    nlp = spacy.load(args.stock, exclude=["tagger", "lemmatizer", "attribute_ruler", "senter"])
    encoder = teacher.Encoder(args.minilm, nlp.get_pipe("ner").labels)
    model = Encoder(Path(args.minilm) / "model.safetensors", len(encoder.stock))
    dev = {p.stem[4:]: prepared.load(p, nlp.vocab) for p in sorted(Path(args.prepared).glob("dev-*.spacy")) if p.stem != "dev-stock"}
    if args.task == "score":
        model.load_state_dict(torch.load(args.out))
        print(score.report(evaluate(model, encoder, dev, args.style))[0])
        return
    model.load_state_dict(torch.load(args.start))
    windows = Windows(args, nlp, encoder, random.Random(args.seed))
    print("windows of", len(windows.gold), "gold and", len(windows.silver), "silver texts", flush=True)
    learn(args, windows, model, dev)


if __name__ == "__main__":
    main()
