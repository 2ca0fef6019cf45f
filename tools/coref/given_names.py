"""Writes given names that tell a person's gender: given_names.py FAKER_FOLDER NAMES_FOLDER OUT.csv

FAKER_FOLDER is the `faker` package (MIT), whose lists by country are read; NAMES_FOLDER is the `names` package (MIT), which
holds the counts of the United States Census of 1990 (public domain). A name stays when nine in ten who bear it are of one
gender and no list of the other gender has it in another country.
"""
import ast
import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zà-öø-ÿā-ž]{2,}(-[A-ZÀ-ÖØ-ÞĀ-Ž][a-zà-öø-ÿā-ž]+)?$")


def words(node):
    return {constant.value for constant in ast.walk(node) if isinstance(constant, ast.Constant) and isinstance(constant.value, str)}


def main(faker, census, out):
    lists = defaultdict(lambda: defaultdict(set))
    for path in sorted(Path(faker, "providers/person").glob("*/__init__.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                match = re.fullmatch(r"first_names_(male|female)(_.*)?", node.targets[0].id)
                if match:
                    for name in words(node.value):
                        if NAME.match(name):
                            lists[name][match[1]].add(path.parent.name)
    share = defaultdict(dict)
    for gender in ("male", "female"):
        for line in Path(census, f"dist.{gender}.first").read_text().splitlines():
            name, percent, *_ = line.split()
            share[name.title()][gender] = float(percent)
    told = {}
    for name in set(lists) | set(share):
        male, female = share[name].get("male", 0), share[name].get("female", 0)
        most = "male" if male > female else "female"
        clear = max(male, female) > 9 * min(male, female) and max(male, female) >= 0.002
        genders = set(lists.get(name, ()))
        if clear and (not genders or most in genders and (len(genders) == 1 or max(male, female) > 40 * min(male, female) + 0.01)):
            told[name] = most
        elif len(genders) == 1 and not (male and female) and (not (male or female) or most in genders):
            told[name] = genders.pop()
    with open(out, "w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "gender"])
        writer.writerows(sorted(told.items()))
    print(len(told), sum(gender == "female" for gender in told.values()))


if __name__ == "__main__":
    main(*sys.argv[1:])
