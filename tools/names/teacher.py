"""A MiniLM teacher that reads names from word pieces, letter case and the stock model's opinion.

    python teacher.py train MINILM_DIR STOCK_MODEL_DIR DATA_DIR PREPARED_DIR OUT.pt [--epochs N] [--minutes M]
    python teacher.py label MINILM_DIR STOCK_MODEL_DIR DATA_DIR PREPARED_DIR OUT.pt CORPUS ...

`label` writes PREPARED_DIR/silver-CORPUS.spacy with the teacher's spans as `gold` in `user_data`.

The corpora differ in what they call a name, so each has an embedding of its own; labelling asks for the style of
the first. The stock model's tags go in as an embedding, so that what it learned from OntoNotes is kept.
The word embeddings and the two lowest layers stay as they are; the other inputs join above them.
"""

import argparse
import random
import time
import warnings
from pathlib import Path

import spacy
import torch
from safetensors.torch import load_file
from spacy.tokens import DocBin
from tokenizers import Tokenizer
from torch import nn

import augment
import prepared
import score
from train_ner import GOLD, chunks

warnings.filterwarnings("ignore")
FROZEN = 2
TAGS = ["O"] + [p + k for k in ("PER", "ORG", "LOC") for p in ("B-", "I-")]
KIND = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
STYLES = (*GOLD, "any")


def shape(word):
    if word.isdigit():
        return 4
    if word.isupper():
        return 2 if len(word) > 1 else 5
    if word[:1].isupper():
        return 1
    return 3 if any(c.isupper() for c in word) else 0


class Encoder:
    """Items to piece ids, letter case, stock tags and labels."""

    def __init__(self, folder, labels):
        self.tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        self.tokenizer.no_truncation(); self.tokenizer.no_padding()
        self.stock = {"O": 0, **{p + l: 1 + 2 * i + (p == "I-") for i, l in enumerate(sorted(labels)) for p in ("B-", "I-")}}
        self.cache = {}

    def pieces(self, word):
        if word not in self.cache:
            self.cache[word] = (self.tokenizer.encode(word, add_special_tokens=False).ids or [100])[:8]
        return self.cache[word]

    def encode(self, words, tags, labels=None, limit=250):
        ids, case, stock, gold, first = [101], [0], [0], [-100], []
        for i, word in enumerate(words):
            p = self.pieces(word)
            if len(ids) + len(p) > limit:
                break
            first.append(len(ids))
            ids += p
            case += [shape(word)] * len(p)
            stock += [self.stock.get(tags[i], 0)] * len(p)
            gold += [labels[i] if labels else -100] + [-100] * (len(p) - 1)
        return ids + [102], case + [0], stock + [0], gold + [-100], first


class Teacher(nn.Module):
    def __init__(self, weights, n_stock):
        super().__init__()
        w = {k.removeprefix("bert."): v.float() for k, v in load_file(weights).items()}
        width = w["embeddings.word_embeddings.weight"].shape[1]
        self.words = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"], freeze=True)
        self.positions = nn.Embedding.from_pretrained(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0], freeze=True)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.norm.load_state_dict({"weight": w["embeddings.LayerNorm.weight"], "bias": w["embeddings.LayerNorm.bias"]})
        self.layers = nn.ModuleList()
        for i in range(6):
            p = f"encoder.layer.{i}."
            layer = nn.TransformerEncoderLayer(width, 12, 4 * width, 0.1, "gelu", 1e-12, batch_first=True)
            take = lambda name, part: torch.cat([w[f"{p}attention.self.{q}.{part}"] for q in ("query", "key", "value")]) if name == "qkv" else w[f"{p}{name}.{part}"]
            layer.load_state_dict({
                "self_attn.in_proj_weight": take("qkv", "weight"), "self_attn.in_proj_bias": take("qkv", "bias"),
                "self_attn.out_proj.weight": take("attention.output.dense", "weight"), "self_attn.out_proj.bias": take("attention.output.dense", "bias"),
                "linear1.weight": take("intermediate.dense", "weight"), "linear1.bias": take("intermediate.dense", "bias"),
                "linear2.weight": take("output.dense", "weight"), "linear2.bias": take("output.dense", "bias"),
                "norm1.weight": take("attention.output.LayerNorm", "weight"), "norm1.bias": take("attention.output.LayerNorm", "bias"),
                "norm2.weight": take("output.LayerNorm", "weight"), "norm2.bias": take("output.LayerNorm", "bias")})
            self.layers.append(layer)
        self.case, self.stock, self.style = nn.Embedding(6, width), nn.Embedding(n_stock, width), nn.Embedding(len(STYLES), width)
        for e in (self.case, self.stock, self.style):
            nn.init.normal_(e.weight, std=0.05)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(width, len(TAGS))
        for part in (self.norm, *self.layers[:FROZEN]):
            part.requires_grad_(False)

    def forward(self, ids, case, stock, style, pad):
        with torch.no_grad():
            x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
            for layer in self.layers[:FROZEN]:
                x = layer(x, src_key_padding_mask=pad)
        x = x + self.case(case) + self.stock(stock) + self.style(style)[:, None]
        for layer in self.layers[FROZEN:]:
            x = layer(x, src_key_padding_mask=pad)
        return self.out(self.drop(x))


