"""Reads GUM's coreference from CoNLL-U into raw text and chains of spans, in the manner of OntoGUM.

What differs from GUM as annotated: an apposition is part of the phrase it belongs to; a copula's predicate, an expletive
that points forward and a common noun that modifies another one are no mentions; what is mentioned once is left out.
"""
import re
from dataclasses import dataclass, field
from pathlib import Path

OPEN_OR_CLOSE = re.compile(r"\(([^()]+)|([^()]+)\)|\)")


@dataclass
class Mention:
    group: str
    kind: str
    start: int  # tokens of the document, half-open
    end: int
    head: int
    link: str
    identity: str


@dataclass
class Token:
    start: int  # code points
    end: int
    form: str
    tag: str
    dep: str


@dataclass
class Document:
    id: str
    genre: str
    text: str = ""
    headline: bool = False
    tokens: list = field(default_factory=list)
    mentions: list = field(default_factory=list)

    def chains(self):
        """Lists of mentions, each at least two."""
        groups = {}
        for mention in onto(self.tokens, self.mentions):
            groups.setdefault(mention.group, {})[mention.start, mention.end] = mention
        return [list(group.values()) for group in groups.values() if len(group) > 1]

    def span(self, mention):
        return self.tokens[mention.start].start, self.tokens[mention.end - 1].end


def onto(tokens, mentions):
    kept, last = [], {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        before = last.get(mention.group)
        if mention.link == "appos" and before and 0 <= mention.start - before.end <= 2:
            before.end = max(before.end, mention.end)
            if before.end < len(tokens) and tokens[before.end].form in ")]":
                before.end += 1
            continue
        if mention.link == "appos" and before and mention.end <= before.end:
            continue
        if mention.link in ("pred", "cata"):
            continue
        head = tokens[mention.head]
        if head.dep == "compound" and not head.tag.startswith("NNP"):
            continue
        mention = Mention(**vars(mention))
        last[mention.group] = mention
        kept.append(mention)
    return kept


def documents(directory, genres=None):
    for path in sorted(Path(directory).glob("*.conllu")):
        document = read(path)
        if genres is None or document.genre in genres:
            yield document


def read(path):
    document, opened, spaced, tokens_of, rows = Document(path.stem, path.stem.split("_")[1]), {}, "", 0, []
    text, skip_until = [], 0
    length = 0
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("# newpar_block = head") and not document.tokens:
            document.headline = True
        if line.startswith("# newpar ") or line == "# newpar" or line.startswith("# newpar_block"):
            if document.tokens:
                spaced = "\n\n"
        if not line:
            rows = []
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        number, form, misc = fields[0], fields[1], dict(pair.split("=", 1) for pair in fields[9].split("|") if "=" in pair)
        if "." in number:
            continue
        if "-" in number:
            text.append(spaced + form)
            at = length + len(spaced)
            length = at + len(form)
            spaced = "" if misc.get("SpaceAfter") == "No" else " "
            skip_until, inside = int(number.split("-")[1]), at
            continue
        if int(number) <= skip_until:
            start = inside
            end = length if int(number) == skip_until else start + len(form)
            inside = end
            if int(number) == skip_until:
                skip_until = 0
        else:
            text.append(spaced + form)
            start = length + len(spaced)
            end = length = start + len(form)
            spaced = "" if misc.get("SpaceAfter") == "No" else " "
        if number == "1":
            first = len(document.tokens)
        document.tokens.append(Token(start, end, form, fields[4], fields[7].split(":")[0]))
        if "Entity" in misc:
            annotate(document, misc["Entity"], opened)
    document.text = "".join(text)
    return document


def annotate(document, entity, opened):
    here = len(document.tokens) - 1
    for part in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
        if part.startswith("("):
            fields = part.strip("()").split("-", 7)
            minspan = fields[5].split(",")
            link = fields[6]
            mention = Mention(fields[0], fields[1], here, here + 1, here + int(minspan[-1]) - 1, link,
                              fields[7] if len(fields) > 7 else "")
            document.mentions.append(mention)
            if not part.endswith(")"):
                opened.setdefault(fields[0], []).append(mention)
        else:
            group = part.strip(")")
            opened[group].pop().end = here + 1


if __name__ == "__main__":
    import sys

    for document in documents(sys.argv[1]):
        print(document.id, len(document.text))
        for chain in document.chains():
            print("   ", [document.text[slice(*document.span(m))] for m in chain][:8])
