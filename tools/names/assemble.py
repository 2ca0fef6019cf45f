"""Put a trained recogniser into a fresh copy of the stock pipeline; everything else stays byte for byte.

    python assemble.py STOCK_MODEL_DIR TRAINED_DIR OUT_DIR

The copy takes the `ner` folder and the encoder's depth, nothing else: no string of the training texts goes along.
"""

import shutil
import sys
from pathlib import Path

import spacy
from spacy.util import load_config


def main(stock, trained, out):
    stock, trained, out = Path(stock), Path(trained), Path(out)
    if out.exists():
        shutil.rmtree(out)
    shutil.copytree(stock, out)
    shutil.rmtree(out / "ner")
    shutil.copytree(trained / "ner", out / "ner")
    config, learned = load_config(stock / "config.cfg"), load_config(trained / "config.cfg")
    depth = learned["components"]["ner"]["model"]["tok2vec"]["encode"]["depth"]
    if depth != config["components"]["ner"]["model"]["tok2vec"]["encode"]["depth"]:
        config["components"]["ner"]["model"]["tok2vec"]["encode"]["depth"] = depth
        config.to_disk(out / "config.cfg")
    print([(e.text, e.label_) for e in spacy.load(out)("Adaeze Okafor of the Volta Reform Party spoke in Accra on Monday.").ents])


if __name__ == "__main__":
    main(*sys.argv[1:])
