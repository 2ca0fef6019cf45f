"""Asks another store the ready questions, and holds its answers against newsgraph's.

    python tools/compare_answers.py NEWSGRAPH KB URL [PARAMETER=VALUE ...] --known FILE --store NAME

Both answer in SPARQL's JSON. Rows are compared as multisets of their values, numbers by value and times by their text, since
stores differ in how they spell a data type. A question without ORDER BY may be answered in any order, and one with it is compared
the same way: stores collate differently. FILE names, for each store, the questions that it is known to answer otherwise and why;
one that begins to agree is an error too.

Exit status: 0 all as known, 1 not.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tomllib
import urllib.parse
import urllib.request


def ours(newsgraph, kb, name):
    command = [newsgraph, "-q", "query", "--store", kb, "--example", name, "--to", "json", "--limit", "0"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def theirs(url, parameters, query):
    data = urllib.parse.urlencode([("query", query), *parameters]).encode()
    request = urllib.request.Request(url, data, {"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def value(term):
    """A term as two stores must agree on it."""
    if term is None:
        return None
    text = term["value"]
    if term["type"] == "uri":
        return ("iri", text)
    try:
        return ("number", float(text))
    except ValueError:
        return ("text", text)


def rows(answer):
    names = answer["head"]["vars"]
    return collections.Counter(
        tuple(value(row.get(name)) for name in names) for row in answer["results"]["bindings"]
    )


def prefixes(newsgraph):
    """The prefixes that newsgraph declares by itself and another store may not."""
    found = {}
    for path in pathlib.Path("src/vocab.rs"), pathlib.Path("src/base/mod.rs"):
        found.update(re.findall(r'\("([a-z]+)", "(https?://[^"]+)"\)', path.read_text()))
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(found.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsgraph")
    parser.add_argument("kb")
    parser.add_argument("url")
    parser.add_argument("parameters", nargs="*")
    parser.add_argument("--known", required=True)
    parser.add_argument("--store", required=True)
    arguments = parser.parse_args()
    known = tomllib.loads(pathlib.Path(arguments.known).read_text()).get(arguments.store, {})
    parameters = [tuple(parameter.split("=", 1)) for parameter in arguments.parameters]
    declared = prefixes(arguments.newsgraph)
    agree, failed = 0, 0
    for path in sorted(pathlib.Path("queries").glob("*.rq")):
        expected = rows(ours(arguments.newsgraph, arguments.kb, path.stem))
        try:
            found = rows(theirs(arguments.url, parameters, declared + path.read_text()))
            difference = "" if found == expected else f"{sum(found.values())} rows for {sum(expected.values())}"
            sample = list((expected - found).keys())[:1] + list((found - expected).keys())[:1]
        except (urllib.error.URLError, TimeoutError, ValueError) as error:
            reason = error.read()[:200].decode(errors="replace") if hasattr(error, "read") else ""
            difference, sample = f"{error} {reason}".strip(), []
        if difference and path.stem in known:
            print(f"  {path.stem}: differs as known: {known[path.stem]}")
        elif difference:
            failed += 1
            print(f"  {path.stem}: DIFFERS: {difference} {sample}")
        elif path.stem in known:
            failed += 1
            print(f"  {path.stem}: agrees now; take it out of {arguments.known}")
        else:
            agree += 1
    print(f"{arguments.store}: {agree} ready questions answered alike, {len(known)} known to differ, {failed} not as known")
    sys.exit(1 if failed else 0)


main()
