"""Read the open corpora into one form: documents of running text with PER / ORG / LOC / MISC spans.

Every loader yields `Document`s. Offsets are Unicode code points into `text`. Spans never overlap, hold no
article, possessive, title or quotation mark. `full` says whether a name without a span is known to be no name.
"""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

NAMES = ("PER", "ORG", "LOC")


@dataclass
class Document:
    id: str
    text: str
    spans: list = field(default_factory=list)  # (start, end, "PER" | "ORG" | "LOC" | "MISC")
    full: bool = True
    starts: list = field(default_factory=list)  # offsets where a sentence is known to start


# ---- from tokens to text -------------------------------------------------------------------------------------

NO_SPACE_BEFORE = {".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "'", "n't", "'re", "'ve", "'ll", "'m", "'d", "...", "''"}
NO_SPACE_AFTER = {"(", "[", "{", "$", "£", "€", "``"}


def detokenise(tokens):
    """Running text of a tokenised sentence and the (start, end) of each token in it."""
    text, ends, open_quote, glue = "", [], False, True
    for i, token in enumerate(tokens):
        shown = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(token, token)
        if token == '"':
            open_quote = not open_quote
            before, after = not open_quote, open_quote
        else:
            before = token in NO_SPACE_BEFORE or shown == ")"
            after = token in NO_SPACE_AFTER or shown == "("
        hyphen = token in ("-", "–", "/") and 0 < i < len(tokens) - 1 and tokens[i - 1].isalnum() and tokens[i + 1].isalnum()
        if text and not (glue or before or hyphen):
            text += " "
        ends.append((len(text), len(text) + len(shown)))
        text += shown
        glue = after or hyphen
    return text, ends


def join(sentences):
    """Join (text, spans) sentences with a space."""
    text, spans, starts = "", [], []
    for sentence, found in sentences:
        if text:
            text += " "
        starts.append(len(text))
        spans += [(s + len(text), e + len(text), t) for s, e, t in found]
        text += sentence
    return text, spans, starts


def clean_span(text, start, end):
    """Drop the article, the possessive and quotation marks around a name; None when nothing is left."""
    while True:
        piece = text[start:end]
        lead = re.match(r"(?i)(the\s+)(?=\S)|[\s\"'“”‘’`(]+", piece)
        tail = re.search(r"(?<=\w)['’]s$|[\s\"“”‘’`,;:]+$|(?<=s)['’]$|(?<!\w)'$", piece)
        if lead:
            start += lead.end()
        elif tail:
            end -= len(piece) - tail.start()
        else:
            break
    return (start, end) if start < end else None


def cleaned(text, spans):
    out = []
    for s, e, t in spans:
        kept = clean_span(text, s, e)
        if kept:
            out.append((*kept, t))
    return out


def iob_spans(tags, offsets, kinds):
    spans, previous = [], None
    for tag, (start, end) in zip(tags, offsets):
        prefix, _, kind = tag.partition("-")
        kind = kinds.get(kind)
        if kind is None:
            previous = None
        elif prefix == "I" and previous == tag[2:]:
            spans[-1] = (spans[-1][0], end, kind)
            continue_kind = tag[2:]
            previous = continue_kind
        else:
            spans.append((start, end, kind))
            previous = tag[2:]
    return spans


# ---- corpora -------------------------------------------------------------------------------------------------

UNER = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "OTH": "MISC"}
CROSSNER = {"politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG", "country": "LOC",
            "location": "LOC", "election": "MISC", "event": "MISC", "misc": "MISC"}
WIKIGOLD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}


def align(text, tokens):
    """Offsets of tokens in the text they came from."""
    at, out = 0, []
    for token in tokens:
        found = text.find(token, at)
        if found < 0 or found > at + 5:
            return None
        out.append((found, found + len(token)))
        at = found + len(token)
    return out


def uner(path):
    name, sentences, text, rows = None, [], None, []

    def flush():
        nonlocal rows, text
        if rows:
            tokens = [r[1] for r in rows]
            shown, offsets = text, align(text, tokens) if text else None
            if offsets is None:
                shown, offsets = detokenise(tokens)
            sentences.append((shown, iob_spans([r[2] for r in rows], offsets, UNER)))
        rows, text = [], None

    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            flush()
            if sentences:
                yield document(name, sentences)
            name, sentences = line.split("= ")[1], []
        elif line.startswith("# text = "):
            text = line[9:]
        elif line.startswith("#"):
            continue
        elif not line:
            flush()
        else:
            rows.append(line.split("\t"))
    flush()
    yield document(name, sentences)


