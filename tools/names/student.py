"""Teach an encoder to spend its upper layers only on pieces that may be of a name.

    python student.py train MINILM STOCK DATA PREPARED OUT.pt --teacher FILE [--minutes M]
    python student.py gate MINILM STOCK DATA PREPARED OUT.pt --teacher FILE [--minutes M]
    python student.py mix MINILM STOCK DATA PREPARED OUT.pt --teacher FILE --start STUDENT.pt [--share S]
    python student.py score MINILM STOCK DATA PREPARED OUT.pt

FILE is an encoder without a gate as `export_encoder.py` wrote it. The student begins as a copy of those of its layers that
`--keep` numbers, with letter case and tags joined to the words below the layer `--join`. There a gate tells of each piece, by it
and its two neighbours, whether it may be of a name: if what it gives is more than `--ajar`. The layers above work on those pieces
alone; what the others hold stays as it is, to be attended to, and they are no names. The student learns from the teacher's
scores, and what its last layer holds, in all texts that were prepared, whether names were marked there or not; and from the
marks themselves where they are. `gate` trains the gate alone and leaves the layers as the teacher has them. `mix` gives weights that lie
between a student's and its teacher's: as sure as the one in a sentence by itself, as good as the other elsewhere.
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
FEW = 60  # windows of fewer pieces go through whole, as in the program


def shipped(path, model):
    """Puts the weights of an exported encoder into `model`, as near as eight bits keep them."""
    file = safe_open(path, "np")
    tables = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}
    state = {"words.weight": tables["words"] * tables["scales"][:, None], "case.weight": tables["cases"], "stock.weight": tables["recognised"],
             "style.weight": np.zeros(model.style.weight.shape, np.float32), "positions.weight": model.positions.weight.detach().numpy().copy()}
    state["positions.weight"][: len(tables["positions"])] = tables["positions"]
    state |= {f"norm.{p}": tables[f"embedding_norm.{p}"] for p in ("weight", "bias")} | {f"out.{p}": tables[f"scores.{p}"] for p in ("weight", "bias")}
    linear = lambda name: (tables[f"{name}.weight"] * tables[f"{name}.scale"][:, None], tables[f"{name}.bias"])
    for i in range(len(model.layers)):
        part = f"layers.{i}."
        for name, theirs in export_encoder.PARTS.items():
            if theirs == "projection":
                (queries, query_bias), (others, other_bias) = linear(f"{part}queries"), linear(f"{part}keys_values")
                root = np.sqrt(len(query_bias) // export_encoder.HEADS)
                weight, bias = np.concatenate([queries * root, others]), np.concatenate([query_bias * root, other_bias])
            else:
                weight, bias = linear(part + theirs)
            state |= {f"{part}{name}weight": weight.astype(np.float32), f"{part}{name}bias": bias.astype(np.float32)}
        for name, theirs in (("norm1", "attention_norm"), ("norm2", "output_norm")):
            state |= {f"{part}{name}.{p}": tables[f"{part}{theirs}.{p}"] for p in ("weight", "bias")}
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return model


class Student(deep.Encoder):
    """An encoder with some layers of another one, and a gate below its upper layers."""

    def __init__(self, weights, n_stock, keep, join, ajar):
        super().__init__(weights, n_stock)
        self.layers = nn.ModuleList(self.layers[i] for i in keep)
        self.join, self.ajar = join, ajar
        self.gate = nn.Conv1d(self.out.in_features, 1, 3, padding=1)
        self.pieces = self.passed = 0

    @classmethod
    def of(cls, other, args, n_stock):
        keep = [int(i) for i in args.keep.split(",")]
        new = cls(Path(args.minilm) / "model.safetensors", n_stock, keep, args.join, args.ajar)
        old = {k: v for k, v in other.state_dict().items() if not k.startswith("layers.")}
        new.load_state_dict(old, strict=False)
        for layer, i in zip(new.layers, keep):
            layer.load_state_dict(other.layers[i].state_dict())
        return new

    def read(self, ids, case, stock, style, pad):
        """What the last layer holds, how far the gate is open for each piece, and which pieces went through it."""
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers[: self.join]:
            x = apply(layer, x, x, pad)
        x = x + self.case(case) + self.stock(stock) + self.style(style)[:, None]
        open = self.gate(x.masked_fill(pad[..., None], 0.0).transpose(1, 2))[:, 0].masked_fill(pad, -99.0)
        through = open > self.ajar
        # What stands before the first word and after the last one holds what all words share.
        ends = torch.stack([torch.zeros_like(ids[:, 0]), (~pad).sum(1) - 1], 1)
        through = through.scatter(1, ends, True) | (~pad & (ends[:, 1:] < FEW - 1))
        most = max(1, int(through.sum(1).max()))
        real, rows = through.float().topk(most, 1)
        rows = rows[..., None].expand(-1, -1, x.shape[-1])
        for layer in self.layers[self.join :]:
            some = x.gather(1, rows)
            new = torch.where(real[..., None] > 0, apply(layer, some, x, pad), some)
            x = x.scatter(1, rows, new.to(x.dtype))
        return x, open, through

    def forward(self, *inputs):
        held, _, through = self.read(*inputs)
        self.pieces += int((~inputs[-1]).sum())
        self.passed += int(through.sum())
        none = torch.zeros(self.out.out_features)
        none[0] = 20.0
        return torch.where(through[..., None], self.out(held), none)


def apply(layer, some, all, pad):
    """What a layer makes of some pieces, which attend to all."""
    attention = layer.self_attn
    width = some.shape[-1]
    q = F.linear(some, attention.in_proj_weight[:width], attention.in_proj_bias[:width])
    kv = F.linear(all, attention.in_proj_weight[width:], attention.in_proj_bias[width:])
    heads = lambda rows: rows.unflatten(-1, (attention.num_heads, -1)).transpose(1, 2)
    k, v = kv.chunk(2, -1)
    chance = 0.1 if layer.training else 0.0
    found = F.scaled_dot_product_attention(heads(q), heads(k), heads(v), ~pad[:, None, None], chance).transpose(1, 2).flatten(2)
    x = layer.norm1(some + layer.dropout1(attention.out_proj(found)))
    return layer.norm2(x + layer.dropout2(layer.linear2(layer.dropout(F.gelu(layer.linear1(x))))))


class Windows(deep.Windows):
    """Windows with their marks, and windows of which only the teacher knows something."""

    sizes = (5, 12, *deep.WINDOW)

    def __init__(self, args, nlp, encoder, rng):
        super().__init__(args, nlp, encoder, rng, silver=False)
        for n in UNMARKED:
            for d in prepared.load(Path(args.prepared) / f"train-{n}.spacy", nlp.vocab):
                item = prepared.item(d, self.typing, n, gold=[])
                item.missing = [(0, len(item.words))]
                self.silver.append((item, prepared.stock_spans(d)))


def losses(model, elder, x, y, heat, near):
    """How far the student is from the marks, from the teacher's scores, from what the teacher's last layer holds, and its gate from what
    may be a name."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        aim = elder.hidden(*x[:3], torch.full_like(x[3], ANY), x[4])
        wanted = elder.out(aim).float()
    with torch.autocast("cpu", torch.bfloat16):
        held, open, through = model.read(*x)
        given = model.out(model.drop(held)).float()
    held, open = held.float(), open.float()
    real = ~x[4]
    unstyled = real & (x[3] == ANY)[:, None]
    marked = y >= 0
    names = torch.where(marked, y > 0, unstyled & (wanted.softmax(-1)[..., 0] < 0.9))
    told = marked | unstyled
    loss = F.binary_cross_entropy_with_logits(open[told], names[told].float()) if told.any() else 0.0
    if (marked & through).any():
        loss = loss + 0.5 * F.cross_entropy(given[marked & through], y[marked & through])
    unstyled = unstyled & through
    if unstyled.any():
        mine, theirs = given[unstyled] / heat, wanted[unstyled] / heat
        scores = F.kl_div(mine.log_softmax(-1), theirs.log_softmax(-1), log_target=True, reduction="batchmean") * heat * heat
        loss = loss + scores + near * F.mse_loss(held[unstyled], aim[unstyled].float())
    return loss


