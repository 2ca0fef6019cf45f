"""A recogniser of the same answers as the stock one, with more layers to learn with.

The added layers are residual with a layer norm whose gain is zero: they change nothing until they are trained.
"""

import numpy
from spacy.training import Example


def nodes(model):
    return [n for n in model.walk() if n.param_names]


def copy(old, new):
    for a, b in zip(nodes(old), nodes(new)):
        assert a.name == b.name, (a.name, b.name)
        for name in a.param_names:
            if a.has_param(name):
                assert a.get_param(name).shape == b.get_param(name).shape
                b.set_param(name, a.get_param(name).copy())


def deepen(nlp, depth):
    """Replace `ner` by one with `depth` layers in its encoder and the same weights in the first of them."""
    old = nlp.get_pipe("ner")
    config = nlp.config["components"]["ner"]["model"]
    config["tok2vec"]["encode"]["depth"] = depth
    labels = old.label_data
    nlp.remove_pipe("ner")
    new = nlp.add_pipe("ner", config={"model": config})
    with nlp.select_pipes(enable=["ner"]):
        sample = nlp.make_doc("A sample to infer shapes from.")
        new.initialize(lambda: [Example(sample, sample)], nlp=nlp, labels=labels)
    assert new.moves.n_moves == old.moves.n_moves
    assert [new.moves.get_class_name(i) for i in range(new.moves.n_moves)] == [old.moves.get_class_name(i) for i in range(old.moves.n_moves)]
    a, b = old.model.get_ref("tok2vec").layers[0], new.model.get_ref("tok2vec").layers[0]
    copy(a.get_ref("embed"), b.get_ref("embed"))
    copy(a.get_ref("encode"), b.get_ref("encode"))
    for node in nodes(b.get_ref("encode"))[len(nodes(a.get_ref("encode"))):]:
        if node.name == "layernorm":
            node.set_param("G", numpy.zeros_like(node.get_param("G")))
            node.set_param("b", numpy.zeros_like(node.get_param("b")))
    copy(old.model.get_ref("tok2vec").layers[-1], new.model.get_ref("tok2vec").layers[-1])
    copy(old.model.get_ref("lower"), new.model.get_ref("lower"))
    copy(old.model.get_ref("upper"), new.model.get_ref("upper"))
    return nlp
