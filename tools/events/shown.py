"""Reads what `newsgraph show --layer article,events` prints: of each article, its event mentions by the character at which they begin."""

import json
import re
import subprocess
import tempfile

STANDING = re.compile(r"denied|probable|possible|asked|planned|supposed|to come")


def events(newsgraph, articles, *options):
    """For each article ({"text": …}), a list of its event mentions: where they begin and end, how they stand, and the rule."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for number, article in enumerate(articles):
            file.write(json.dumps({"url": f"http://article.example/{number}", **article}) + "\n")
        file.flush()
        command = [newsgraph, "show", "--layer", "article,events", *options, file.name]
        shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = [[] for _ in articles]
    current = None
    for line in shown.splitlines():
        if url := re.match(r"\s+url\s+http://article\.example/(\d+)", line):
            current = found[int(url[1])]
        elif (mention := re.match(r'\s+".*?" (\d+)-(\d+): (.*), rule (\S+) [\d.]+$', line)) and current is not None:
            head = re.split(r', (?:agent|patient|recipient|instrument|place|other|time) "', mention[3])[0]
            standing = frozenset(STANDING.findall(head))
            current.append({"start": int(mention[1]), "end": int(mention[2]), "standing": standing, "rule": mention[4]})
    return found
