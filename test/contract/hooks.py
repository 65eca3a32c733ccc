"""A person and things that exist, so that generated requests come further than "nobody knows that id"."""

import json
import os

import schemathesis

KNOWN = json.loads(os.environ["CONTRACT_KNOWN"])


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict):
        for name, value in KNOWN.items():
            if isinstance(body.get(name), str) and len(body[name]) % 3 != 0:
                body[name] = value
    return body