def tensors(batch, styles):
    n = max(len(e[0]) for e in batch)
    grid = lambda k, fill: torch.tensor([e[k] + [fill] * (n - len(e[k])) for e in batch])
    pad = torch.arange(n)[None] >= torch.tensor([len(e[0]) for e in batch])[:, None]
    return (grid(0, 0), grid(1, 0), grid(2, 0), torch.tensor(styles), pad), grid(3, -100)


def tags_of(n, spans):
    tags = ["O"] * n
    for a, b, label in spans:
        for i in range(a, b):
            tags[i] = ("B-" if i == a else "I-") + label
    return tags


def labels_of(item):
    labels = [TAGS.index(t) for t in tags_of(len(item.words), [(a, b, KIND[t]) for a, b, t in item.ents if t in KIND])]
    for a, b in item.missing:
        labels[a:b] = [-100] * (b - a)
    return labels


def pieces_of(doc, typing, source):
    """(item, stock tags) of a prepared doc, cut at sentences; swapped texts keep no stock tags."""
    tags, at = tags_of(len(doc), prepared.stock_spans(doc)), 0
    for c in chunks(prepared.item(doc, typing, source), 40):
        yield c, tags[at : at + len(c.words)]
        at += len(c.words)


def decode(logits):
    """Best legal tag sequence (n x 7 log-probabilities) as spans with their mean probability."""
    n, legal = len(logits), torch.full((7, 7), 0.0)
    for a in range(7):
        for b in (2, 4, 6):
            if a not in (b, b - 1):
                legal[a, b] = -1e9
    best, back = logits[0].clone(), []
    best[[2, 4, 6]] = -1e9
    for t in range(1, n):
        values, come = (best[:, None] + legal).max(0)
        back.append(come)
        best = values + logits[t]
    path = [int(best.argmax())]
    for come in reversed(back):
        path.append(int(come[path[-1]]))
    path.reverse()
    spans = []
    for i, tag in enumerate(path):
        if tag % 2 == 1:
            spans.append([i, i + 1, TAGS[tag][2:]])
        elif tag:
            spans[-1][1] = i + 1
    return spans, path


@torch.no_grad()
def predict(model, encoder, docs, style="uner-ewt"):
    """Character spans of PER / ORG / LOC for prepared docs, and token ranges where the teacher doubts."""
    model.eval()
    units = []
    for d, doc in enumerate(docs):
        tags, starts = tags_of(len(doc), prepared.stock_spans(doc)), [t.i for t in doc if t.is_sent_start] + [len(doc)]
        begin = 0
        for s, e in zip(starts, starts[1:]):
            if e - begin > 60 or e == len(doc):
                for a in range(begin, e, 120):
                    b = min(a + 120, e)
                    units.append((d, a, encoder.encode([t.text for t in doc[a:b]], tags[a:b])))
                begin = e
    spans, doubts = [[] for _ in docs], [[] for _ in docs]
    order = sorted(range(len(units)), key=lambda i: len(units[i][2][0]))
    for g in range(0, len(order), 24):
        group = [units[i] for i in order[g : g + 24]]
        x, _ = tensors([u[2] for u in group], [STYLES.index(style)] * len(group))
        logp = model(*x).log_softmax(-1)
        for (d, a, enc), lp in zip(group, logp):
            if not enc[4]:
                continue
            lp = lp[enc[4]]
            found, path = decode(lp)
            sure = lp.exp()[range(len(path)), path]
            for s, e, kind in found:
                spans[d].append((docs[d][a + s].idx, docs[d][a + e - 1].idx + len(docs[d][a + e - 1]), kind))
            doubts[d] += [a + i for i in range(len(path)) if sure[i] < 0.6]
    import corpora
    return [sorted(corpora.cleaned(doc.text, s)) for doc, s in zip(docs, spans)], doubts


def evaluate(model, encoder, sets):
    results = {}
    for name, docs in sets.items():
        found, _ = predict(model, encoder, docs)
        results[name] = score.compare([[tuple(s) for s in d.user_data["gold"]] for d in docs], found)
    return results


