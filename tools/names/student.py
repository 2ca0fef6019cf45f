"""Teach an encoder of fewer layers what a deeper one knows.

    python student.py train MINILM STOCK DATA PREPARED OUT.pt --teacher FILE [--keep 0,2,5] [--join 1] [--minutes M]
    python student.py score MINILM STOCK DATA PREPARED OUT.pt [--keep 0,2,5] [--join 1]

FILE is a deeper encoder as `export_encoder.py` wrote it; the student begins as a copy of those of its layers that `--keep`
numbers, with letter case and tags joined to the words below the layer `--join`. It learns from the teacher's scores of every
word, and what its last layer holds, in all texts that were prepared, whether names were marked there or not; and from the
marks themselves where they are.
"""

import argparse
import random
import warnings
from pathlib import Path

import numpy as np
import spacy
import torch
from safetensors import safe_open
from torch import nn
from torch.nn import functional as F

import encoder as deep
import export_encoder
import prepared
import score
import teacher
from train_ner import GOLD

warnings.filterwarnings("ignore")
UNMARKED = ("causal-news", "knowledge-net", "tekgen", "gap")
ANY = teacher.STYLES.index("any")


def shipped(path, model):
    """Puts the weights of an exported encoder into `model`, as near as eight bits keep them."""
    file = safe_open(path, "np")
    tables = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}
    state = {"words.weight": tables["words"] * tables["scales"][:, None], "case.weight": tables["cases"], "stock.weight": tables["recognised"],
             "style.weight": np.zeros(model.style.weight.shape, np.float32), "positions.weight": model.positions.weight.detach().numpy().copy()}
    state["positions.weight"][: len(tables["positions"])] = tables["positions"]
    state |= {f"norm.{p}": tables[f"embedding_norm.{p}"] for p in ("weight", "bias")} | {f"out.{p}": tables[f"scores.{p}"] for p in ("weight", "bias")}
    for i in range(len(model.layers)):
        part = f"layers.{i}."
        for name, theirs in export_encoder.PARTS.items():
            weight, bias = tables[f"{part}{theirs}.weight"] * tables[f"{part}{theirs}.scale"][:, None], tables[f"{part}{theirs}.bias"].copy()
            if theirs == "projection":
                width = weight.shape[1]
                weight[:width] *= np.sqrt(width // export_encoder.HEADS)
                bias[:width] *= np.sqrt(width // export_encoder.HEADS)
            state |= {f"{part}{name}weight": weight, f"{part}{name}bias": bias}
        for name, theirs in (("norm1", "attention_norm"), ("norm2", "output_norm")):
            state |= {f"{part}{name}.{p}": tables[f"{part}{theirs}.{p}"] for p in ("weight", "bias")}
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return model


class Student(deep.Encoder):
    """An encoder with some layers of another one."""

    def __init__(self, weights, n_stock, keep, join):
        super().__init__(weights, n_stock)
        self.layers = nn.ModuleList(self.layers[i] for i in keep)
        self.join = join

    @classmethod
    def of(cls, other, args, n_stock):
        keep = [int(i) for i in args.keep.split(",")]
        new = cls(Path(args.minilm) / "model.safetensors", n_stock, keep, args.join)
        old = {k: v for k, v in other.state_dict().items() if not k.startswith("layers.")}
        new.load_state_dict(old, strict=False)
        for layer, i in zip(new.layers, keep):
            layer.load_state_dict(other.layers[i].state_dict())
        return new


class Windows(deep.Windows):
    """Windows with their marks, and windows of which only the teacher knows something."""

    def __init__(self, args, nlp, encoder, rng):
        super().__init__(args, nlp, encoder, rng, silver=False)
        for n in UNMARKED:
            for d in prepared.load(Path(args.prepared) / f"train-{n}.spacy", nlp.vocab):
                item = prepared.item(d, self.typing, n, gold=[])
                item.missing = [(0, len(item.words))]
                self.silver.append((item, prepared.stock_spans(d)))


def losses(model, elder, x, y, heat, near):
    """How far the student is from the marks, from the teacher's scores, and from what the teacher's last layer holds."""
    with torch.no_grad():
        plain = (*x[:3], torch.full_like(x[3], ANY), x[4])
        aim = elder.hidden(*plain)
        wanted = elder.out(aim)
    held = model.hidden(*x)
    given = model.out(model.drop(held))
    real = ~x[4]
    unstyled = real & (x[3] == ANY)[:, None]
    marks = F.cross_entropy(given.float().flatten(0, 1), y.flatten(), ignore_index=-100) if (y >= 0).any() else 0.0
    if not unstyled.any():
        return marks
    given, wanted = given[unstyled].float() / heat, wanted[unstyled].float() / heat
    scores = F.kl_div(given.log_softmax(-1), wanted.log_softmax(-1), log_target=True, reduction="batchmean") * heat * heat
    inside = F.mse_loss(held[unstyled].float(), aim[unstyled].float())
    return 0.5 * marks + scores + near * inside


def learn(args, windows, model, elder, dev):
    fresh = deep.freed(model)
    grown = [p for m in (model.norm, model.layers) for p in m.parameters()]
    texts = lambda: windows.gold + windows.silver
    loss = lambda x, y: losses(model, elder, x, y, args.heat, args.near)

    def told(average, when):
        torch.save(average.state_dict(), args.out)
        print(f"{when}\n" + score.report(deep.evaluate(average, windows.encoder, dev, "any"))[0], flush=True)

    known = 0.0
    for average, _, done in deep.steps(args, windows, model, ((grown, 1), (fresh, 4)), texts, loss):
        if done > known + args.every:
            known = done
            told(average, f"{100 * done:.0f}%")
    told(average, "end")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("task", choices=("train", "score", "teacher"))
    for name in ("minilm", "stock", "data", "prepared", "out"):
        ap.add_argument(name)
    ap.add_argument("--teacher")
    ap.add_argument("--start")
    ap.add_argument("--keep", default="0,2,5")
    ap.add_argument("--join", type=int, default=1)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--heat", type=float, default=2.0)
    ap.add_argument("--near", type=float, default=1.0)
    ap.add_argument("--pieces", type=int, default=1600)
    ap.add_argument("--every", type=float, default=0.25)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    torch.manual_seed(args.seed); torch.set_num_threads(1)
    nlp = spacy.load(args.stock, exclude=["tagger", "lemmatizer", "attribute_ruler", "senter"])
    encoder = teacher.Encoder(args.minilm, nlp.get_pipe("ner").labels)
    elder = deep.Encoder(Path(args.minilm) / "model.safetensors", len(encoder.stock))
    dev = {p.stem[4:]: prepared.load(p, nlp.vocab) for p in sorted(Path(args.prepared).glob("dev-*.spacy")) if p.stem != "dev-stock"}
    if args.teacher:
        shipped(args.teacher, elder).eval().requires_grad_(False)
    if args.task == "teacher":
        print(score.report(deep.evaluate(elder, encoder, dev, "any"))[0])
        return
    model = Student.of(elder, args, len(encoder.stock))
    if args.task == "score":
        model.load_state_dict(torch.load(args.out))
        print(score.report(deep.evaluate(model, encoder, dev, "any"))[0])
        return
    if args.start:
        model.load_state_dict(torch.load(args.start))
    windows = Windows(args, nlp, encoder, random.Random(args.seed))
    print("windows of", len(windows.gold), "marked and", len(windows.silver), "unmarked texts", flush=True)
    learn(args, windows, model, elder, dev)


if __name__ == "__main__":
    main()
