"""Runs the W3C's SPARQL 1.1 tests through the newsgraph program, and judges its answers by rdflib.

    python tools/check_sparql.py NEWSGRAPH CACHE

The tests are not ours to hand on: they are taken from rdflib's source release on PyPI (by pip) into CACHE, once.

Every query evaluation test is asked as JSON and as XML, and those of CSV and TSV in these formats. newsgraph's default graph is
the merge of all graphs; where a test has named graphs beside a default graph, the data of the default graph are given as such
(FROM, FROM NAMED). An update's default graph is the user's own graph, and USING gives it to patterns where a test has named
graphs; blank nodes are written as IRIs, which are read back as blank nodes here.

Asked is what a manifest lists: the release also holds tests that were withdrawn, as those of paths like :p{2,4} were before
SPARQL 1.1 was done. Left out: entailment (newsgraph does not reason), federation (it does not reach out), and LOAD from the
web. Exits with 1 when any test fails that is not in EXPECTED, or one of EXPECTED passes.
"""

import csv
import io
import logging
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
from collections import Counter
from pathlib import Path

import rdflib
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.query import Result

logging.getLogger("rdflib").setLevel(logging.CRITICAL)

RELEASE = "rdflib==7.6.0"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
DAWGT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
OWN = URIRef("https://newsgraph.example/graph/own")
GENID = "https://newsgraph.example/.well-known/genid/"
LEFT_OUT = ("entailment", "service", "protocol", "service-description", "http-rdf-update")

# What fails, and why it may: reasons, and the tests that each excuses.
EXPECTED = {
    "RDF 1.0: a literal without a datatype was not an xsd:string, as it is in RDF 1.1": [
        "dawg-data-r2/distinct#distinct-2",
        "dawg-data-r2/distinct#distinct-9",
        "sparql11/functions#strdt03",
        "sparql11/functions#strlang03",
    ],
    "RDF 1.0: a text with a language had no datatype; in RDF 1.1 it is an rdf:langString": [
        "dawg-data-r2/expr-builtin#dawg-datatype-2",
    ],
    "SPARQL 1.0: a decimal might end with its point (456.); in SPARQL 1.1 the point there ends the triple": [
        "dawg-data-r2/basic#term-6",
        "dawg-data-r2/basic#term-7",
    ],
    "XML Schema 1.0: whether a date without a time zone is one with a time zone cannot be told; in 1.1 it is not": [
        "dawg-data-r2/open-world#date-2",
    ],
    "the suite has this query twice, with and without simplified braces; SPARQL 1.1 and we do not simplify": [
        "dawg-data-r2/optional-filter#dawg-optional-filter-005-simplified",
    ],
    "spareval turns numbers into values: STR(01) is \"1\" there, and \"01\" in SPARQL; newsgraph writes no such numbers": [
        "dawg-data-r2/expr-builtin#dawg-str-1",
        "dawg-data-r2/expr-builtin#dawg-str-2",
    ],
    "spareval gives BNODE(text) one blank node in all rows, not one a row; a base holds no blank nodes": [
        "sparql11/functions#bnode01",
    ],
}
REASONS = {name: reason for reason, names in EXPECTED.items() for name in names}


def suite(cache: Path) -> Path:
    """The folder of the tests, fetched once."""
    folder = cache / "w3c-sparql-tests"
    if not folder.exists():
        with tempfile.TemporaryDirectory() as work:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
            subprocess.run([*command, "--dest", work, RELEASE], check=True)
            [archive] = Path(work).glob("*.tar.gz")
            with tarfile.open(archive) as tar:
                inside = [m for m in tar.getmembers() if "/test/data/suites/w3c/" in m.name]
                tar.extractall(work, members=inside, filter="data")
            [found] = Path(work).glob("*/test/data/suites/w3c")
            shutil.copytree(found, folder)
    return folder


def path_of(iri) -> str:
    return urllib.parse.unquote(urllib.parse.urlsplit(str(iri)).path)


def run(arguments, text=None) -> str:
    done = subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise AssertionError(done.stderr.strip().splitlines()[0] if done.stderr.strip() else "no message")
    return done.stdout


def key(term):
    """A term as it is compared: numbers by their value, languages without case, blank nodes as one."""
    if term is None:
        return None
    if isinstance(term, BNode):
        return "_"
    if isinstance(term, Literal) and term.datatype and re.search("#(integer|decimal|double|float)$", str(term.datatype)):
        try:
            return (str(term.datatype), float(term))
        except (ValueError, TypeError):
            pass
    if isinstance(term, Literal) and term.datatype == rdflib.XSD.string:
        return Literal(str(term)).n3()
    if isinstance(term, Literal) and term.language:
        return (str(term), term.language.lower())
    return term.n3()


def rows_of(result: Result):
    return [{str(v): t for v, t in row.asdict().items() if t is not None} for row in result]


