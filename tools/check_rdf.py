#!/usr/bin/env python3
"""Checks newsgraph's RDF with tools that are not newsgraph's: rdflib reads it and pyshacl holds it against the shapes.

    pip install rdflib pyshacl
    python tools/check_rdf.py kb.ttl graphs/*.nq.gz
    python tools/check_rdf.py --self-test
    python tools/check_rdf.py --self-test --newsgraph target/release/newsgraph kb.ttl

Of each file it checks that it can be read, that it conforms to ontology/shapes.ttl, that every piece of evidence lies
on its words where the text is in the file (newsgraph's --with-text), and that the JSON-LD context says the same.
With --newsgraph, that program's own `validate` must find in each graph exactly what pyshacl finds.
Exit status 0 when all is well, 1 when something is not, 2 for a file that cannot be read.
"""

import argparse
import gzip
import hashlib
import json
import logging
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from pyshacl import validate
from rdflib import RDF, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.util import guess_format

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology" / "news.ttl"
SHAPES = ROOT / "ontology" / "shapes.ttl"
CONTEXT = ROOT / "ontology" / "context.jsonld"
EXAMPLE = ROOT / "tests" / "graph" / "bridge.ttl"
BROKEN = ROOT / "tests" / "graph" / "broken.toml"

NEWS = Namespace("https://w3id.org/newsgraph/ontology#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")

SPAN = re.compile(r"^(.*)[#&]char=(\d+),(\d+)$")


def read(path):
    """The graphs of a file in any RDF format, gzip seen through: each named graph by itself, since each is an article."""
    plain = Path(path.stem) if path.suffix == ".gz" else path
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    dataset = Dataset()
    dataset.parse(data=data, format=guess_format(plain.name) or "turtle")
    graphs = {}
    for subject, predicate, object_, name in dataset.quads():
        graphs.setdefault(name, Graph()).add((subject, predicate, object_))
    return list(graphs.values())


def validated(graph, shapes, ontology):
    """pyshacl's report, which takes it seconds."""
    _, report, _ = validate(graph, shacl_graph=shapes, ont_graph=ontology)
    if not isinstance(report, Graph):
        raise SystemExit(f"pyshacl cannot use the shapes: {report}")
    return report


def violations(report):
    """What the shapes refuse, as sentences. Warnings (two articles that spell a name differently) do not count."""
    for result in report.subjects(RDF.type, SH.ValidationResult):
        if (result, SH.resultSeverity, SH.Violation) not in report:
            continue
        message = report.value(result, SH.resultMessage)
        value = report.value(result, SH.value)
        yield f"{report.value(result, SH.focusNode)}: {message}" + (f" [{value}]" if value is not None else "")


def as_rows(report):
    """The results of a validation report, comparable across programs: all but the names of blank nodes.

    pyshacl also writes, as details of a result, what an inner shape found; a report's results are those of sh:result.
    """
    parts = [SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.resultSeverity]
    rows = Counter()
    for result in report.objects(None, SH.result):
        values = (report.value(result, part) for part in parts)
        rows[tuple("blank" if isinstance(value, BNode) else value for value in values)] += 1
    return rows


def disagreements(newsgraph, graph, theirs):
    """Where newsgraph's own validation and pyshacl's report differ."""
    if newsgraph is None:
        return
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        file.write(graph.serialize(format="nt", encoding="utf-8"))
        file.flush()
        command = [newsgraph, "validate", file.name, "--to", "ntriples", "--quiet"]
        ours = Graph().parse(data=subprocess.run(command, capture_output=True).stdout, format="nt")
    ours, theirs = as_rows(ours), as_rows(theirs)
    for row in (ours - theirs).elements():
        yield f"newsgraph alone finds {row}"
    for row in (theirs - ours).elements():
        yield f"pyshacl alone finds {row}"


def misplaced(graph):
    """Evidence that does not lie on its words, in code points, and hashes that are not the text's."""
    texts = {}
    for context, text in graph.subject_objects(NIF.isString):
        article = graph.value(context, NIF.sourceUrl)
        texts[str(article)] = str(text)
        if str(graph.value(article, NEWS.contentHash)) != hashlib.sha256(text.encode()).hexdigest():
            yield f"{article}: the content hash is not that of the text"
    spans = {node for triple in graph for node in triple if isinstance(node, URIRef) and SPAN.match(node)}
    for span in sorted(spans):
        article, begin, end = SPAN.match(span).groups()
        if article not in texts:
            continue
        words = texts[article][int(begin) : int(end)]
        if int(begin) >= int(end) or int(end) > len(texts[article]):
            yield f"{span}: lies outside the text, which has {len(texts[article])} code points"
        for said in expected_words(graph, span):
            if str(said) != words:
                yield f"{span}: the text has {words!r} there, and the graph {str(said)!r}"


def expected_words(graph, span):
    """What the graph says that these characters are."""
    yield from graph.objects(span, NIF.anchorOf)
    for node in graph.subjects(NEWS.evidence, span):
        # What interrupts a quotation is left out of its text.
        is_whole = len(list(graph.objects(node, NEWS.evidence))) == 1
        if is_whole and (node, RDF.type, SCHEMA.Quotation) in graph:
            yield from graph.objects(node, SCHEMA.text)


