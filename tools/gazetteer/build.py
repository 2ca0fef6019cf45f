#!/usr/bin/env python3
"""Makes the table from which newsgraph's own gazetteer is imported.

    python tools/gazetteer/build.py TABLES GUM FEWREL > world.csv
    newsgraph gazetteer import world.csv --output data/gazetteer/world.gaz --about "$(cat tools/gazetteer/about.txt)"

TABLES is a directory of tables of facts with identifiers of Wikidata; README.md says what each holds and where it is from.
GUM is a copy of the GUM corpus with its map of Wikipedia's titles; of it only names with identifiers are taken, and so of FEWREL,
FewRel's sentences (wiki.json). The same tables give the same bytes.
"""

import csv
import json
import math
import re
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import unquote

HERE = Path(__file__).resolve().parent
FIELDS = ["iri", "name", "aliases", "kind", "class", "country", "description", "from", "to", "prior"]


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


class Things:
    """Things by identifier, each with what the first table says of it, more names and a longer time from the others."""

    def __init__(self):
        self.rows = {}

    def add(self, qid, name, kind="", cls="", aliases=(), country="", description="", start="", end="", prior=1):
        if not re.fullmatch(r"Q[1-9]\d*", qid) or not name.strip():
            return
        row = self.rows.get(qid)
        if row is None:
            self.rows[qid] = dict(iri=qid, name=name.strip(), aliases=dict.fromkeys(a for a in aliases if a and a != name),
                                  kind=kind, cls=cls, country=country, description=description,
                                  start=start[:4], end=end[:4], open=not end, prior=prior)
            return
        row["aliases"].update(dict.fromkeys(a for a in (name, *aliases) if a and a != row["name"]))
        if kind and row["kind"] != kind:
            return
        row["prior"] = max(row["prior"], prior)
        row["country"] = row["country"] or country
        if description and description not in row["description"] and row["description"].count(";") < 2:
            row["description"] = "; ".join(filter(None, [row["description"], description]))
        if kind == "Person" and start:
            row["start"] = min(filter(None, [row["start"], start[:4]]))
            row["open"] = row["open"] or not end
            row["end"] = "" if row["open"] else max(row["end"], end[:4])

    def names(self, kind):
        return {name for row in self.rows.values() if row["kind"] == kind for name in (row["name"], *row["aliases"])}

    def write(self, out):
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(FIELDS)
        for row in sorted(self.rows.values(), key=lambda row: int(row["iri"][1:])):
            writer.writerow([row["iri"], row["name"], "|".join(row["aliases"]), row["kind"], row["cls"], row["country"],
                             row["description"], row["start"], row["end"], round(row["prior"])])


# Countries inside a state.
PARTS = ("England", "Scotland", "Wales", "Northern Ireland")


def is_latin(name):
    return all(ord(c) < 0x250 or not c.isalpha() for c in name)


def countries(things, tables, more):
    """Countries, and parts and groups of them. Returns the identifier of each ISO code, and of each
    realm that of the country which bears its name."""
    codes, rows = {}, list(table(tables / "countries_regions.tsv"))
    named = {row["name"]: row["qid"] for row in rows}
    # A realm of several countries, one of which bears its name, counts as that one.
    bearers = {row["qid"]: named[name] for row in rows
               if (name := re.sub("^Kingdom of (the )?", "", row["name"])) != row["name"] and name in named}
    for row in rows:
        aliases = [alias for alias in row["aliases"].split("|") if is_latin(alias)] + more.get(row["name"], [])
        if row["name"] in ("World", "European Union", "United Nations"):
            if row["name"] != "World":
                things.add(row["qid"], row["name"], "Organization", "InternationalOrganization", aliases, prior=2**23)
        elif row["iso2"] and row["iso3"]:
            number = bearers.get(row["qid"], row["qid"])
            codes[row["iso2"].lower()] = number
            if number != row["qid"]:
                things.add(number, row["name"].split()[-1], "Region", "Country", aliases, number, prior=2**24)
                continue
            prior = 2 ** (20 if row["level"] else 24)
            things.add(row["qid"], row["name"], "Region", "Country", aliases, row["qid"], prior=prior)
        elif row["name"] in PARTS:
            things.add(row["qid"], row["name"], "Region", "Country", aliases, codes.get("gb", ""), prior=2**23.5)
        elif row["level"] in ("region", "intermediateRegion", "subregion"):
            things.add(row["qid"], row["name"], "Place", "Continent" if row["level"] == "region" else "", aliases, prior=2**22)
        elif row["qid"] not in bearers.values() and not row["level"].endswith(("Group", "subunion")):
            things.add(row["qid"], row["name"], "", "", aliases, prior=2**16)
    return codes, bearers


