"""Makes texts of KnowledgeNet's passages: `python documents.py train.jsonl > documents.jsonl`.

The flat form has a line for each passage, property and fact. The passages of a document are put together in their order, a space
between neighbours and an empty line over a gap, as `newsgraph eval` reads them.
"""

import json
import sys

NEIGHBOURS = 2  # Characters between passages that follow one another.


def passages(path):
    documents = {}
    with open(path, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            found = documents.setdefault(row["doc"], {})
            place = (row["passage_start"], row["passage_end"])
            passage = found.setdefault(place, {"text": row["text"], "fold": row["fold"], "properties": set(), "facts": []})
            passage["properties"].add(row["property"])
            if row["subj_start"] is not None:
                ends = [row[end] for end in ("subj_start", "subj_end", "obj_start", "obj_end")]
                passage["facts"].append((row["property"], *ends))
    return documents


def document(name, found):
    text, last, placed = "", None, []
    for (start, end), passage in sorted(found.items()):
        if text:
            text += " " if start - last <= NEIGHBOURS else "\n\n"
        shift = len(text) - start
        text += passage["text"]
        last = end
        facts = [(fact[0], *(end + shift for end in fact[1:])) for fact in passage["facts"]]
        placed.append({"start": start + shift, "end": len(text), "fold": passage["fold"],
                       "properties": sorted(passage["properties"]), "facts": facts})
    return {"id": name, "text": text, "passages": placed}


for name, found in passages(sys.argv[1]).items():
    print(json.dumps(document(name, found), ensure_ascii=False))
