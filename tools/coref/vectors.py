"""Writes words and their vectors, cut down from a spaCy pipeline's, and an untrained model around them.

    vectors.py SPACY_MODEL OUT.safetensors TEXTS...

The words are the commonest of the texts that have a vector.
"""
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from safetensors.numpy import save_file

WORDS, DIMENSIONS, ROWS, WIDTH = 10_000, 32, 1 << 15, 32


def number(word):
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def main(model, out, *texts):
    pipeline = spacy.load(model)
    vectors = pipeline.vocab.vectors
    counts = Counter()
    for text in texts:
        counts.update(re.findall(r"(?<![A-Za-z])[a-z]{2,}(?![a-z])", Path(text).read_text(encoding="utf8")))
    chosen = [word for word, _ in counts.most_common() if pipeline.vocab.strings[word] in vectors.key2row][:WORDS]
    data = np.stack([vectors[word] for word in chosen]).astype(np.float64)
    data /= np.linalg.norm(data, axis=1, keepdims=True) + 1e-9
    data -= data.mean(axis=0)
    _, _, axes = np.linalg.svd(data, full_matrices=False)
    cut = data @ axes[:DIMENSIONS].T
    cut /= np.abs(cut).max(axis=1, keepdims=True) + 1e-9
    words = np.array([number(word) for word in chosen], dtype=np.uint32)
    words, at = np.unique(words, return_index=True)
    tensors = {
        "words": words,
        "vectors": np.round(cut[at] * 127).astype(np.int8),
        "table": np.zeros((ROWS, WIDTH), dtype=np.int8),
        "scale": np.zeros(ROWS, dtype=np.float16),
        "pair": np.zeros((3, WIDTH), dtype=np.float32),
        "none": np.zeros((3, WIDTH), dtype=np.float32),
    }
    for part in ("anaphor", "later", "earlier"):
        tensors[f"of_vector.{part}"] = np.zeros((DIMENSIONS, WIDTH), dtype=np.float32)
    save_file(tensors, out)
    print(len(words), "words;", chosen[:40], chosen[-20:])


if __name__ == "__main__":
    main(*sys.argv[1:])
