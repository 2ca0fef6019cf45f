"""Trains the ranker on what `examples/coreference --rows` prints.

    train.py MODEL.safetensors OUT.safetensors --gum DIRECTORY ROWS [--gap TSV ROWS] [--held N] [--epochs N]

MODEL gives the words and vectors (see vectors.py). Every Nth document is held out to watch the training; with `--held 0` all
are used. The same input and seed give the same weights.
"""
import argparse
import copy
import itertools
import json

import numpy as np
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix, vstack

import gap
import gum

ROWS, WIDTH = 1 << 15, 32
PARTS = ("anaphor", "later", "earlier")


class Document:
    """The phrases of a document as sparse matrices, and what each of them refers back to."""

    def __init__(self, phrases, groups, weight=1.0, only=None):
        self.features = [sparse([phrase[6][part] for phrase in phrases]) for part in range(3)]
        self.vectors = np.array([-1 if phrase[5] is None else phrase[5] for phrase in phrases])
        later, earlier, pairs, right = [], [], [], []
        self.weight = np.zeros(len(phrases), dtype=np.float32)
        self.new = np.ones(len(phrases), dtype=bool)
        for at, phrase in enumerate(phrases):
            if phrase[4] or only is not None and at not in only:
                continue
            self.weight[at] = weight
            for candidate, rows in phrase[7]:
                fits = groups[at] is not None and groups[candidate] == groups[at]
                later.append(at)
                earlier.append(candidate)
                pairs.append(rows)
                right.append(fits)
                self.new[at] &= not fits
        self.later, self.earlier = np.array(later, dtype=np.int64), np.array(earlier, dtype=np.int64)
        self.right, self.pairs = np.array(right, dtype=bool), sparse(pairs)


def sparse(rows):
    ends = np.cumsum([0] + [len(row) for row in rows])
    columns = np.fromiter(itertools.chain.from_iterable(rows), dtype=np.int32, count=ends[-1])
    return csr_matrix((np.ones(ends[-1], dtype=np.float32), columns, ends), shape=(len(rows), ROWS))


def together(documents):
    """Several documents as one."""
    whole = Document([], [])
    shifts = np.cumsum([0] + [len(document.new) for document in documents])
    whole.features = [vstack([document.features[part] for document in documents], format="csr") for part in range(3)]
    whole.pairs = vstack([document.pairs for document in documents], format="csr")
    for name in ("vectors", "weight", "new", "right"):
        setattr(whole, name, np.concatenate([getattr(document, name) for document in documents]))
    for name in ("later", "earlier"):
        parts = [getattr(document, name) + shift for document, shift in zip(documents, shifts)]
        setattr(whole, name, np.concatenate(parts))
    return whole


def prune(batches, least):
    """Leaves out the rows that the training data has fewer than `least` times; returns which rows stay."""
    counts = np.zeros(ROWS)
    for batch in batches:
        for matrix in (*batch.features, batch.pairs):
            counts += np.bincount(matrix.indices, minlength=ROWS)
    return counts >= least


def thinned(matrix, share, random):
    """The matrix without a share of its entries, the others the larger."""
    kept = (random.random(matrix.nnz, dtype=np.float32) >= share).astype(np.float32) / np.float32(1 - share)
    return csr_matrix((kept, matrix.indices, matrix.indptr), matrix.shape)


class Ranker:
    """The network, its gradients by hand, and Adam."""

    def __init__(self, vectors, random):
        self.random = random
        self.vectors = np.vstack([vectors.astype(np.float32) / 127, np.zeros((1, vectors.shape[1]), np.float32)])
        some = lambda *shape: random.normal(0, 0.05, shape).astype(np.float32)
        self.weights = {"table": some(ROWS, WIDTH)}
        for part in PARTS:
            self.weights[part] = some(vectors.shape[1], WIDTH)
        for name in ("pair", "none"):
            self.weights[name] = np.stack([np.zeros(WIDTH), random.normal(0, 0.3, WIDTH), np.zeros(WIDTH)]).astype(np.float32)
        self.moments = {name: [np.zeros_like(value), np.zeros_like(value)] for name, value in self.weights.items()}
        self.steps = 0
        self.kept = np.ones(ROWS, dtype=bool)

    def bend(self, name, hidden, drop):
        """The score of each row, and what its gradient needs."""
        bias, weights, (constant, *_) = self.weights[name]
        bent = np.maximum(hidden + bias, 0)
        if drop:
            bent *= (self.random.random(bent.shape, dtype=np.float32) >= drop) / np.float32(1 - drop)
        return bent @ weights + constant, bent

    def forward(self, document, drop=0.0):
        table = self.weights["table"]
        vectors = self.vectors[document.vectors]
        anaphor, later, earlier = (
            features @ table + vectors @ self.weights[part] for part, features in zip(PARTS, document.features))
        none, bent_none = self.bend("none", anaphor, drop)
        hidden = later[document.later] + earlier[document.earlier] + document.pairs @ table
        pairs, bent_pairs = self.bend("pair", hidden, drop)
        return none, pairs, bent_none, bent_pairs

    def train(self, document, rate, decay, drop, thin):
        whole, document = document, copy.copy(document)
        document.features = [thinned(features, thin, self.random) for features in whole.features]
        document.pairs = thinned(whole.pairs, thin, self.random)
        none, pairs, bent_none, bent_pairs = self.forward(document, drop)
        loss, of_none, of_pairs = gradients(document, none, pairs)
        grads = {name: np.zeros_like(value) for name, value in self.weights.items()}
        below_none = self.back("none", grads, of_none, bent_none, drop)
        below_pairs = self.back("pair", grads, of_pairs, bent_pairs, drop)
        gather = lambda at: csr_matrix((np.ones(len(at), np.float32), (at, np.arange(len(at)))), (len(none), len(at)))
        below = [below_none, gather(document.later) @ below_pairs, gather(document.earlier) @ below_pairs]
        vectors = self.vectors[document.vectors]
        for part, features, each in zip(PARTS, document.features, below):
            grads["table"] += features.T @ each
            grads[part] = vectors.T @ each
        grads["table"] += document.pairs.T @ below_pairs
        self.step(grads, rate, decay)
        return loss

    def back(self, name, grads, of_scores, bent, drop):
        grads[name][1] = of_scores @ bent
        grads[name][2][0] = of_scores.sum()
        below = of_scores[:, None] * self.weights[name][1] * (bent > 0) / np.float32(1 - drop)
        grads[name][0] = below.sum(axis=0)
        return below

    def step(self, grads, rate, decay):
        self.steps += 1
        for name, grad in grads.items():
            first, second = self.moments[name]
            first += 0.1 * (grad - first)
            second += 0.01 * (grad * grad - second)
            change = first / (1 - 0.9**self.steps) / (np.sqrt(second / (1 - 0.99**self.steps)) + 1e-6)
            self.weights[name] -= rate * (change + decay * self.weights[name])
        self.weights["table"][~self.kept] = 0


