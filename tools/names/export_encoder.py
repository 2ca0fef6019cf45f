"""Write a trained encoder for the program: one safetensors file of its tables and, in it, an int8 ONNX graph of its layers.

    python export_encoder.py MINILM STOCK STATE.pt STYLE OUT.safetensors [--plain]

The program looks up words, positions, letter case and tags itself and feeds the graph rows of numbers: `words` (word pieces
with positions added) and `features` (case, tag and style added), both pieces x width. It answers `scores`, pieces x tags.
Weights are 7 bits wide with a scale a column (a processor without VNNI adds pairs of products in 16 bits, and 8 could
overflow there); inputs of a product are quantised by one scale for the whole window. `--plain` writes 32-bit weights.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from tokenizers import Tokenizer

import teacher

HEADS, EPSILON, LONGEST = 12, 1e-12, 256


class Graph:
    """An ONNX graph while it is built; every method adds one step and returns the name of its output."""

    def __init__(self, plain):
        self.plain, self.nodes, self.weights, self.quantised = plain, [], [], {}

    def step(self, kind, inputs, outputs=1, **attributes):
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, value):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def linear(self, x, weight, bias):
        """x @ weight.T + bias."""
        weight = weight.T
        if self.plain:
            return self.step("Add", [self.step("MatMul", [x, self.constant(weight)]), self.constant(bias)])
        if x not in self.quantised:
            self.quantised[x] = self.step("DynamicQuantizeLinear", [x], 3)
        rows, scale, zero = self.quantised[x]
        column = np.maximum(np.abs(weight).max(0), 1e-8) / 63
        whole = np.clip(np.rint(weight / column), -63, 63).astype(np.int8)
        product = self.step("MatMulInteger", [rows, self.constant(whole), zero, self.constant(np.zeros(len(column), np.int8))])
        product = self.step("Cast", [product], to=TensorProto.FLOAT)
        product = self.step("Mul", [product, self.step("Mul", [scale, self.constant(column.astype(np.float32))])])
        return self.step("Add", [product, self.constant(bias)])

    def norm(self, x, weight, bias):
        return self.step("LayerNormalization", [x, self.constant(weight), self.constant(bias)], axis=-1, epsilon=EPSILON)

    def layer(self, x, w):
        width = w["self_attn.out_proj.bias"].shape[0]
        project, shift = w["self_attn.in_proj_weight"].copy(), w["self_attn.in_proj_bias"].copy()
        root = np.float32(np.sqrt(width // HEADS))
        project[:width] /= root
        shift[:width] /= root
        together = self.linear(x, project, shift)
        apart = self.step("Reshape", [together, self.constant(np.array([-1, 3, HEADS, width // HEADS], np.int64))])
        query, key, value = self.step("Split", [self.step("Transpose", [apart], perm=[1, 2, 0, 3])], 3, axis=0, num_outputs=3)
        seen = self.step("MatMul", [query, self.step("Transpose", [key], perm=[0, 1, 3, 2])])
        heads = self.step("MatMul", [self.step("Softmax", [seen], axis=-1), value])
        joined = self.step("Reshape", [self.step("Transpose", [heads], perm=[0, 2, 1, 3]), self.constant(np.array([-1, width], np.int64))])
        x = self.norm(self.step("Add", [x, self.linear(joined, w["self_attn.out_proj.weight"], w["self_attn.out_proj.bias"])]), w["norm1.weight"], w["norm1.bias"])
        inner = self.step("Gelu", [self.linear(x, w["linear1.weight"], w["linear1.bias"])])
        return self.norm(self.step("Add", [x, self.linear(inner, w["linear2.weight"], w["linear2.bias"])]), w["norm2.weight"], w["norm2.bias"])


def graph(state, plain):
    g = Graph(plain)
    x = g.norm("words", state["norm.weight"], state["norm.bias"])
    depth = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    for i in range(depth):
        if i == teacher.FROZEN:
            x = g.step("Add", [x, "features"])
        prefix = f"layers.{i}."
        x = g.layer(x, {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)})
    scores = g.step("MatMul", [x, g.constant(state["out.weight"].T)])
    g.nodes.append(helper.make_node("Add", [scores, g.constant(state["out.bias"])], ["scores"]))
    width = len(state["norm.bias"])
    value = lambda name, size: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", size])
    made = helper.make_graph(g.nodes, "names", [value("words", width), value("features", width)],
                             [value("scores", len(teacher.TAGS))], g.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], producer_name="newsgraph")
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def main():
    ap = argparse.ArgumentParser()
    for name in ("minilm", "stock", "state", "style", "out"):
        ap.add_argument(name)
    ap.add_argument("--plain", action="store_true")
    args = ap.parse_args()
    state = {k: v.float().numpy() for k, v in torch.load(args.state).items()}
    layers = graph(state, args.plain).SerializeToString()
    words = state["words.weight"]
    scales = (np.maximum(np.abs(words).max(1), 1e-8) / 127).astype(np.float32)
    style = state["style.weight"][teacher.STYLES.index(args.style)]
    labels = json.loads((Path(args.stock) / "meta.json").read_text())["labels"]["ner"]
    stock = teacher.Encoder(args.minilm, labels).stock
    pieces = Tokenizer.from_file(str(Path(args.minilm) / "tokenizer.json")).get_vocab()
    description = {"format": 1, "architecture": "names-encoder", "width": words.shape[1], "longest": LONGEST, "tags": teacher.TAGS,
                   "recognised": sorted(stock, key=stock.get), "pieces": "\n".join(sorted(pieces, key=pieces.get))}
    save_file({
        "words": np.rint(words / scales[:, None]).astype(np.int8), "scales": scales,
        "positions": state["positions.weight"][:LONGEST].astype(np.float16),
        "cases": (state["case.weight"] + style).astype(np.float16), "recognised": state["stock.weight"].astype(np.float16),
        "layers": np.frombuffer(layers, np.uint8),
    }, args.out, {"pipeline": json.dumps(description)})
    print(args.out, Path(args.out).stat().st_size)


if __name__ == "__main__":
    main()