def places(things, tables, codes, more):
    """States of the United States and cities of the world; the more inhabitants, the likelier it is that one is meant."""
    states = {}
    for row in table(tables / "us_states.tsv"):
        if row["state"]:
            states[row["postal"]] = row["state"]
            things.add(row["qid"], row["state"], "Region", "State", country=codes["us"], description="state of the United States",
                       prior=2**22)
    for row in table(tables / "places_natural_earth.tsv"):
        # A city that bears its country's name would take the country's place.
        if row["class"] in ("Scientific station", "Historic place") or row["name_en"] == row["country"]:
            continue
        inhabitants = max(float(row["pop"] or 0), 1000)
        of = f"capital of {row['country']}" if row["class"] == "Admin-0 capital" else f"city in {row['admin1'] or row['country']}"
        # The seat of a region of its own name is likelier meant than its namesakes, as a capital is.
        weight = 4 if row["class"].startswith("Admin-0") or row["name_en"] == row["admin1"] else 1
        # A capital of its country's name would take the country's place.
        aliases = [name for name in [row["name"], *more.get(row["name_en"], [])] if name != row["country"]]
        things.add(row["qid"], row["name_en"] or row["name"], "Region", "City", aliases, codes.get(row["iso2"].lower(), ""), of,
                   prior=min(weight * inhabitants, 2**25))
    for row in table(tables / "us_cities.tsv"):
        things.add(row["qid"], row["name"], "Region", "City", country=codes["us"], description=f"city in {row['state']}", prior=1000)
    return states


# China, Taiwan, the Koreas, Vietnam, Cambodia, Singapore: the surname comes first.
SURNAME_FIRST = {"Q148", "Q865", "Q884", "Q423", "Q881", "Q424", "Q334"}


def surname(name, country):
    """What newspapers call a person after the title ("President Macron"); a monarch has none."""
    words = name.split()
    if country in SURNAME_FIRST:
        return words[0]
    if len(words) < 2 or " of " in name or re.search(r"\b[IVX]+\b|^(King|Queen|Emperor|Pope|Lord|Prince)\b", name):
        return ""
    particle = next((at for at, word in enumerate(words) if at and word.islower()), len(words) - 1)
    return " ".join(words[particle:]) if words[-1] not in ("Jr.", "Sr.") else ""


def people(things, tables, states, codes, bearers):
    """Those who hold or held an office. A monarch is named without the country too."""
    for row in table(tables / "leaders_world.tsv"):
        name = re.sub(r" of [A-Z].*", "", row["person"])
        country = bearers.get(row["country_qid"], row["country_qid"])
        things.add(row["person_qid"], row["person"], "Person", aliases=[name if " " in name else "", surname(name, country)], country=country,
                   description=row["position"], start=row["start"], end=row["end"], prior=2**17)
    for row in table(tables / "us_congress_current.tsv"):
        chamber = "senator" if row["chamber"] == "sen" else "member of the House of Representatives, representative, congressman"
        title = re.sub(r" \(.*", "", row["wikipedia"])
        nick = f"{row['nickname']} {row['name'].split()[-1]}" if row["nickname"] else ""
        things.add(row["qid"], row["name"], "Person", aliases=[title, nick], country=codes["us"],
                   description=f"{row['party']} {chamber} from {states.get(row['state'], row['state'])}", start=row["start"], prior=2**11)
    for row in table(tables / "officeholders_intl.tsv"):
        short = re.sub(r"Substitute member|Representative|Special Guest|Observer", "member", row["position"])
        things.add(row["person_qid"], row["person"], "Person", description=short, start=row["start"], end=row["end"], prior=2**7)


