"""What the conformance drivers share: the rows of requests.txt as bytes, and a TLS client that sends them untouched."""
import os, re
import socket
import ssl
import time

ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}


class Row:
    """A line of Tests/EdgeTests/HTTP1/requests.txt; the file's head explains the columns."""

    def __init__(self, number, text):
        columns = text.split(" | ")
        self.number, self.title = number, columns[1]
        self.outcomes, self.text = columns[0].split(" "), " | ".join(columns[2:])

    def bytes(self, get, post):
        """The row with `get` and `post` (head bytes up to the row's own fields) in place of the table's shorthand."""
        text, head = self.text, b""
        if text[:2] in ("H ", "P "):
            head, text = (get, text[2:]) if text[0] == "H" else (post, text[2:])
        return head + expand(text)

    @property
    def taken(self):
        """How many requests the table says are taken before the connection ends or the bytes do."""
        return sum(outcome.startswith("ok") for outcome in self.outcomes)

    @property
    def survives(self):
        return not self.outcomes[-1].startswith("ok-close") and not self.outcomes[-1][0].isdigit()


def expand(text):
    def replace(match):
        if match[1]:
            return chr(int(match[1], 16))
        if match[2]:
            return ESCAPES.get(match[2], "\\")
        return match[3] * int(match[4])

    return re.sub(r"\\x([0-9A-Fa-f]{2})|\\(.)|\{(.)\*(\d+)\}", replace, text).encode("latin-1")


def rows(path):
    with open(path, encoding="utf-8") as table:
        lines = enumerate(table.read().split("\n"), 1)
    return [Row(number, line) for number, line in lines if line and not line.startswith("#")]


# How many times longer than usual to wait: see scripts/sanitize.sh.
PATIENCE = int(os.environ.get("PORTCULLIS_PATIENCE", "1"))


class Client:
    """One server and who talks to it."""

    def __init__(self, address, authority, certificate, key):
        self.address = address
        self.context = ssl.create_default_context(cafile=authority)
        self.context.check_hostname = False
        self.context.load_cert_chain(certificate, key)
        self.context.set_alpn_protocols(["http/1.1"])

    def connect(self):
        return self.context.wrap_socket(socket.create_connection(self.address, timeout=10), server_hostname="localhost")

    def exchange(self, data, quiet):
        """Sends `data`; returns what came back until the server was `quiet` seconds silent, and whether it closed."""
        received = b""
        with self.connect() as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass  # A server may close before it has read all; what it said first is still there to read.
            connection.settimeout(quiet * PATIENCE)
            while True:
                try:
                    part = connection.recv(65536)
                except TimeoutError:
                    return received, False
                except OSError:
                    return received, True
                if not part:
                    return received, True
                received += part


def responses(data):
    """Status and body of each response in `data`, which holds answers to requests that are not HEAD."""
    found = []
    while data:
        head, separator, rest = data.partition(b"\r\n\r\n")
        match = re.match(rb"HTTP/1\.[01] (\d{3})", head)
        if not match:
            found.append((0, data))
            break
        status = int(match[1])
        length = re.search(rb"(?im)^content-length:[ \t]*(\d+)", head)
        size = int(length[1]) if length else 0
        if re.search(rb"(?im)^transfer-encoding:[ \t]*chunked", head):
            size = 0
            while chunk := re.match(rb"([0-9a-fA-F]+)\r\n", rest[size:]):
                size += len(chunk[0]) + int(chunk[1], 16) + 2
                if int(chunk[1], 16) == 0:
                    break
        if status >= 200:
            found.append((status, rest[:size]))
        data = rest[size:]
    return found


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
