"""Prints GUM's documents as `examples/coreference` reads them: documents.py GUM_DIRECTORY [GENRE,…]."""
import json
import sys

import gum

for document in gum.documents(sys.argv[1], set(sys.argv[2].split(",")) if len(sys.argv) > 2 else None):
    print(json.dumps({"id": document.id, "text": document.text, "headline": document.headline}))