def newspapers(things, tables, codes):
    for row in table(tables / "us_newspapers.tsv"):
        name = re.sub(r" \(.*?\)", "", row["title"])
        if len(re.sub(r"^The ", "", name).split()) > 1 or name.isupper():
            things.add(row["qid"], name, "Organization", "NewsMediaOrganization", country=codes["us"],
                       description=f"newspaper in {row['state']}", prior=200)


# What the words of a description, or else the category, say of an organisation. The first that fits counts.
SORTS = [
    ("PoliticalParty", r"political party|party (in|of)\b"),
    ("NewsMediaOrganization", r"newspaper(?! shop| stand|s at)|news agency|broadcaster|broadcasting|tabloid|television (network|channel)|radio station"),
    ("InternationalOrganization", r"intergovernmental|international organi[sz]ation"),
    ("GovernmentOrganization", r"central bank|ministry|government|law enforcement|police|department (of|within)|federal agency|"
     r"legislature|parliament|army|armed forces|navy|air force|\bcourt\b|executive branch|public authority|regulator|"
     r"customs|border guard|revenue service|tax (service|authority)|gendarmerie|coast guard"),
    ("EducationalOrganization", r"universit|college"),
    ("WorkersUnion", r"trade union|labor union"),
    ("SportsTeam", r"football club|sports club|basketball team"),
    ("MedicalOrganization", r"health (system|service|trust|board)|nhs|hospital (group|network|trust)"),
    ("NGO", r"charity|non-?profit|\bngo\b|humanitarian|foundation|red cross|voluntary"),
    ("Corporation", r"compan|corporation|\bbank\b|retail|chain|brand|manufactur|multinational|operator|airline|carmaker|insurer|insurance|"
     r"utility|conglomerate|enterprise|supplier|provider|store|restaurant|hotel|business|firm|subsidiary|railway|producer|"
     r"automaker|automobile|telecom|franchise|cooperative|supermarket|shops?\b|make of|maker"),
]
PLACE = re.compile(r"^(the )?((capital|large|largest|major|small|first|third|second|port|federal|former|french|italian|spanish|german|swiss|"
                   r"dutch|belgian|british|scottish|english|welsh|norwegian|swedish|danish|american|canadian|overseas|special|autonomous|"
                   r"unitary|local|civil|regional|rural|urban|metropolitan|county-level|prefecture-level|home rule|inner|outer) )*"
                   r"(city|town|township|village|municipality|commune|borough|county|capital|district|parish|province|region|canton|"
                   r"prefecture|state|comune|settlement|island|park|road|street|ward|hamlet|administrative|unitary|shire|oblast|"
                   r"department in|department of france|urban area|suburb|neighbou?rhood|locality|census|charter|principal area|"
                   r"verbandsgemeinde|ortsgemeinde|place|territory|community|metropolis|country|continent)\b", re.I)
LOCAL = re.compile(r"^operators/(amenity/(?!police|hospital|university|bank|post)|leisure|advertising|emergency|natural|waterway|boundary|"
                   r"highway|barrier|man_made/(surveillance|street_cabinet|water|waste|monitoring)|tourism)")


# What every country has one of: without the country such a name tells nothing.
EVERYWHERE = re.compile(r"^(the )?(ministry|department|supreme court|high court|parliament|government|senate|house of|public |national "
                        r"(assembly|police|guard|democratic|party)|city council|district|armed forces|police|social|democratic party|"
                        r"republican party|labou?r party|conservative party|liberal party|central bank|state)\b(?!.* (of|for) [A-Z][a-z]+$)", re.I)


