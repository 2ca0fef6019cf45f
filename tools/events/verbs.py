"""Makes data/en/event_verbs.csv: verbs and the class of event that they tell of, from PETRARCH's verb dictionary.

    python3 tools/events/verbs.py CAMEO.2.0.txt > data/en/event_verbs.csv

A verb has the root code that its entry gives it; without one, the root that most of its patterns have, if there are three at least and
two in three agree. What data/en/events.toml says of a verb counts before this table. The dictionary is Open Event Data Alliance's, MIT licence.
"""

import collections
import re
import sys

CLASSES = {
    "01": "PublicStatement", "02": "Appeal", "03": "CooperationIntent", "04": "Consultation", "05": "DiplomaticCooperation",
    "06": "MaterialCooperation", "07": "Aid", "08": "Yielding", "09": "Investigation", "10": "Demand", "11": "Disapproval",
    "12": "Rejection", "13": "Threat", "14": "Protest", "15": "ForcePosture", "16": "ReducedRelations", "17": "Coercion",
    "18": "Assault", "19": "Fight", "20": "MassViolence",
}


def root(code):
    """The class of a code such as 0213 or 042:043; none for a code that stands for nothing."""
    return CLASSES.get(code.split(":")[0][:2])


def entries(lines):
    """Of each verb its own code, its block's code, and the codes of its patterns."""
    own, block, patterns = {}, {}, collections.defaultdict(list)
    default, in_verbs = None, False
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("--- "):
            in_verbs = True
            code = re.search(r"\[([0-9:]+|---)\]", line)
            default = root(code[1]) if code else None
        elif not in_verbs or line.startswith(("#", "~", "&")):
            continue
        elif line.startswith("-"):
            code = re.search(r"\[([0-9:]+|---)\]", line)
            for verb in re.findall(r"[A-Z_]+", line.partition("#")[2]):
                if code and root(code[1]):
                    patterns[verb.lower().rstrip("_")].append(root(code[1]))
        elif re.match(r"[A-Z]", line):
            verb = re.match(r"[A-Z_'-]+", line)[0].lower().rstrip("_")
            code = re.search(r"\[([0-9:]+)\]", line.partition("#")[0])
            own[verb] = root(code[1]) if code else own.get(verb)
            block[verb] = block.get(verb) or default
    return own, block, patterns


def main():
    with open(sys.argv[1], encoding="latin-1") as dictionary:
        own, block, patterns = entries(dictionary)
    print("verb,class")
    for verb in sorted(own):
        if not re.fullmatch(r"[a-z]+(_[a-z]+)?", verb):
            continue
        counted = collections.Counter(patterns[verb]).most_common(1)
        agreed = counted[0][0] if counted and counted[0][1] >= 3 and counted[0][1] * 3 >= len(patterns[verb]) * 2 else None
        found = own[verb] or block[verb] or agreed
        if found:
            print(f"{verb.replace('_', ' ')},{found}")


if __name__ == "__main__":
    main()