def mixed(model, teacher, share):
    """Weights between the teacher's and the student's; the gate is the student's."""
    between = lambda name, old, new: new if name.startswith("gate") else torch.lerp(old, new, share)
    new = model.state_dict()
    return {name: between(name, old, new[name]) for name, old in teacher.state_dict().items()}


def report(model, encoder, dev):
    model.pieces = model.passed = 0
    figures = score.report(deep.evaluate(model, encoder, dev, "any"))[0]
    return f"{figures}\nthrough the gate: {model.passed / model.pieces:.3f} of the pieces"


def learn(args, windows, model, elder, dev):
    gate = (list(model.gate.parameters()), 25)
    if args.task == "gate":
        model.requires_grad_(False)
        model.gate.requires_grad_(True)
        groups = (gate,)
    else:
        fresh = deep.freed(model)
        groups = (([p for m in (model.norm, model.layers) for p in m.parameters()], 1), (fresh, 4), gate)
    texts = lambda: windows.gold + windows.rng.sample(windows.silver, int(args.unmarked * len(windows.silver)))
    loss = lambda x, y: losses(model, elder, x, y, args.heat, args.near)

    def told(average, when):
        torch.save(average.state_dict(), args.out)
        print(f"{when}\n{report(average, windows.encoder, dev)}", flush=True)

    known = 0.0
    for average, _, done in deep.steps(args, windows, model, groups, texts, loss):
        if done > known + args.every:
            known = done
            told(average, f"{100 * done:.0f}%")
    told(average, "end")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("task", choices=("train", "gate", "mix", "score", "teacher"))
    for name in ("minilm", "stock", "data", "prepared", "out"):
        ap.add_argument(name)
    ap.add_argument("--teacher")
    ap.add_argument("--start")
    ap.add_argument("--share", type=float, default=0.5)
    ap.add_argument("--keep", default="0,1,2,3,4,5")
    ap.add_argument("--join", type=int, default=2)
    ap.add_argument("--ajar", type=float, default=-3.5)
    ap.add_argument("--unmarked", type=float, default=1.0)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--rate", type=float, default=1.2e-4)
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
        print(report(model, encoder, dev))
        return
    if args.start:
        model.load_state_dict(torch.load(args.start))
    if args.task == "mix":
        model.load_state_dict(mixed(model, Student.of(elder, args, len(encoder.stock)), args.share))
        torch.save(model.state_dict(), args.out)
        print(report(model, encoder, dev))
        return
    windows = Windows(args, nlp, encoder, random.Random(args.seed))
    print("windows of", len(windows.gold), "marked and", len(windows.silver), "unmarked texts", flush=True)
    learn(args, windows, model, elder, dev)


if __name__ == "__main__":
    main()