def document(name, sentences, full=True):
    text, spans, starts = join(sentences)
    return Document(name, text, cleaned(text, spans), full, starts)


def columns(path, separator, kinds, group=1):
    """Sentences of a token-and-tag file, `group` of them to a document."""
    sentences, rows, n = [], [], 0
    for line in [*open(path, encoding="utf8"), ""]:
        line = line.rstrip("\n")
        if line.strip() and not line.startswith("-DOCSTART-"):
            rows.append(line.split(separator))
            continue
        if rows:
            text, offsets = detokenise([r[0] for r in rows])
            sentences.append((text, iob_spans([r[-1].strip() for r in rows], offsets, kinds)))
            rows = []
        if sentences and (len(sentences) == group or line == ""):
            if len(sentences) == group:
                yield document(f"{Path(path).stem}-{n}", sentences)
                sentences, n = [], n + 1
    if sentences:
        yield document(f"{Path(path).stem}-{n}", sentences)


def wikigold(path):
    return list(columns(path, None, WIKIGOLD, group=4))


def crossner(path):
    return list(columns(path, "\t", CROSSNER))


TITLES = set("""mr mrs ms miss dr prof professor president vice prime minister senator sen representative rep governor gov mayor
king queen prince princess sir lord lady saint st pope bishop archbishop cardinal general gen colonel col major maj captain capt
lieutenant lt sergeant sgt admiral judge justice chief secretary chancellor ambassador director chairman chairwoman speaker
congressman congresswoman father brother sister emperor empress sheikh imam rabbi reverend rev uncle aunt officer detective
minister deputy attorney spokesperson fellow earl duke duchess count protector commander spokesman spokeswoman commissioner candidate doctor coach us u.s. republican democrat former""".split())
GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
LINKS = {"of", "for", "and", "&", "the", "de", "la", "del", "on", "-", "'s", "in"}


def gum(path):
    rows, sentences, text, name, mentions = [], [], None, Path(path).stem, []
    open_mentions = {}

    def flush():
        nonlocal rows, text, mentions, open_mentions
        if rows:
            offsets = align(text, [r[1] for r in rows]) or detokenise([r[1] for r in rows])[1]
            sentences.append((text, gum_names(rows, mentions, offsets)))
        rows, text, mentions, open_mentions = [], None, [], {}

    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# text = "):
            text = line[9:]
        elif line.startswith("#"):
            continue
        elif not line:
            flush()
        else:
            cells = line.split("\t")
            if not cells[0].isdigit():
                continue
            rows.append(cells)
            entity = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
            for part in re.findall(r"\([^()]+\)|\([^()]+|[^()]+\)", entity.group(1) if entity else ""):
                i = len(rows) - 1
                body = part.strip("()").split("-")
                if part.startswith("("):
                    mention = [i, i, body[1], "-".join(body[7:])]
                    mentions.append(mention)
                    if not part.endswith(")"):
                        open_mentions.setdefault(body[0], []).append(mention)
                else:
                    stack = open_mentions.get(body[0])
                    if stack:
                        stack.pop()[1] = i
    flush()
    return document(name, sentences)


def gum_names(rows, mentions, offsets):
    """Named part of each person, organisation or place mention whose head is a proper noun."""
    found, taken = [], set()
    for first, last, kind, _ in sorted(mentions, key=lambda m: (m[0] - m[1], m[0])):
        kind = GUM_KINDS.get(kind)
        ids = {int(rows[i][0]) for i in range(first, last + 1)}
        heads = [i for i in range(first, last + 1) if int(rows[i][6]) not in ids]
        if kind is None or not heads or rows[heads[0]][3] != "PROPN":
            continue
        proper = lambda i: rows[i][3] == "PROPN" or (rows[i][1][:1].isupper() and rows[i][3] in ("ADJ", "NOUN", "VERB"))
        a = b = heads[0]
        while a > first and (proper(a - 1) or (rows[a - 1][1] in ("-", ".", "&") and a - 1 > first and proper(a - 2))):
            a -= 1
        while b < last:
            j = b + 1
            while j <= last and rows[j][1] in LINKS and kind != "PER":
                j += 1
            if j <= last and rows[j][1] in ("-", "de", "la", "van", "von", "al", "bin", "of") and kind == "PER" and rows[j][1] != "of":
                j += 1
            if j <= last and proper(j) and not (j > b + 1 and rows[b + 1][1] in ("and", "in") and ids_mention(mentions, j, kind)):
                b = j
            else:
                break
        if kind == "PER":
            a = max([a, *(i + 1 for i in range(a, b + 1) if rows[i][1].lower().strip(".") in TITLES)])
            if a > b:
                continue
            if rows[b][4] == "NNPS":  # Arabs, Muslims, Democrats: groups
                kind = "MISC"
        if taken & set(range(a, b + 1)):
            continue
        taken |= set(range(a, b + 1))
        found.append((offsets[a][0], offsets[b][1], kind))
    return sorted(found)


