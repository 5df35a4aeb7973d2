"""A service for Annotator in the standard library alone: it calls every capitalised word a PERSON.

    python docs/service.py 9000

Then enter http://localhost:9000/ as the address of an engine of the kind "HTTP service".
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Suggest(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"suggestions": [find(article["text"]) for article in question["articles"]]}
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def find(text: str) -> list[dict[str, object]]:
    """Positions count characters (code points), from 0; `end` is the position after the last one."""
    names = re.finditer(r"\b[A-Z]\w+", text)
    return [{"start": one.start(), "end": one.end(), "label": "PERSON", "confidence": 0.5} for one in names]


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Suggest).serve_forever()
