"""A bank's systems on loopback, for tests: the interface of the example in policies/banking.json5.

    bank_server.py TOKEN

Prints `port N` first, then a line of JSON for each request: method, path, whether it had the token, its idempotency key, its
body. A request without the token gets 401.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

done = {}


class Bank(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def take(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_known = self.headers.get("Authorization") == "Bearer " + sys.argv[1]
        key = self.headers.get("Idempotency-Key")
        print(json.dumps({"method": self.command, "path": self.path, "known": is_known, "key": key,
                          "body": body.decode()}), flush=True)
        if not is_known:
            return self.give(401, {})
        if self.command == "POST":
            is_new = key not in done
            done.setdefault(key, "B-%d" % (len(done) + 1))
            return self.give(201 if is_new else 200, {"id": done[key]})
        if "/transactions" in self.path:
            item = {"id": "t-1", "date": "2026-11-20", "amount": -4200, "currency": "EUR", "text": "Harbour ferry"}
            return self.give(200, {"items": [item], "more": False})
        if "/holders/" in self.path:
            return self.give(200, {"address": None, "phone": None, "email": None})
        return self.give(200, {"status": "active", "balance": {"booked": 765432, "available": 765432}, "currency": "EUR"})

    do_GET = take
    do_POST = take

    def give(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
print("port %d" % server.server_address[1], flush=True)
server.serve_forever()