def gradients(document, none, pairs):
    """Minus the logarithm of the share of the right answers, and its gradient by the scores."""
    most = none.copy()
    np.maximum.at(most, document.later, pairs)
    exp_none, exp_pairs = np.exp(none - most), np.exp(pairs - most[document.later])
    total, right = exp_none.copy(), exp_none * document.new
    np.add.at(total, document.later, exp_pairs)
    np.add.at(right, document.later, exp_pairs * document.right)
    right += 1e-9
    weight = document.weight / 100
    loss = (weight * (np.log(total) - np.log(right))).sum()
    of_none = weight * exp_none * (1 / total - document.new / right)
    of_pairs = weight[document.later] * exp_pairs * (1 / total[document.later] - document.right / right[document.later])
    return loss, of_none.astype(np.float32), of_pairs.astype(np.float32)


def groups_of_gum(document, phrases):
    exact, by_head = {}, {}
    for number, chain in enumerate(document.chains()):
        for mention in chain:
            exact[document.span(mention)] = number
            head = document.tokens[mention.head].start
            if head not in by_head or mention.end - mention.start > by_head[head][1]:
                by_head[head] = number, mention.end - mention.start
    groups = []
    for start, end, head, joined, *_ in phrases:
        group = exact.get((start, end))
        if group is None and not joined:
            group = by_head.get(head, (None,))[0]
        groups.append(group)
    return groups


def accuracy(model, documents):
    """Of the phrases that refer back, how many are linked rightly; of those that do not, how many are left alone."""
    right = [0, 0, 0, 0]
    for document in documents:
        none, pairs, *_ = model.forward(document)
        best, answer = none.copy(), document.new.copy()
        for later, score, good in zip(document.later, pairs, document.right):
            if score > best[later]:
                best[later], answer[later] = score, good
        for new in (0, 1):
            chosen = (document.weight > 0) & (document.new == new)
            right[2 * new] += answer[chosen].sum()
            right[2 * new + 1] += chosen.sum()
    return right[0] / max(right[1], 1), right[2] / max(right[3], 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("out")
    parser.add_argument("--gum", nargs=2, required=True)
    parser.add_argument("--gap", nargs=2)
    parser.add_argument("--gap-weight", type=float, default=1.0)
    parser.add_argument("--held", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--decay", type=float, default=2e-3)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--thin", type=float, default=0.3)
    parser.add_argument("--least", type=int, default=20)
    parser.add_argument("--shift", type=float, default=0.0, help="taken from the score of referring to nothing, for more links")
    options = parser.parse_args()
    given = load_file(options.model)
    train, held = [], []
    documents = {document.id: (number, document) for number, document in enumerate(gum.documents(options.gum[0]))}
    for line in open(options.gum[1]):
        row = json.loads(line)
        number, document = documents[row["id"]]
        made = Document(row["phrases"], groups_of_gum(document, row["phrases"]))
        (held if options.held and number % options.held == 0 else train).append(made)
    batches = [together(train[at::len(train) // 3]) for at in range(len(train) // 3)]
    if options.gap:
        asked = gap.training(*options.gap, Document, options.gap_weight)
        batches += [together(asked[at : at + 40]) for at in range(0, len(asked), 40)]
    print(len(batches), "batches,", len(held), "held out", flush=True)
    random = np.random.default_rng(1)
    model = Ranker(given["vectors"], random)
    model.kept = prune(batches, options.least)
    model.weights["table"][~model.kept] = 0
    steps = options.epochs * len(batches)
    for epoch in range(options.epochs):
        total = 0.0
        for number in random.permutation(len(batches)):
            rate = options.rate * max(0.02, 1 - model.steps / steps)
            total += model.train(batches[number], rate, options.decay, options.drop, options.thin)
        shares = [f"{100 * share:.1f}" for share in accuracy(model, held)]
        print(epoch, f"loss {total:.1f}", "held out", *shares, flush=True)
        save(model, given, options.shift, options.out)


def save(model, given, shift, out):
    table = model.weights["table"]
    scale = np.maximum(np.abs(table).max(axis=1) / 127, 1e-4).astype(np.float16)
    table = np.round(table / scale.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8)
    tensors = {"words": given["words"], "vectors": given["vectors"], "table": table, "scale": scale}
    for name in ("pair", "none"):
        tensors[name] = model.weights[name].copy()
        tensors[name][2][1:] = 0
    tensors["none"][2][0] -= shift
    for part in PARTS:
        tensors[f"of_vector.{part}"] = model.weights[part]
    save_file(tensors, out)


if __name__ == "__main__":
    main()