def as_graph(rows) -> Graph:
    graph = Graph()
    for row in rows:
        node = BNode()
        for name, term in row.items():
            k = key(term)
            graph.add((node, URIRef("urn:v:" + name), term if isinstance(term, BNode) else Literal(str(k))))
    return graph


def same_rows(ours, theirs, reduced) -> bool:
    """Whether these are the rows of an expected result; of the copies of a row REDUCED may leave out all but one."""
    def multiset(rows):
        return Counter(frozenset((name, key(term)) for name, term in row.items()) for row in rows)

    if reduced:
        return multiset(ours) <= multiset(theirs) and multiset(ours).keys() == multiset(theirs).keys()
    if multiset(ours) != multiset(theirs):
        return False
    has_blank = any(isinstance(term, BNode) for row in theirs for term in row.values())
    return not has_blank or isomorphic(as_graph(ours), as_graph(theirs))


def expected_rows(file: Path):
    """The rows of an expected result, or its truth value."""
    if file.suffix in (".srx", ".srj"):
        result = Result.parse(io.BytesIO(file.read_bytes()), format="xml" if file.suffix == ".srx" else "json")
        return result.askAnswer if result.type == "ASK" else rows_of(result)
    graph = Graph().parse(file)
    [root] = graph.subjects(RDF.type, RS.ResultSet)
    truth = graph.value(root, RS.boolean)
    if truth is not None:
        return truth.toPython()
    rows = []
    for solution in graph.objects(root, RS.solution):
        rows.append({
            str(graph.value(b, RS.variable)): graph.value(b, RS.value) for b in graph.objects(solution, RS.binding)
        })
    return rows


def with_dataset(query: str, default, named) -> str:
    """The query with FROM clauses in front of its pattern."""
    clauses = " ".join([*(f"FROM <{g}>" for g in default), *(f"FROM NAMED <{g}>" for g in named)])
    plain = re.sub(r"<[^<>\s]*>|#[^\n]*", lambda m: " " * len(m.group()), query)
    construct = re.search(r"(?i)\bconstruct\s*\{", plain)
    start = 0
    if construct:
        depth, start = 1, construct.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(plain[start], 0)
            start += 1
    place = re.compile(r"(?i)\bwhere\b|\{").search(plain, start)
    at = place.start() if place else len(query)
    return f"{query[:at]} {clauses} {query[at:]}"


def check_query(program, manifest, test, action, result_file):
    query_file = manifest.value(action, QT.query) or action
    query = Path(path_of(query_file)).read_text()
    default = list(manifest.objects(action, QT.data))
    named = list(manifest.objects(action, QT.graphData))
    own_dataset = re.search(r"(?im)^\s*FROM\b|\bFROM\s+(NAMED\s+)?<", query)
    if own_dataset:
        base = str(query_file).rsplit("/", 1)[0] + "/"
        default = [base + iri for iri in re.findall(r"(?i)FROM\s+(?:NAMED\s+)?<([^>]*)>", query) if ":" not in iri]
    elif named or re.search(r"(?i)\bgraph\b", query):
        empty = [] if default else ["urn:empty"]
        query = with_dataset(query, default or empty, named or ["urn:none"])
    query = f"BASE <{query_file}>\n{query}"
    data = [path_of(iri) for iri in [*default, *named]]
    if not data:
        data = [str(nothing)]
    ask = [program, "--quiet", "query", "-", *dict.fromkeys(data)]
    file = Path(path_of(result_file))
    plain = re.sub(r"<[^<>\s]*>|#[^\n]*", "", query)
    form = re.search(r"(?i)\b(select|ask|construct|describe)\b", plain).group().lower()
    if file.suffix in (".csv", ".tsv"):
        ours = run([*ask, "--to", file.suffix[1:]], query)
        def lines(text):
            delimiter = "\t" if file.suffix == ".tsv" else ","
            table = list(csv.reader(io.StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL))
            def cell(c):
                if c.startswith("_:"):
                    return "_:"
                try:
                    return str(float(c))
                except ValueError:
                    return c.replace("^^<http://www.w3.org/2001/XMLSchema#string>", "")
            names = [name.lstrip("?") for name in table[0]]
            return Counter(frozenset(zip(names, map(cell, row))) for row in table[1:] if row or len(names) == 1)
        assert lines(ours) == lines(file.read_text()), f"other {file.suffix[1:]}"
    elif form in ("construct", "describe"):
        ours = Graph().parse(data=run([*ask, "--to", "ntriples"], query), format="nt")
        assert isomorphic(ours, Graph().parse(file)), "another graph"
    else:
        expected = expected_rows(file)
        for name in ("json", "xml"):
            answer = Result.parse(io.BytesIO(run([*ask, "--to", name], query).encode()), format=name)
            ours = answer.askAnswer if answer.type == "ASK" else rows_of(answer)
            same = ours == expected if isinstance(expected, bool) else same_rows(ours, expected, re.search(r"(?i)\breduced\b", plain))
            assert same, f"other rows as {name}"


