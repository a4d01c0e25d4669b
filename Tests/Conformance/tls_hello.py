"""Hand-made TLS records: a ClientHello that can be wrong in any way, and what came back in plain text."""
import os
import socket
import struct

X25519, P256 = 0x001D, 0x0017
ALERT, HANDSHAKE, CHANGE_CIPHER, DATA, HEARTBEAT = 21, 22, 20, 23, 24
SUITES_13, SUITES_12 = [0x1301, 0x1302, 0x1303], [0xC02B, 0xC02C, 0xCCA9]


def block(size, body):
    return len(body).to_bytes(size, "big") + body


def extension(kind, body):
    return struct.pack(">H", kind) + block(2, body)


def words(values):
    return b"".join(struct.pack(">H", value) for value in values)


def names(*values):
    return extension(0, block(2, b"".join(b"\0" + block(2, value) for value in values)))


def alpn(*values):
    return extension(16, block(2, b"".join(block(1, value) for value in values)))


def extensions(versions=(0x0304,), groups=(X25519, P256), shares=None, algorithms=(0x0403, 0x0804, 0x0401)):
    """The extensions of a usual hello; None leaves one out."""
    found = [names(b"localhost")]
    if groups is not None:
        found.append(extension(10, block(2, words(groups))))
    if algorithms is not None:
        found.append(extension(13, block(2, words(algorithms))))
    if versions is not None:
        found.append(extension(43, block(1, words(versions))))
        # A base point of X25519 that every implementation takes.
        share = shares if shares is not None else struct.pack(">H", X25519) + block(2, b"\x09" + bytes(31))
        found.append(extension(51, block(2, share)))
    else:
        found += [extension(11, b"\x01\x00"), extension(23, b""), extension(0xFF01, b"\x00")]
    return found


def hello(version=0x0303, suites=None, found=None, compression=b"\0", session=b"", tail=b"", resized=0):
    found = extensions() if found is None else found
    body = struct.pack(">H", version) + os.urandom(32) + block(1, session)
    body += block(2, words(SUITES_13 + SUITES_12 if suites is None else suites)) + block(1, compression)
    body += block(2, b"".join(found)) + tail
    return b"\x01" + (len(body) + resized).to_bytes(3, "big") + body


def record(body, kind=HANDSHAKE, version=0x0301):
    return struct.pack(">BHH", kind, version, len(body)) + body


def records(body, size, kind=HANDSHAKE):
    return b"".join(record(body[start:start + size], kind) for start in range(0, len(body), size))


def ask(address, data, quiet=1.0):
    """What a server says to `data`, in words: `server_hello 0304`, `alert 70`, `closed`, `silence`, or several of them."""
    said, buffer, ending = [], b"", "silence"
    with socket.create_connection(address, timeout=5) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            connection.sendall(data)
        except OSError:
            pass
        connection.settimeout(quiet)
        while True:
            try:
                part = connection.recv(65536)
            except TimeoutError:
                break
            except OSError:
                ending = "closed"
                break
            if not part:
                ending = "closed"
                break
            buffer += part
            # A whole flight of TLS 1.3 ends in encrypted records; nothing more comes until we answer.
            if DATA in [kind for kind, _ in split(buffer)] or b"\x0e\0\0\0" in buffer:
                connection.settimeout(0.15)
    for kind, body in split(buffer):
        if kind == ALERT and len(body) == 2:
            said.append(f"alert {body[1]}")
        elif kind == HANDSHAKE and body[:1] == b"\x02":
            said.append(server_hello(body))
        elif kind == HEARTBEAT:
            said.append("heartbeat")
    return " ".join(said + ([ending] if ending == "closed" or not said else []))


def split(buffer):
    found = []
    while len(buffer) >= 5:
        size = int.from_bytes(buffer[3:5], "big")
        found.append((buffer[0], buffer[5:5 + size]))
        buffer = buffer[5 + size:]
    return found


# The random of a HelloRetryRequest (RFC 8446 §4.1.3) and the mark of a downgrade from TLS 1.3.
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
DOWNGRADE = b"DOWNGRD\x01"


def server_hello(body):
    random, rest = body[6:38], body[38:]
    if random == RETRY:
        return "retry"
    version, rest = body[4:6], rest[1 + rest[0] + 3:]
    kinds, rest = {}, rest[2:2 + int.from_bytes(rest[:2], "big")]
    while len(rest) >= 4:
        size = int.from_bytes(rest[2:4], "big")
        kinds[int.from_bytes(rest[:2], "big")] = rest[4:4 + size]
        rest = rest[4 + size:]
    words = ["server_hello", kinds.get(43, version).hex()]
    if random.endswith(DOWNGRADE):
        words.append("downgrade-mark")
    if 0xFF01 in kinds:
        words.append("secure-renegotiation")
    if 23 in kinds:
        words.append("extended-master-secret")
    if 41 in kinds:
        words.append("resumed")
    if 15 in kinds:
        words.append("heartbeat-allowed")
    return " ".join(words)