def blank(graph):
    """Blank nodes, of which newsgraph promises none."""
    if any(isinstance(node, BNode) for triple in graph for node in triple):
        yield "there are blank nodes"


def uncovered(graph):
    """What the JSON-LD context loses or has no short name for."""
    context = json.loads(CONTEXT.read_text())["@context"]
    document = json.loads(graph.serialize(format="json-ld", context=context, auto_compact=False))
    again = Graph().parse(data=json.dumps(document), format="json-ld")
    if not isomorphic(graph, again):
        yield "the JSON-LD context changes what the graph says"
    for node in document.get("@graph", [document]):
        for key in node:
            if ":" in key:
                yield f"the JSON-LD context has no name for {key}"


def problems(graph, shapes, ontology, newsgraph=None):
    report = validated(graph, shapes, ontology)
    yield from blank(graph)
    yield from disagreements(newsgraph, graph, report)
    yield from violations(report)
    yield from misplaced(graph)
    yield from uncovered(graph)


def summary(graphs):
    classes = [kind for graph in graphs for kind in graph.objects(None, RDF.type)]
    kinds = Counter(str(kind).rsplit("#")[-1].rsplit("/")[-1] for kind in classes)
    count = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))[:8])
    return f"{sum(map(len, graphs))} triples in {len(graphs)} graph{'s' if len(graphs) != 1 else ''}; {count}"


def check(paths, shapes, ontology, newsgraph):
    status = 0
    for path in paths:
        try:
            graphs = read(path)
        except Exception as error:  # each parser of rdflib has errors of its own
            print(f"{path}: cannot be read: {error}", file=sys.stderr)
            status = 2
            continue
        if not graphs:
            print(f"{path}: holds nothing", file=sys.stderr)
            status = max(status, 1)
            continue
        found = sorted({problem for graph in graphs for problem in problems(graph, shapes, ontology, newsgraph)})
        for problem in found:
            print(f"{path}: {problem}", file=sys.stderr)
        print(f"{path}: {'refused' if found else 'conforms'}: {summary(graphs)}")
        status = max(status, 1 if found else 0)
    return status


def refused_relations(good, shapes, ontology):
    """The messages with which every relation refuses what can be neither its subject nor its object."""
    nothing = URIRef("urn:nothing")
    relations = [shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if "#Relation_" in str(shape)]
    graph = Graph() + good
    for shape in relations:
        graph.add((nothing, shapes.value(shape, SH.targetSubjectsOf), nothing))
    found = "\n".join(violations(validated(graph, shapes, ontology)))
    messages = {str(m) for shape in relations for node in [shape, *shapes.objects(shape, SH.property)] for m in shapes.objects(node, SH.message)}
    return {message for message in messages if message in found}


def not_refused(case, good, prologue, shapes, ontology, newsgraph):
    """What is wrong with a case of broken.toml: the break is not refused as it says, or not by all alike."""
    graph = Graph() + good
    graph.update(prologue + case["update"])
    failures = [] if set(graph) != set(good) else [f"{case['name']}: the update changes nothing"]
    report = validated(graph, shapes, ontology)
    found = list(blank(graph)) + list(violations(report)) + list(misplaced(graph))
    if not any(case["refused"] in problem for problem in found):
        failures.append(f"{case['name']}: not refused with {case['refused']!r} but with {found}")
    return failures + [f"{case['name']}: {problem}" for problem in disagreements(newsgraph, graph, report)]


def self_test(shapes, ontology, newsgraph):
    """The good example passes; each break of it in broken.toml is refused, with the message that it should have."""
    [good] = read(EXAMPLE)
    failures = [f"the good example: {problem}" for problem in problems(good, shapes, ontology)]
    cases = tomllib.loads(BROKEN.read_text())
    prologue = f"BASE <{cases['base']}>\n" + "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in cases["prefixes"].items())
    judge = partial(not_refused, good=good, prologue=prologue, shapes=shapes, ontology=ontology, newsgraph=newsgraph)
    with ProcessPoolExecutor() as processes:
        for found in processes.map(judge, cases["case"]):
            failures += found
    used = {case["refused"] for case in cases["case"]} | refused_relations(good, shapes, ontology)
    for message in sorted({str(m) for m in shapes.objects(None, SH.message)}):
        severity = {shapes.value(s, SH.severity) for s in shapes.subjects(SH.message, Literal(message))}
        if SH.Warning not in severity and message not in used:
            failures.append(f"no broken example shows that this is refused: {message!r}")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(cases['case'])} broken graphs: {'all refused' if not failures else f'{len(failures)} failures'}")
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="RDF in any format, gzipped or not")
    parser.add_argument("--self-test", action="store_true", help="check that broken graphs are refused")
    parser.add_argument("--newsgraph", help="a program whose own validation must agree")
    arguments = parser.parse_args()
    if not arguments.files and not arguments.self_test:
        parser.error("name a file or --self-test")
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # the shapes say it better
    shapes, ontology = Graph().parse(SHAPES), Graph().parse(ONTOLOGY)
    status = check(arguments.files, shapes, ontology, arguments.newsgraph)
    if arguments.self_test:
        status = max(status, self_test(shapes, ontology, arguments.newsgraph))
    return status


if __name__ == "__main__":
    sys.exit(main())