def ids_mention(mentions, i, kind):
    return any(m[0] == i and GUM_KINDS.get(m[2]) == kind for m in mentions)


def redocred(path, demonyms):
    for n, entry in enumerate(json.load(open(path, encoding="utf8"))):
        sentences = []
        for k, tokens in enumerate(entry["sents"]):
            text, offsets = detokenise(tokens)
            spans, taken = [], set()
            for mention in sorted((m for v in entry["vertexSet"] for m in v if m["sent_id"] == k), key=lambda m: m["pos"][0] - m["pos"][1]):
                a, b = mention["pos"]
                kind = mention["type"]
                if kind not in ("PER", "ORG", "LOC", "MISC") or taken & set(range(a, b)):
                    continue
                taken |= set(range(a, b))
                if kind == "LOC" and text[offsets[a][0]:offsets[b - 1][1]].lower() in demonyms:
                    kind = "MISC"
                spans.append((offsets[a][0], offsets[b - 1][1], kind))
            sentences.append((text, sorted(spans)))
        yield document(f"redocred-{n}", sentences)


def meantime(folder):
    kinds = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "ORGANIZATION": "ORG", "LOC": "LOC", "LOCATION": "LOC", "PRO": "MISC", "PRODUCT": "MISC"}
    for path in sorted(Path(folder).glob("*.xml")):
        root = ElementTree.parse(path).getroot()
        tokens = {t.get("t_id"): (int(t.get("sentence")), t.text or "") for t in root.iter("token")}
        types = {e.get("m_id"): e.get("ent_type") for e in root.iter("ENTITY")}
        kind_of = {s.get("m_id"): types.get(r.find("target").get("m_id")) for r in root.iter("REFERS_TO") if r.find("target") is not None for s in r.findall("source")}
        mentions, last = [], 1
        for m in root.iter("ENTITY_MENTION"):
            ids = [a.get("t_id") for a in m.findall("token_anchor")]
            if not ids:
                continue
            last = max(last, tokens[ids[0]][0])
            if m.get("syntactic_type") in ("NAM", "PRE.NAM"):
                mentions.append((ids, kinds.get(kind_of.get(m.get("m_id")))))
        sentences = []
        for k in sorted({s for s, _ in tokens.values() if s <= last}):
            here = [t for t in tokens if tokens[t][0] == k]
            text, offsets = detokenise([tokens[t][1] for t in here])
            at = dict(zip(here, offsets))
            spans, taken = [], set()
            for ids, kind in sorted(mentions, key=lambda m: -len(m[0])):
                if kind and ids[0] in at and not taken & set(ids):
                    taken |= set(ids)
                    spans.append((at[ids[0]][0], at[ids[-1]][1], kind))
            sentences.append((text, sorted(spans)))
        yield document(path.stem, sentences)


# Relations of KnowledgeNet and the kinds they imply for subject and object.
KNOWLEDGE_NET = {"DATE_OF_BIRTH": ("PER", None), "DATE_OF_DEATH": ("PER", None), "PLACE_OF_RESIDENCE": ("PER", "LOC"),
                 "PLACE_OF_BIRTH": ("PER", "LOC"), "NATIONALITY": ("PER", None), "EMPLOYEE_OR_MEMBER_OF": ("PER", "ORG"),
                 "EDUCATED_AT": ("PER", "ORG"), "POLITICAL_AFFILIATION": ("PER", None), "CHILD_OF": ("PER", "PER"),
                 "SPOUSE": ("PER", "PER"), "DATE_FOUNDED": ("ORG", None), "HEADQUARTERS": ("ORG", "LOC"),
                 "SUBSIDIARY_OF": ("ORG", "ORG"), "FOUNDED_BY": ("ORG", "PER"), "CEO": ("ORG", "PER")}


