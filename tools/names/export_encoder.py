"""Write a trained encoder for the program: one safetensors file of its tables and of its layers in eight bits.

    python export_encoder.py MINILM STOCK STATE.pt STYLE OUT.safetensors [--join LAYER] [--ajar OPEN]

The program looks up words, positions, letter case and tags by itself. The numbers of a piece are its word's and its position's; those
of letter case, tag and style join below LAYER, where a student's gate lets through what it opens to more than OPEN; all pieces go on
where the encoder has no gate. Weights are 7 bits wide with a scale an output: a processor without products of bytes
adds pairs of products in 16 bits, and 8 could overflow there.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer

import teacher

HEADS, LONGEST = 12, 256
PARTS = {"self_attn.in_proj_": "projection", "self_attn.out_proj.": "attention", "linear1.": "intermediate", "linear2.": "output"}


def narrowed(name, weight, bias):
    """A linear layer in seven bits."""
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / 63
    whole = np.clip(np.rint(weight / scale[:, None]), -63, 63).astype(np.int8)
    return {f"{name}.weight": whole, f"{name}.scale": scale.astype(np.float32), f"{name}.bias": bias}


def layers(state):
    """The layers' tensors as the program reads them; queries are divided by the root of their length beforehand."""
    tensors = {f"embedding_norm.{part}": state[f"norm.{part}"] for part in ("weight", "bias")}
    tensors |= {f"scores.{part}": state[f"out.{part}"] for part in ("weight", "bias")}
    depth = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    for i in range(depth):
        given, name = f"layers.{i}.", f"layers.{i}."
        for part, ours in PARTS.items():
            weight, bias = state[f"{given}{part}weight"].copy(), state[f"{given}{part}bias"].copy()
            if ours == "projection":
                width = weight.shape[1]
                root = np.float32(np.sqrt(width // HEADS))
                tensors |= narrowed(name + "queries", weight[:width] / root, bias[:width] / root)
                tensors |= narrowed(name + "keys_values", weight[width:], bias[width:])
            else:
                tensors |= narrowed(name + ours, weight, bias)
        for part, ours in (("norm1", "attention_norm"), ("norm2", "output_norm")):
            tensors |= {f"{name}{ours}.{p}": state[f"{given}{part}.{p}"] for p in ("weight", "bias")}
    return tensors, depth


def main():
    ap = argparse.ArgumentParser()
    for name in ("minilm", "stock", "state", "style", "out"):
        ap.add_argument(name)
    ap.add_argument("--join", type=int, default=teacher.FROZEN)
    ap.add_argument("--ajar", type=float, default=-3.5)
    args = ap.parse_args()
    state = {k: v.float().numpy() for k, v in torch.load(args.state).items()}
    tensors, depth = layers(state)
    # What a piece says of the next one, of itself, of the one before.
    gated = "gate.weight" in state
    tensors["gate.weight"] = state["gate.weight"][0].T if gated else np.zeros((3, len(state["norm.weight"])), np.float32)
    tensors["gate.bias"] = np.array([0, state["gate.bias"][0] - args.ajar if gated else 1, 0], np.float32)
    words = state["words.weight"]
    scales = (np.maximum(np.abs(words).max(1), 1e-8) / 127).astype(np.float32)
    style = state["style.weight"][teacher.STYLES.index(args.style)]
    labels = json.loads((Path(args.stock) / "meta.json").read_text())["labels"]["ner"]
    stock = teacher.Encoder(args.minilm, labels).stock
    pieces = Tokenizer.from_file(str(Path(args.minilm) / "tokenizer.json")).get_vocab()
    description = {"format": 3, "architecture": "names-encoder", "width": words.shape[1], "layers": depth, "join": args.join,
                   "longest": LONGEST, "tags": teacher.TAGS, "recognised": sorted(stock, key=stock.get),
                   "pieces": "\n".join(sorted(pieces, key=pieces.get))}
    tensors |= {
        "words": np.rint(words / scales[:, None]).astype(np.int8), "scales": scales,
        "positions": state["positions.weight"][:LONGEST].astype(np.float16),
        "cases": (state["case.weight"] + style).astype(np.float16), "recognised": state["stock.weight"].astype(np.float16),
    }
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, args.out, {"pipeline": json.dumps(description)})
    print(args.out, Path(args.out).stat().st_size)


if __name__ == "__main__":
    main()
