"""An S3 service for tests: one bucket in memory, with object lock. It checks every request's signature (AWS Signature Version 4)
by itself, and does wrong what the file FAULT says: a word and how often. Usage: s3.py USER SECRET FAULT LOG"""
import base64, hashlib, hmac, json, os, socket, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

USER, SECRET, FAULT, LOG = sys.argv[1:5]
objects = {}


def fault(method):
    """The fault of this request, if the file names its method: "PUT reset 1"."""
    try:
        wanted, word, count = open(FAULT).read().split()
    except (OSError, ValueError):
        return None
    if wanted != method or int(count) < 1:
        return None
    open(FAULT, "w").write(f"{wanted} {word} {int(count) - 1}")
    return word


def hmac256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def note(self, status, **more):
        with open(LOG, "a") as log:
            log.write(json.dumps({"method": self.command, "path": self.path, "status": status, **more}) + "\n")

    def answer(self, status, fields=(), body=b"", length=None, **more):
        self.note(status, **more)
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def wrong(self, body):
        """What is wrong with the signature; None where it is right."""
        header = self.headers
        parts = dict(
            part.strip().split("=", 1) for part in header["Authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(","))
        user, date, region, service, end = parts["Credential"].split("/")
        if (user, service, end) != (USER, "s3", "aws4_request"):
            return "credential"
        stamp = header["x-amz-date"]
        if abs(time.time() - time.mktime(time.strptime(stamp, "%Y%m%dT%H%M%SZ")) + time.timezone) > 900:
            return "date"
        signed = parts["SignedHeaders"].split(";")
        for name in header:
            if name.lower().startswith("x-amz-") and name.lower() not in signed:
                return "unsigned " + name
        if "host" not in signed or signed != sorted(signed):
            return "signed headers"
        payload = header["x-amz-content-sha256"]
        if payload != hashlib.sha256(body).hexdigest():
            return "payload"
        canonical = "\n".join(
            [self.command, quote(unquote(self.path)), ""]
            + [f"{name}:{header[name].strip()}" for name in signed] + ["", ";".join(signed), payload])
        scope = f"{date}/{region}/s3/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + SECRET).encode()
        for part in (date, region, "s3", "aws4_request"):
            key = hmac256(key, part)
        right = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return None if hmac.compare_digest(right, parts["Signature"]) else "signature"

    def handle_any(self):
        word = fault(self.command)
        if word == "reset":
            self.note(0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if word in ("500", "403", "503"):
            return self.answer(int(word))
        if word == "slow":
            time.sleep(3)
        wrong = self.wrong(body)
        if wrong:
            return self.answer(403, wrong=wrong)
        getattr(self, "on_" + self.command.lower())(body, word)

    do_PUT = do_GET = do_HEAD = handle_any

    def on_put(self, body, word):
        header = self.headers
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if header["x-amz-checksum-sha256"] != digest:
            return self.answer(400, wrong="checksum")
        if header["Content-MD5"] != base64.b64encode(hashlib.md5(body).digest()).decode():
            return self.answer(400, wrong="md5")
        lock = header.get("x-amz-object-lock-mode"), header.get("x-amz-object-lock-retain-until-date")
        if word == "truncate":
            body = body[: len(body) // 2]
        if word == "corrupt":
            body = bytes([body[0] ^ 1]) + body[1:]
        objects[self.path] = body
        self.answer(200, lock=lock)

    def on_head(self, _, word):
        body = objects.get(self.path)
        if body is None:
            return self.answer(404)
        fields = []
        if word != "nochecksum" and self.headers.get("x-amz-checksum-mode") == "ENABLED":
            digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
            fields = [("x-amz-checksum-sha256", digest)]
        self.answer(200, fields, length=len(body))

    def on_get(self, _, word):
        body = objects.get(self.path)
        if body is None:
            return self.answer(404)
        if word == "corrupt":
            body = bytes([body[0] ^ 1]) + body[1:]
        self.answer(200, body=body)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
