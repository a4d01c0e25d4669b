"""A server with OpenAI's interface for embeddings on loopback, for tests: a text's vector says which letters it holds.

    embedding_server.py [--key KEY] [--status N] [--delay SECONDS] [--dimensions N]

Prints `port N` first, then one JSON line for each request. Every request must carry the key, if there is one. A line
`status N` on standard input changes what is answered from then on; it is answered with `status N` on standard output.
"""

import argparse
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
parser.add_argument("--key")
parser.add_argument("--status", type=int, default=200)
parser.add_argument("--delay", type=float, default=0)
parser.add_argument("--dimensions", type=int, default=32)
options = parser.parse_args()


def vector(text):
    numbers = [0.01] * options.dimensions
    for letter in text.lower():
        if letter.isalpha():
            numbers[ord(letter) % options.dimensions] += 1
    return numbers


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        authorized = options.key is None or self.headers["Authorization"] == f"Bearer {options.key}"
        status = options.status if authorized else 401
        print(json.dumps({"path": self.path, "model": body["model"], "input": body["input"], "status": status}), flush=True)
        time.sleep(options.delay)
        data = [{"object": "embedding", "index": i, "embedding": vector(t)} for i, t in enumerate(body["input"])]
        answer = {"object": "list", "data": data} if status == 200 else {"error": {"message": json.dumps(body)}}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"port {server.server_port}", flush=True)
for line in sys.stdin:
    options.status = int(line.split()[1])
    print(json.dumps({"set": options.status}), flush=True)
