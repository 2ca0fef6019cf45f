#!/usr/bin/env python3
"""Exports a spaCy pipeline into the one file that newsgraph reads.

    python tools/export_spacy.py MODEL OUT [--source TEXT] [--names]

MODEL is the name of an installed pipeline or a directory that `spacy.load` opens; OUT is the .safetensors file to write.

The pipeline must be a CNN pipeline as spaCy's `_sm`, `_md` and `_lg` models are: tagger, parser, ner, attribute_ruler and a
rule lemmatizer, over hash embeddings (with or without static vectors) and maxout window encoders. Everything else about it is
read from it: widths, depths, windows, rows, pieces, labels, expressions, tables. Any other pipeline is refused by name.

With `--names` only the recogniser goes into the file, to stand in for another pipeline's that has the same static vectors.
"""

import argparse
import json
import sys

import numpy as np
import spacy
from safetensors.numpy import save_file
from spacy.attrs import IDS as ATTRIBUTE_IDS
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import get_string_id
from spacy.symbols import IDS as SYMBOLS
from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer
from spacy.vectors import Mode

FORMAT = 1
REQUIRED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
FEATURES = ["ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
STATE_FEATURES = {"parser": [8], "ner": [3]}
EMBED_LAYERS = {
    "extract_features", "list2ragged", "ragged2list", "ints-getitem", "hashembed", "static_vectors",
    "maxout", "layernorm", "dropout", "expand_window", "with_array",
}


class Unsupported(Exception):
    """The pipeline is of an architecture that newsgraph cannot run."""


def require(condition, what):
    if not condition:
        raise Unsupported(what)


def leaves(model):
    return [node for node in model.walk() if not node.layers]


def only(nodes, name, where):
    found = [node for node in nodes if node.name == name]
    require(len(found) == 1, f"{where} has {len(found)} layers named {name}, not one")
    return found[0]


class Exporter:
    def __init__(self, nlp):
        self.nlp = nlp
        self.tensors = {}
        self.tok2vecs = {}

    def put(self, name, array, dtype):
        self.tensors[name] = np.ascontiguousarray(array, dtype=dtype)

    # Networks

    def tok2vec(self, name, model):
        """A hash embedding with a mixer and a window encoder; returns its description."""
        nodes = leaves(model)
        for node in nodes:
            require(node.name in EMBED_LAYERS, f"{name}: layer `{node.name}` in its tok2vec")
        columns = only(nodes, "extract_features", name).attrs["columns"]
        columns = [c if isinstance(c, str) else next(k for k, v in ATTRIBUTE_IDS.items() if v == c) for c in columns]
        for column in columns:
            require(column in FEATURES, f"{name}: feature `{column}`")
        embeds = sorted((n for n in nodes if n.name == "hashembed"), key=lambda n: n.attrs["column"])
        require([n.attrs["column"] for n in embeds] == list(range(len(columns))), f"{name}: its embedding columns")
        for i, embed in enumerate(embeds):
            self.put(f"{name}.embed.{i}", embed.get_param("E"), "<f2")
        vectors = [n for n in nodes if n.name == "static_vectors"]
        if vectors:
            table = self.nlp.vocab.vectors
            require(table.mode == Mode.default, f"{name}: vectors of the mode `{table.mode}`")
            require(getattr(table, "attr", ORTH) == ORTH, f"{name}: vectors that are not keyed by the word itself")
            self.put(f"{name}.vectors", table.data @ vectors[0].get_param("W").T, "<f2")
        maxouts = [n for n in nodes if n.name == "maxout"]
        norms = [n for n in nodes if n.name == "layernorm"]
        windows = {n.attrs["window_size"] for n in nodes if n.name == "expand_window"}
        require(len(maxouts) == len(norms) and len(maxouts) >= 2, f"{name}: maxout layers without layer norm")
        require(len(windows) == 1, f"{name}: windows of the sizes {sorted(windows)}")
        # The mixer reads the concatenated embeddings; the others, in order, are the encoder.
        window = windows.pop()
        encoders = [n for n in model.walk() if n.name.startswith("residual(") and len(n.layers) == 1]
        require(len(encoders) == len(maxouts) - 1, f"{name}: {len(encoders)} residual layers")
        mixer_model = model.get_ref("embed")
        self.maxout(f"{name}.mixer", mixer_model)
        for i, encoder in enumerate(encoders):
            self.maxout(f"{name}.encoder.{i}", encoder)
        width = encoders[0].get_dim("nO")
        return {
            "width": width,
            "features": columns,
            "seeds": [n.attrs["seed"] for n in embeds],
            "vectors": bool(vectors),
            "window": window,
            "depth": len(encoders),
        }

    def maxout(self, name, model):
        nodes = leaves(model)
        maxout, norm = only(nodes, "maxout", name), only(nodes, "layernorm", name)
        self.put(f"{name}.weight", maxout.get_param("W"), "<f4")
        self.put(f"{name}.bias", maxout.get_param("b"), "<f4")
        self.put(f"{name}.gain", norm.get_param("G"), "<f4")
        self.put(f"{name}.shift", norm.get_param("b"), "<f4")

    def tok2vec_of(self, name, model):
        """Exports the tok2vec that a component reads, its own or the shared one, once; returns the name of it."""
        listeners = [n for n in model.walk() if n.name == "tok2vec-listener"]
        transformers = [n.name for n in model.walk() if "transformer" in n.name]
        require(not transformers, f"{name}: layer `{transformers[0] if transformers else ''}`")
        if listeners:
            upstream = listeners[0].upstream_name
            pipes = [p for p in self.nlp.pipe_names if p == upstream or (upstream == "*" and p == "tok2vec")]
            require(pipes, f"{name} listens to `{upstream}`, which is not in the pipeline")
            key, model = pipes[0], self.nlp.get_pipe(pipes[0]).model
        else:
            key = name
            model = model.get_ref("tok2vec")
            if not (model.has_ref("embed") and model.has_ref("encode")):
                inner = [n for n in model.walk() if n.has_ref("embed") and n.has_ref("encode")]
                require(len(inner) == 1, f"{name}: its tok2vec is not an embedding and an encoder")
                model = inner[0]
        require(model.has_ref("embed") and model.has_ref("encode"), f"{key}: not an embedding and an encoder")
        if key not in self.tok2vecs:
            self.tok2vecs[key] = self.tok2vec(key, model)
        return key

    def tagger(self):
        pipe = self.nlp.get_pipe("tagger")
        softmax = only(leaves(pipe.model), "softmax", "tagger")
        self.put("tagger.weight", softmax.get_param("W"), "<f4")
        self.put("tagger.bias", softmax.get_param("b"), "<f4")
        return {"tok2vec": self.tok2vec_of("tagger", pipe.model), "labels": list(pipe.labels)}

    def transitions(self, name):
        pipe = self.nlp.get_pipe(name)
        require(pipe.cfg.get("beam_width", 1) == 1, f"{name}: beam search")
        require(not pipe.cfg.get("learn_tokens"), f"{name}: learn_tokens")
        model = pipe.model
        require(model.attrs.get("has_upper"), f"{name}: use_upper = false")
        require(not model.attrs.get("unseen_classes"), f"{name}: labels that it was never trained on")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        features = lower.get_dim("nF")
        require(features in STATE_FEATURES[name], f"{name}: {features} state features")
        project = [n for n in leaves(model.get_ref("tok2vec")) if n.name == "linear"]
        require(len(project) == 1, f"{name}: {len(project)} linear layers below its state")
        self.put(f"{name}.project.weight", project[0].get_param("W"), "<f4")
        self.put(f"{name}.project.bias", project[0].get_param("b"), "<f4")
        self.put(f"{name}.lower.weight", lower.get_param("W"), "<f4")
        self.put(f"{name}.lower.bias", lower.get_param("b"), "<f4")
        self.put(f"{name}.lower.pad", lower.get_param("pad"), "<f4")
        self.put(f"{name}.upper.weight", upper.get_param("W"), "<f4")
        self.put(f"{name}.upper.bias", upper.get_param("b"), "<f4")
        moves = [pipe.moves.get_class_name(i) for i in range(pipe.moves.n_moves)]
        return {"tok2vec": self.tok2vec_of(name, model), "moves": moves}

    def vectors(self):
        if not any(t["vectors"] for t in self.tok2vecs.values()):
            return
        rows = self.nlp.vocab.vectors.key2row
        keys = np.array(sorted(rows), dtype="<u8")
        self.put("vectors.keys", keys, "<u8")
        width = "<u2" if max(rows.values()) < 2**16 else "<u4"
        self.put("vectors.rows", np.array([rows[int(k)] for k in keys]), width)

    # Language data

    def tokenizer(self):
        t = self.nlp.tokenizer
        require(type(t) is Tokenizer, f"the tokenizer `{type(t).__name__}`")
        for what in ("token_match",):
            require(getattr(t, what) is None or hasattr(getattr(t, what), "__self__"), f"tokenizer: {what} is a function")
        pattern = lambda f: None if f is None else f.__self__.pattern
        exceptions = {}
        for chunk, tokens in t.rules.items():
            exceptions[chunk] = [[token[ORTH], token.get(NORM)] for token in tokens]
        return {
            "prefix": pattern(t.prefix_search),
            "suffix": pattern(t.suffix_search),
            "infix": pattern(t.infix_finditer),
            "token_match": pattern(t.token_match),
            "url_match": pattern(t.url_match),
            "exceptions": exceptions,
            "phrases": self.phrases(t),
        }

    @staticmethod
    def phrases(t):
        """The exceptions to look for again after splitting, each as the tokens that plain splitting makes of it."""
        plain = Tokenizer(
            t.vocab, rules={}, prefix_search=t.prefix_search, suffix_search=t.suffix_search,
            infix_finditer=t.infix_finditer, token_match=t.token_match, url_match=t.url_match,
        )
        found = []
        for chunk in sorted(t.rules):
            splits = t.find_prefix(chunk) or t.find_infix(chunk) or t.find_suffix(chunk) or " " in chunk
            if splits or not t.faster_heuristics:
                found.append([token.text for token in plain(chunk)])
        return found

    def norms(self):
        norms = {get_string_id(word): norm for word, norm in BASE_NORMS.items()}
        if self.nlp.vocab.lookups.has_table("lexeme_norm"):
            norms.update(dict(self.nlp.vocab.lookups.get_table("lexeme_norm").items()))
        return sorted([int(key), norm] for key, norm in norms.items())

    def lemmatizer(self):
        pipe = self.nlp.get_pipe("lemmatizer")
        require(pipe.mode == "rule", f"a lemmatizer of the mode `{pipe.mode}`")
        require(type(pipe).__name__ == "EnglishLemmatizer", f"the lemmatizer `{type(pipe).__name__}`")
        tables = {}
        for pos in ("adj", "adp", "adv", "aux", "cconj", "det", "intj", "noun", "num", "part", "pron", "propn", "punct",
                    "sconj", "sym", "verb", "x", "conj"):
            parts = [pipe.lookups.get_table(f"lemma_{part}", {}).get(pos) for part in ("rules", "exc", "index")]
            if any(parts):
                rules, exceptions, index = parts
                words = sorted(index or [])
                require(not any("\n" in word for word in words), "lemmas of more than one line")
                tables[pos] = {"rules": rules or [], "exceptions": exceptions or {}, "index": "\n".join(words)}
        return tables

    def recogniser(self):
        ner = self.transitions("ner")
        return {"format": FORMAT, "architecture": "spacy-cnn-names", "tok2vecs": self.tok2vecs, "ner": ner}

    def description(self, source):
        nlp = self.nlp
        require(nlp.lang == "en", f"the language `{nlp.lang}`")
        for name in REQUIRED:
            require(name in nlp.pipe_names, f"no component `{name}` (it has {', '.join(nlp.pipe_names)})")
        order = [nlp.pipe_names.index(name) for name in REQUIRED]
        require(order == sorted(order), f"components in the order {', '.join(nlp.pipe_names)}")
        for name in nlp.pipe_names:
            require(name in [*REQUIRED, "tok2vec", "senter"], f"the component `{name}`")
        tagger, parser, ner = self.tagger(), self.transitions("parser"), self.transitions("ner")
        self.vectors()
        return {
            "format": FORMAT,
            "architecture": "spacy-cnn",
            "name": f"{nlp.meta['lang']}_{nlp.meta['name']}",
            "version": nlp.meta["version"],
            "license": nlp.meta.get("license", ""),
            "author": nlp.meta.get("author", ""),
            "source": source or nlp.meta.get("url", ""),
            "symbols": {name: int(value) for name, value in SYMBOLS.items() if name},
            "tok2vecs": self.tok2vecs,
            "tagger": tagger,
            "parser": parser,
            "ner": ner,
            "tokenizer": self.tokenizer(),
            "norms": self.norms(),
            "ruler": nlp.get_pipe("attribute_ruler").patterns,
            "lemmatizer": self.lemmatizer(),
        }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model")
    options.add_argument("out")
    options.add_argument("--names", action="store_true", help="write the recogniser alone")
    options.add_argument("--source", help="where the model comes from, for its description")
    options = options.parse_args()
    exporter = Exporter(spacy.load(options.model))
    try:
        description = exporter.recogniser() if options.names else exporter.description(options.source)
    except Unsupported as reason:
        sys.exit(f"{options.model}: not supported: {reason}")
    text = json.dumps(description, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # One entry only: safetensors writes several in an order that changes from run to run.
    save_file(exporter.tensors, options.out, metadata={"pipeline": text})


if __name__ == "__main__":
    main()