def organizations(things, tables, codes, common):
    """Companies, parties, agencies. The table is of what signs on the ground say, so places and shops that look like words go."""
    taken = things.names("Region") | things.names("Place")
    pages = things.names("Organization")
    for row in table(tables / "orgs_nsi.tsv"):
        name, said = re.sub(r" \(.*?\)$", "", row["label"]), row["description"] or ""
        sort = next((sort for sort, words in SORTS if re.search(words, said, re.I)), "")
        notable = sort in ("InternationalOrganization", "GovernmentOrganization", "NewsMediaOrganization", "PoliticalParty")
        lands = {land.split("-")[0].split(".")[0] for land in row["countries"].split("|")} - {""}
        local = ".geojson" in row["countries"] and len(lands) == 1
        if not sort and row["category"].startswith("brands/") and said:
            sort = "Corporation"
        if PLACE.match(said) or not sort or not is_latin(name) or len(name) < 3 or name in taken:
            continue
        if re.search(r"school|kindergarten|fire (department|service|brigade)|library|recycling|municipal|city of|county|toilet", said, re.I):
            continue
        if LOCAL.match(row["category"]) and not notable or local and not notable and row["category"].startswith("operators/"):
            continue
        bare = re.sub("['’]s$", "", name.lower())
        if bare in common or name.islower() or EVERYWHERE.match(name):
            continue
        world = "001" in lands or re.search(r"multinational|global|worldwide|international", said)
        shortest = 3 if notable or world or len(lands) > 3 else 6
        aliases = [a for a in row["aliases"].split("|") if is_latin(a) and len(a) >= shortest and not a.islower()
                   and a.lower() not in common and a not in taken | pages and not re.search(r"^(city|town|county) of", a, re.I)]
        weight = 2**15 if world else 2 ** (9 + 2 * math.log2(max(len(lands), 1)))
        country = codes.get(next(iter(lands)), "") if len(lands) == 1 else ""
        brief = said if len(said) <= 60 else said[:60].rsplit(" ", 1)[0]
        things.add(row["qid"], name, "Organization", sort, aliases, country, brief, prior=weight * (8 if notable and not local else 1))


def countries_by_name(things):
    return {name: qid for qid, row in things.rows.items() if row["cls"] == "Country" for name in (row["name"], *row["aliases"])}


def known_to_gum(things, gum, common):
    """People, places and organisations that GUM's training documents link to Wikipedia."""
    numbers = {}
    for row in table(gum / "wiki_map.tab"):
        numbers[row["URLTitle"]] = row["WikidataID"]
    sorts = defaultdict(Counter)
    for path in sorted((gum / "train").glob("*.conllu")):
        for kind, title in re.findall(r"\(\d+-(person|place|organization)-[a-z:]+-[^-]*-[^-]*-[^-|()]*-[a-z]+-([A-Z0-9][^()|\t\n]*)",
                                      path.read_text(encoding="utf-8")):
            sorts[title.strip()][kind] += 1
    countries = countries_by_name(things)
    likeliest = defaultdict(int)
    for row in things.rows.values():
        for name in (row["name"], *row["aliases"]):
            likeliest[name] = max(likeliest[name], row["prior"])
    for title, counts in sorted(sorts.items()):
        number, kind = numbers.get(title, ""), counts.most_common(1)[0][0]
        name, _, apart = unquote(title).replace("_", " ").partition(" (")
        if kind == "place" and ", " in name:
            name, _, apart = name.partition(", ")
        small = all(word.lower() in common for word in name.split())
        vague = not kind or kind == "place" and "(" in unquote(title) or kind == "organization" and EVERYWHERE.match(name)
        untold = kind == "person" and not apart
        if number and number not in things.rows:
            if small or vague or untold:
                continue
            # Of its namesakes a page whose title needs nothing more is the best known, unless a table has one of note.
            description = f"place in {apart}" if kind == "place" and apart else apart.rstrip(")")
            things.add(number, name, kind.capitalize(),
                       country=countries.get(apart.rstrip(")"), ""), description=description,
                       prior=2**11 if apart or likeliest[name] > 2**13 else 2**14)
        elif number:
            things.add(number, name)


