#!/usr/bin/env python3
"""Checks that every dependency comes from crates.io under a licence that leaves the whole program free to be used.

    cargo metadata --format-version 1 --locked | python tools/check_licences.py

Dependencies for tests and benchmarks count as well. Exit status 1 names each crate that is refused, and why.
"""

import json
import re
import sys

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"

# MPL-2.0 binds changes to the files of the crate itself, and those are used as they are.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0",
    "Unicode-3.0", "Unlicense", "Zlib", "bzip2-1.0.6",
}  # fmt: skip


def allowed(expression):
    """Whether an SPDX expression can be met by allowed licences: one side of each OR, both of each AND."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    position = 0

    def take(wanted):
        nonlocal position
        found = position < len(tokens) and tokens[position] == wanted
        position += found
        return found

    def licence():
        nonlocal position
        if take("("):
            inside = either()
            return take(")") and inside
        name = tokens[position] if position < len(tokens) else ""
        position += 1
        # An exception ("WITH LLVM-exception") only adds permissions.
        if take("WITH"):
            position += 1
        return name in ALLOWED

    def both():
        met = licence()
        while take("AND"):
            met = licence() and met
        return met

    def either():
        met = both()
        while take("OR"):
            met = both() or met
        return met

    return either() and position == len(tokens)


def refusals(metadata):
    members = set(metadata["workspace_members"])
    for package in metadata["packages"]:
        if package["id"] in members:
            continue
        name = f"{package['name']} {package['version']}"
        if package["source"] != CRATES_IO:
            yield f"{name}: comes from {package['source'] or 'a directory'}"
        if not allowed(package["license"] or ""):
            yield f"{name}: licence {package['license'] or 'not stated'}"


def self_test():
    for good in ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR GPL-2.0) AND ISC", "Apache-2.0 WITH LLVM-exception"]:
        assert allowed(good), good
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR LGPL-3.0) AND MIT", "MIT)"]:
        assert not allowed(bad), bad


if __name__ == "__main__":
    self_test()
    metadata = json.load(sys.stdin)
    refused = sorted(refusals(metadata))
    for line in refused:
        print(line, file=sys.stderr)
    print(f"{len(metadata['packages'])} crates, {len(refused)} refused")
    sys.exit(1 if refused else 0)