def knowledge_net(path):
    passages = {}
    for line in open(path, encoding="utf8"):
        row = json.loads(line)
        key = (row["doc"], row["passage_start"])
        doc = passages.setdefault(key, Document(f"kn-{key[0]}-{key[1]}", row["text"], [], False))
        for side, kind in zip(("subj", "obj"), KNOWLEDGE_NET.get(row.get("property"), (None, None))):
            start, end = row.get(side + "_start"), row.get(side + "_end")
            if kind and start is not None:
                span = (start - row["passage_start"], end - row["passage_start"], kind)
                if row["text"][span[0]:span[1]][:1].isupper() and len(row["text"][span[0]:span[1]]) > 3 and span not in doc.spans:
                    doc.spans.append(span)
    for doc in passages.values():
        out = []
        for span in sorted(cleaned(doc.text, doc.spans), key=lambda s: s[0] - s[1]):
            if all(span[1] <= o[0] or o[1] <= span[0] for o in out) and not re.fullmatch(r"(?i)she|they|his|her|their|him|them|this|that|it", doc.text[span[0]:span[1]]):
                out.append(span)
        doc.spans = sorted(out)
        yield doc


def unlabelled(data):
    """Running text without name annotation, by corpus."""
    lines = lambda path: csv.DictReader(open(data / path, encoding="utf-8-sig"))
    news = [r["text"] for f in ("train_subtask1.csv", "train_subtask2.csv") for r in lines(f"causal-news/{f}")]
    facts = [json.loads(l)["sent"] for p in sorted((data / "tekgen/train").glob("*.jsonl")) for l in open(p, encoding="utf8")]
    people = [r["Text"] for r in csv.DictReader(open(data / "gap/development.tsv", encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE)]
    relations = [detokenise([t for t in r["tokens"] if t.strip()])[0]
                 for rows in json.load(open(data / "fewrel/wiki.json", encoding="utf8")).values() for r in rows]
    seen = set()
    for name, rows in (("causal-news", news), ("tekgen", facts), ("gap", people), ("fewrel", relations)):
        fresh = []
        for text in (detokenise(row.split())[0] for row in rows):
            if text not in seen:
                seen.add(text)
                fresh.append(Document(f"{name}-{len(fresh)}", text, [], False))
        yield name, fresh


def demonyms(data):
    found = set()
    for row in csv.DictReader(open(data / "gazetteers/countries_regions.tsv", encoding="utf8"), delimiter="\t"):
        found |= {d.strip().lower() for d in re.split(r"[|,;]", row["demonym"] or "") if d.strip()}
    return found | {d + "s" for d in found} | {"american", "european", "british", "english", "scottish", "welsh", "african", "asian", "arab", "latin", "western", "soviet"}


# News and interviews of gum/train kept out of training: gum/dev holds only four such documents.
GUM_HELD = {f"GUM_{n}" for n in ("news_afghan", "news_asylum", "news_defector", "news_imprisoned", "news_korea", "news_stampede",
                                 "news_flag", "interview_peres", "interview_herrick")}


def development(data):
    """The development sets by name."""
    data = Path(data)
    wiki = wikigold(data / "wikigold/wikigold.conll.txt")
    return {
        "uner-ewt": list(uner(data / "uner-ewt/dev.iob2")),
        "crossner": crossner(data / "crossner-politics/dev.txt"),
        "gum-news": [gum(p) for p in sorted((data / "gum/dev").glob("*.conllu")) if "_news_" in p.name or "_interview_" in p.name],
        "gum-all": [gum(p) for p in sorted((data / "gum/dev").glob("*.conllu"))],
        "gum-held": [gum(p) for p in sorted((data / "gum/train").glob("*.conllu")) if p.stem in GUM_HELD],
        "wikigold": [d for i, d in enumerate(wiki) if fold_of(i, len(wiki)) == 4],
        "stock": list(meantime(data / "meantime/stock")),
    }


def fold_of(i, n, folds=5):
    """Contiguous folds, so that neighbouring sentences of one article do not fall on both sides."""
    return i * folds // n


def training(data, everything=False):
    """Documents to learn from, by corpus; `everything` takes the held-out fold of wikigold in too."""
    data = Path(data)
    wiki = wikigold(data / "wikigold/wikigold.conll.txt")
    adjectives = demonyms(data)
    return {
        "uner-ewt": list(uner(data / "uner-ewt/train.iob2")),
        "wikigold": [d for i, d in enumerate(wiki) if everything or fold_of(i, len(wiki)) != 4],
        "crossner": crossner(data / "crossner-politics/train.txt"),
        "gum": [gum(p) for p in sorted((data / "gum/train").glob("*.conllu")) if everything or p.stem not in GUM_HELD],
        "redocred": list(redocred(data / "re-docred/train.json", adjectives)),
        "meantime": list(meantime(data / "meantime/apple")),
        "knowledge-net": list(knowledge_net(data / "knowledge-net/train.jsonl")),
    }
