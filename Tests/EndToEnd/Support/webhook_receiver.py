"""A receiver of deliveries about tickets on loopback, for tests: checks the signature as docs/conversations.md says.

    webhook_receiver.py SECRET_FILE [--failures N] [--delay SECONDS] [--certificate FILE --key FILE]

Prints `port N` first, then a line of JSON for each delivery. The first `--failures` deliveries are answered with 503.
"""

import argparse
import base64
import hashlib
import hmac
import json
import ssl
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
parser.add_argument("secret")
parser.add_argument("--failures", type=int, default=0)
parser.add_argument("--delay", type=float, default=0)
parser.add_argument("--certificate")
parser.add_argument("--key")
options = parser.parse_args()
left = [options.failures]
with open(options.secret, "rb") as file:
    secret = base64.b64decode(file.read())


def is_valid(field, body):
    parts = dict(part.split("=", 1) for part in field.split(","))
    if abs(time.time() - int(parts["t"])) > 300:
        return False
    wanted = hmac.new(secret, parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, parts["v1"])


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = 200
        if left[0] > 0:
            left[0] -= 1
            status = 503
        delivery = {
            "id": self.headers["Portcullis-Delivery"],
            "attempt": int(self.headers["Portcullis-Attempt"]),
            "valid": is_valid(self.headers["Portcullis-Signature"], body),
            "status": status,
            "body": json.loads(body),
        }
        print(json.dumps(delivery), flush=True)
        time.sleep(options.delay)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(f"port {server.server_port}", flush=True)
server.serve_forever()
