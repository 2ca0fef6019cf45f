#!/usr/bin/env python3
"""Runs the W3C's test suite for SHACL against newsgraph, and says which tests it passes.

    pip download --no-deps --no-binary pyshacl pyshacl==0.40.0 && tar xf pyshacl-0.40.0.tar.gz
    python tools/check_shacl.py target/release/newsgraph pyshacl-0.40.0/test/resources

The source archive of pyshacl holds two suites: the W3C's (sht_tests) and that of the DASH vocabulary (dash_tests), from
which the former grew. A test passes when the report has the results that are expected: focus node, path, value, component,
severity and shape; of blank nodes only that they are some. A test that must fail passes when newsgraph exits with 2.
Exit status 0 when all of core passes and of the rest all that SKIPPED does not name, 1 otherwise.
"""

import argparse
import logging
import subprocess
import sys
from collections import Counter
from pathlib import Path

from rdflib import RDF, BNode, Graph, Namespace

SH = Namespace("http://www.w3.org/ns/shacl#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
DASH = Namespace("http://datashapes.org/dash#")

# What newsgraph refuses by name: the graph of the shapes as data.
SKIPPED = {"shapesGraph"}


def key(node):
    return "_" if node is None or isinstance(node, BNode) else node.n3()


def results(graph, report):
    """What a report holds, comparable across serialisations."""
    parts = [SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceShape]
    found = Counter()
    for result in graph.objects(report, SH.result):
        found[tuple("none" if graph.value(result, part) is None else key(graph.value(result, part)) for part in parts)] += 1
    return found


def tests(path, graph):
    """Shapes, data and expected report (none for a failure) of each test in a file."""
    for entry in graph.subjects(RDF.type, SHT.Validate):
        action, expected = graph.value(entry, MF.action), graph.value(entry, MF.result)
        data, shapes = (Path(str(graph.value(action, part)).removeprefix("file://")) for part in (SHT.dataGraph, SHT.shapesGraph))
        yield data, shapes, None if expected == SHT.Failure else expected
    for entry in graph.subjects(RDF.type, DASH.GraphValidationTestCase):
        yield path, path, graph.value(entry, DASH.expectedResult)


def run(newsgraph, data, shapes):
    command = [newsgraph, "validate", str(data), "--shapes", str(shapes), "--to", "turtle", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr.strip()


def judge(newsgraph, graph, data, shapes, expected):
    """What is wrong with a test's outcome; nothing when it passes."""
    status, output, errors = run(newsgraph, data, shapes)
    if expected is None or status == 2:
        return None if expected is None and status == 2 else f"status {status} {errors}"
    report = Graph().parse(data=output, format="turtle")
    found = results(report, report.value(None, RDF.type, SH.ValidationReport, any=False))
    wanted = results(graph, expected)
    if found != wanted:
        return f"missing {list((wanted - found).elements())}, too many {list((found - wanted).elements())}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsgraph", help="the program")
    parser.add_argument("directory", type=Path, help="where sht_tests and dash_tests are")
    arguments = parser.parse_args()
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    status, tallies = 0, {}
    for suite in ("sht_tests/core", "sht_tests/sparql", "dash_tests/core"):
        for path in sorted((arguments.directory / suite).rglob("*.ttl")):
            graph = Graph().parse(path.absolute(), publicID=path.absolute().as_uri())
            for data, shapes, expected in tests(path.absolute(), graph):
                data, shapes = (Path(str(file)) if Path(str(file)).suffix else file.with_suffix(".ttl") for file in (data, shapes))
                problem = judge(arguments.newsgraph, graph, data, shapes, expected)
                tally = tallies.setdefault(suite, Counter())
                name = path.relative_to(arguments.directory).as_posix()
                skipped = problem is not None and problem.startswith("status 2") and any(part in name for part in SKIPPED)
                tally["passed" if problem is None else "skipped" if skipped else "failed"] += 1
                if problem is not None:
                    print(f"{'skipped' if skipped else 'FAILED'} {name}: {problem}")
                    status = status if skipped else 1
    for suite, tally in tallies.items():
        print(f"{suite}: " + ", ".join(f"{count} {word}" for word, count in sorted(tally.items())))
    return status if tallies else 1


if __name__ == "__main__":
    sys.exit(main())