def named_in_fewrel(path):
    """The identifier that most of FewRel's annotations of a name give; none where they do not agree on it."""
    counts = defaultdict(Counter)
    for examples in json.loads(path.read_text(encoding="utf-8")).values():
        for example in examples:
            for _, number, places in (example["h"], example["t"]):
                for place in places:
                    name = " ".join(example["tokens"][i] for i in place).replace(" - ", "-").replace(" '", "'")
                    counts[name][number] += 1
    agreed = {}
    for name, numbers in counts.items():
        (number, count), = numbers.most_common(1)
        if count == numbers.total():
            agreed[name] = number
    return agreed


# What the sections of names.toml are that are not of organisations: kind, and class.
OTHERWISE = {"Water": ("Place", "BodyOfWater"), "State": ("Region", "State"), "Land": ("Place", ""), "Building": ("Facility", ""),
             "Conflict": ("Event", "Conflict"), "SportsEvent": ("Event", "SportsEvent"), "Event": ("Event", ""), "Law": ("Law", ""),
             "Made": ("", ""), "Language": ("Language", ""), "Nationality": ("Group", "Nationality"),
             "ReligiousGroup": ("Group", "ReligiousGroup")}


def known_pages(things, tables, gum, fewrel, more):
    """What names.toml lists, where a table has its identifier."""
    numbers = named_in_fewrel(fewrel)
    numbers |= {row["label"]: row["qid"] for row in table(tables / "orgs_nsi.tsv")}
    numbers |= {unquote(row["URLTitle"]).replace("_", " "): row["WikidataID"] for row in table(gum / "wiki_map.tab")}
    countries = countries_by_name(things)

    def number(title):
        if title not in numbers:
            print(f"{title}: no identifier at hand", file=sys.stderr)
        return numbers.get(title, "")

    for sort, pages in more["known"].items():
        kind, cls = OTHERWISE.get(sort, ("Organization", sort))
        for title, told in pages.items():
            told = told if isinstance(told, dict) else {"also": told}
            name, _, apart = title.partition(" (")
            country = {"United States)": "Q30", "UK)": "Q145"}.get(apart, "Q30" if "United States" in title else "")
            country = countries[told["in"]] if "in" in told else country
            things.add(number(title), name, kind, cls, told.get("also", []), country, prior=2**19)
    for name, description in more["people"].items():
        country = next((qid for land, qid in countries.items() if description.endswith(land)), "")
        things.add(number(name), name, "Person", aliases=[surname(name, country)], country=country, description=description, prior=2**20)


def common_words(gum):
    """Words that English writes small."""
    counts = Counter()
    for path in sorted((gum / "train").glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) == 10 and columns[1].islower() and columns[3] != "PROPN":
                counts[columns[1]] += 1
    return {word for word, count in counts.items() if count > 2} - {"apple", "shell", "target", "visa", "oracle"}


def main():
    tables, gum, fewrel = (Path(argument) for argument in sys.argv[1:])
    more = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
    things = Things()
    codes, bearers = countries(things, tables, more["countries"])
    states = places(things, tables, codes, more["cities"])
    people(things, tables, states, codes, bearers)
    known_pages(things, tables, gum, fewrel, more)
    newspapers(things, tables, codes)
    common = common_words(gum)
    organizations(things, tables, codes, common)
    known_to_gum(things, gum, common)
    things.write(sys.stdout)


if __name__ == "__main__":
    main()
