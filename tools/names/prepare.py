"""Run the stock pipeline over every corpus once and keep its tokens, sentences and entities.

    python prepare.py STOCK_MODEL_DIR DATA_DIR OUT_DIR

Writes OUT_DIR/dev-NAME.spacy and OUT_DIR/train-NAME.spacy. Each Doc carries in `user_data` what is known by
hand: `gold` (start, end, kind) and `full`. Its `ents` are the stock model's own.
"""

import sys
import warnings
from pathlib import Path

import spacy
from spacy.tokens import DocBin

import corpora

warnings.filterwarnings("ignore")


def made(nlp, source):
    """The tokens of a document, with the sentence starts that are known by hand."""
    doc, starts = nlp.make_doc(source.text), set(source.starts)
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def write(nlp, documents, path):
    store = DocBin(attrs=["SENT_START", "ENT_IOB", "ENT_TYPE", "TAG", "POS"], store_user_data=True)
    pairs = ((made(nlp, d), d) for d in documents if d.text.strip())
    for doc, source in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        doc.user_data = {"id": source.id, "gold": [list(s) for s in source.spans], "full": source.full}
        store.add(doc)
    store.to_disk(path)
    print(path.name, len(store), sum(len(t) for t in store.tokens), flush=True)


def main(model, data, out):
    data, out = Path(data), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.load(model, exclude=["lemmatizer", "senter"])
    for name, documents in corpora.development(data).items():
        write(nlp, documents, out / f"dev-{name}.spacy")
    for name, documents in corpora.training(data).items():
        write(nlp, documents, out / f"train-{name}.spacy")
    for name, documents in corpora.unlabelled(data):
        write(nlp, documents, out / f"train-{name}.spacy")


if __name__ == "__main__":
    main(*sys.argv[1:])