def graphs_of(manifest, node):
    """The default graph (None) and named graphs that a test starts from or must end in."""
    graphs = {}
    for data in manifest.objects(node, UT.data):
        graphs.setdefault(None, Graph()).parse(path_of(data))
    for entry in manifest.objects(node, UT.graphData):
        file = manifest.value(entry, UT.graph) or manifest.value(entry, UT.data) or entry
        name = manifest.value(entry, rdflib.RDFS.label) or file
        graphs[str(name)] = Graph().parse(path_of(file))
    return {name: graph for name, graph in graphs.items() if len(graph)}


def unskolemised(term):
    return BNode(str(term)[len(GENID):]) if isinstance(term, URIRef) and term.startswith(GENID) else term


def check_update(program, manifest, test, action, result):
    request_file = manifest.value(action, UT.request)
    request = Path(path_of(request_file)).read_text()
    before, after = graphs_of(manifest, action), graphs_of(manifest, result)
    with tempfile.TemporaryDirectory() as work:
        store = Path(work) / "kb"
        shutil.copytree(empty, store)
        update = [program, "--quiet", "update", "--store", str(store), "-"]
        for number, (name, graph) in enumerate(before.items()):
            file = Path(work) / f"{number}.nt"
            graph.serialize(file, format="nt", encoding="utf-8")
            run(update, f"LOAD <file://{file}> INTO GRAPH <{name or OWN}>")
        named = [name for name in {**before, **after} if name]
        if named and None in before and not re.search(r"(?i)\b(using|with)\s+(named\s+)?[<:\w]", request):
            using = " ".join([f"USING <{OWN}>", *(f"USING NAMED <{name}>" for name in named)])
            request = re.sub(r"(?i)\}(\s*)where\b", rf"}}\1{using} WHERE", request)
        run(update, f"BASE <{request_file}>\n{request}")
        found = {}
        dump = rdflib.Dataset()
        dump.parse(data=run([program, "export", "--store", str(store), "--to", "nquads"]), format="nquads")
        for s, p, o, g in dump.quads():
            name = None if g == OWN else str(g)
            found.setdefault(name, Graph()).add((unskolemised(s), p, unskolemised(o)))
    assert found.keys() == after.keys(), f"graphs {sorted(map(str, found))}, not {sorted(map(str, after))}"
    assert all(isomorphic(found[name], after[name]) for name in after), "other triples"


def tests_of(file: Path):
    manifest = Graph().parse(file)
    listed = {test for entries in manifest.objects(None, MF.entries) for test in Collection(manifest, entries)}
    for kind, check in [
        (MF.QueryEvaluationTest, check_query),
        (MF.CSVResultFormatTest, check_query),
        (MF.UpdateEvaluationTest, check_update),
        (UT.UpdateEvaluationTest, check_update),
    ]:
        for test in sorted(manifest.subjects(RDF.type, kind)):
            approval = manifest.value(test, DAWGT.approval)
            if test not in listed or approval not in (None, DAWGT.Approved):
                continue
            yield manifest, test, check


program = str(Path(sys.argv[1]).resolve())
tests = suite(Path(sys.argv[2]))
scratch = tempfile.TemporaryDirectory()
nothing = Path(scratch.name) / "nothing.nt"
nothing.touch()
empty = Path(scratch.name) / "kb"
articles = Path(scratch.name) / "articles"
articles.mkdir()
subprocess.run([program, "--quiet", "build", "--fast", str(articles), "--store", str(empty)], capture_output=True)

passed, failed = Counter(), {}
for file in sorted([*tests.glob("sparql11/*/manifest.ttl"), *tests.glob("dawg-data-r2/*/manifest.ttl")]):
    group = f"{file.parent.parent.name}/{file.parent.name}"
    if file.parent.name in LEFT_OUT:
        continue
    for manifest, test, check in tests_of(file):
        name = f"{group}#{str(test).rsplit('#', 1)[-1]}"
        try:
            check(program, manifest, test, manifest.value(test, MF.action), manifest.value(test, MF.result))
            passed["updates" if check is check_update else "queries"] += 1
        except Exception as error:  # a test that cannot be run has failed
            failed[name] = f"{type(error).__name__}: {error}"[:200]

for name, reason in failed.items():
    print(f"{'known' if name in REASONS else 'FAILED'}: {name}: {REASONS.get(name, reason)}")
mended = [name for name in REASONS if name not in failed]
for name in mended:
    print(f"passes now, take it out of EXPECTED: {name}")
print(f"{passed['queries']} query tests and {passed['updates']} update tests passed, {len(failed)} failed")
sys.exit(bool(mended or failed.keys() - REASONS.keys()))