def train(args, nlp, encoder, model):
    rng, folder = random.Random(0), Path(args.prepared)
    raw = {n: prepared.load(folder / f"train-{n}.spacy", nlp.vocab) for n in GOLD}
    typing = prepared.Typing(args.data, [d for docs in raw.values() for d in docs])
    items = [p for n, docs in raw.items() for d in docs for p in pieces_of(d, typing, n)]
    items = [p for p in items if p[0].ents or rng.random() < 0.4]
    swapper = augment.Swapper(args.data, [p[0] for p in items])
    print(len(items), sum(len(p[0].words) for p in items), flush=True)

    def example(pair):
        it, tags = pair
        if rng.random() < 0.15:
            it = swapper.swap(it, rng, 0.5)
            if len(it.words) != len(tags):
                tags = ["O"] * len(it.words)
        if rng.random() < 0.07:
            it = augment.recase(it, rng.choice(("lower", "upper", "title")))
        if rng.random() < 0.1:
            tags = ["O"] * len(it.words)
        style = STYLES.index(it.source if rng.random() > 0.15 else "any")
        return encoder.encode(it.words, tags, labels_of(it)), style

    fresh = [p for m in (model.case, model.stock, model.style, model.out) for p in m.parameters()]
    deep = [p for layer in model.layers[FROZEN:] for p in layer.parameters()]
    opt = torch.optim.AdamW([{"params": deep, "lr": 1e-4}, {"params": fresh, "lr": 1e-3}], weight_decay=0.01)
    peak = [g["lr"] for g in opt.param_groups]
    dev = {p.stem[4:]: prepared.load(p, nlp.vocab) for p in sorted(folder.glob("dev-*.spacy"))}
    t0, pieces, step = time.time(), 0, 0
    for epoch in range(args.epochs):
        rng.shuffle(items)
        model.train()
        for part in model.layers[:FROZEN]:
            part.eval()
        examples = [example(p) for p in items]
        order = [i for g in range(0, len(examples), 512) for i in sorted(range(g, min(g + 512, len(examples))), key=lambda i: len(examples[i][0][0]))]
        groups = [order[g : g + 12] for g in range(0, len(order), 12)]
        rng.shuffle(groups)
        total = args.epochs * len(groups)
        for group in groups:
            done = max(step / total, (time.time() - t0) / 60 / args.minutes)
            if done >= 1:
                break
            for g, p in zip(opt.param_groups, peak):
                g["lr"] = p * min(1, (step + 1) / 60) * max(0.02, 1 - done)
            x, y = tensors([examples[i][0] for i in group], [examples[i][1] for i in group])
            loss = nn.functional.cross_entropy(model(*x).flatten(0, 1), y.flatten(), ignore_index=-100)
            opt.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(deep + fresh, 1.0)
            opt.step()
            pieces += int((~x[4]).sum()); step += 1
            if step % 50 == 0:
                print(epoch, step, total, round(loss.item(), 4), round(pieces / (time.time() - t0)), "pieces/s", flush=True)
            if step % 400 == 0:
                torch.save(model.state_dict(), args.out)
        torch.save(model.state_dict(), args.out)
        print(f"epoch {epoch} {time.time() - t0:.0f} s\n" + score.report(evaluate(model, encoder, dev))[0], flush=True)


def label(args, nlp, encoder, model):
    folder = Path(args.prepared)
    for name in args.corpora:
        docs = prepared.load(folder / f"train-{name}.spacy", nlp.vocab)
        t0, store = time.time(), DocBin(attrs=["SENT_START", "ENT_IOB", "ENT_TYPE"], store_user_data=True)
        found, doubts = predict(model, encoder, docs)
        for doc, spans, doubt in zip(docs, found, doubts):
            doc.user_data["hand"] = doc.user_data["gold"]
            doc.user_data["gold"], doc.user_data["doubt"] = [list(s) for s in spans], doubt
            store.add(doc)
        store.to_disk(folder / f"silver-{name}.spacy")
        print(name, len(docs), sum(map(len, found)), round(time.time() - t0), "s", flush=True)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("task", choices=("train", "label", "score"))
    for name in ("minilm", "stock", "data", "prepared", "out"):
        ap.add_argument(name)
    ap.add_argument("corpora", nargs="*")
    ap.add_argument("--epochs", type=int, default=1)
    ap.add_argument("--minutes", type=float, default=1e9)
    args = ap.parse_args()
    torch.manual_seed(0); torch.set_num_threads(1)
    nlp = spacy.load(args.stock, exclude=["tagger", "lemmatizer", "attribute_ruler", "senter"])
    encoder = Encoder(args.minilm, nlp.get_pipe("ner").labels)
    model = Teacher(Path(args.minilm) / "model.safetensors", len(encoder.stock))
    if args.task == "train":
        train(args, nlp, encoder, model)
    else:
        model.load_state_dict(torch.load(args.out))
        if args.task == "label":
            label(args, nlp, encoder, model)
        else:
            dev = {p.stem[4:]: prepared.load(p, nlp.vocab) for p in sorted(Path(args.prepared).glob("dev-*.spacy"))}
            print(score.report(evaluate(model, encoder, dev))[0])
