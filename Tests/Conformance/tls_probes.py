"""Asks a gateway that demands client certificates whether its TLS is what RFC 8446, 5246 and their kin want.

    tls_probes.py HOST:PORT CA CERTIFICATE KEY [PATTERN]

One line a probe: `ok` or `FAIL`, its name, what came back, what was wanted. Exit 1 where one failed. Needs tlslite-ng for
what happens under encryption; the client's key is ECDSA P-256.
"""
import concurrent.futures
import re
import socket
import struct
import sys
import time

import ecdsa
import tls_hello as t
from tlslite import constants, errors, messages
from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey

PROBES = []
FATAL = r"alert (10|22|40|47|50|51|70|80|86|90|109|110|116|117|120)\b.*closed|closed"


def probe(wanted, name):
    def add(function):
        PROBES.append((name, wanted, function))
        return function

    return add


def plain(wanted, name, make):
    PROBES.append((name, wanted, lambda peer: t.ask(peer.address, make())))


def refused(*alerts):
    """One of the alerts, and the end."""
    return "^alert (" + "|".join(str(alert) for alert in alerts) + r")\b.*closed"


TLS13, TLS12 = "^server_hello 0304", "^server_hello 0303"
GREASE = [0x0A0A, 0x1A1A, 0xFAFA]
old = lambda **words: t.hello(suites=t.SUITES_12, found=t.extensions(versions=None), **words)

# Versions (RFC 8446 §4.2.1, D; RFC 7507)
plain(TLS13, "TLS 1.3", lambda: t.record(t.hello()))
plain(TLS12 + ".*secure-renegotiation.*extended-master-secret", "TLS 1.2 with its extensions", lambda: t.record(old()))
plain("downgrade-mark", "TLS 1.2 to a server that knows 1.3 carries the mark", lambda: t.record(old()))
for high in (0x0304, 0x0305, 0x03FF, 0x7F1C, 0xFFFF):
    plain(TLS12, f"no intolerance of version {high:04x} in the hello", lambda high=high: t.record(old(version=high)))
for low in (0x0300, 0x0301, 0x0302):
    plain(refused(70, 40), f"version {low:04x} is refused", lambda low=low: t.record(old(version=low)))
plain(refused(47, 70), "version 0200 is refused", lambda: t.record(old(version=0x0200)))
plain(TLS13, "unknown versions beside 1.3", lambda: t.record(t.hello(found=t.extensions(versions=(0x0A0A, 0x7F1C, 0x0304)))))
plain(refused(70), "only unknown versions", lambda: t.record(t.hello(found=t.extensions(versions=(0x0A0A, 0x0305)))))
plain(refused(50, 70), "a list of no versions", lambda: t.record(t.hello(found=t.extensions(versions=()))))
plain(refused(86), "a fallback from 1.3 is refused", lambda: t.record(old().replace(b"\xc0\x2b", b"\x56\x00", 1)))
for wire in (0x0300, 0x0302, 0x0303, 0x0304):
    plain(TLS13, f"record version {wire:04x} of the first record", lambda wire=wire: t.record(t.hello(), version=wire))

# A hello's form (RFC 8446 §4.1.2)
plain(TLS13, "GREASE everywhere", lambda: t.record(t.hello(
    suites=GREASE + t.SUITES_13, found=[t.extension(0x0A0A, b"")] + t.extensions(
        versions=(0x1A1A, 0x0304), groups=GREASE + [t.X25519], algorithms=(0x0A0A, 0x0403, 0x0804)) + [t.extension(0xFAFA, b"\0")])))
plain(TLS13, "sixty unknown extensions", lambda: t.record(t.hello(
    found=t.extensions() + [t.extension(0x8000 + index, bytes(index)) for index in range(60)])))
plain(TLS13, "a padded hello of 16,000 bytes", lambda: t.record(t.hello(found=t.extensions() + [t.extension(21, bytes(15600))])))
plain(TLS13, "a hello over several records", lambda: t.records(t.hello(found=t.extensions() + [t.extension(21, bytes(30000))]), 16384))
plain(TLS13, "a hello in records of one byte", lambda: t.records(t.hello(), 1))
plain(TLS13, "a session identifier that is kept for old boxes", lambda: t.record(t.hello(session=bytes(32))))
plain(refused(47, 50), "an extension twice", lambda: t.record(t.hello(found=t.extensions() + [t.names(b"localhost")])))
plain(refused(47, 50), "no suite", lambda: t.record(t.hello(suites=[])))
plain(refused(40, 47), "only unknown suites", lambda: t.record(t.hello(suites=[0x0A0A, 0x00FF])))
plain(refused(40), "only suites without forward secrecy", lambda: t.record(t.hello(
    suites=[0x009C, 0x002F, 0x0035], found=t.extensions(versions=None))))
plain(refused(40), "only NULL, export, anonymous and RC4 suites", lambda: t.record(t.hello(
    suites=[0x0001, 0x0003, 0x0018, 0xC018, 0x0005, 0xC007], found=t.extensions(versions=None))))
plain(refused(47, 50), "no compression method", lambda: t.record(t.hello(compression=b"")))
plain(refused(47), "a compression method beside null in 1.3", lambda: t.record(t.hello(compression=b"\x01\x00")))
plain(refused(47, 50), "compression without null in 1.2", lambda: t.record(old(compression=b"\x01")))
plain(TLS12, "deflate beside null in 1.2 is not taken", lambda: t.record(old(compression=b"\x01\x00")))
plain(refused(47, 50), "a session identifier of 33 bytes", lambda: t.record(t.hello(session=bytes(33))))
plain(refused(47, 50), "bytes behind the extensions", lambda: t.record(t.hello(tail=b"\0\0")))
plain(refused(47, 50), "an extension longer than the hello", lambda: t.record(t.hello(found=t.extensions() + [struct.pack(">HH", 21, 9)])))
plain("^silence|^alert", "a hello that says it is longer than it is waits for the rest", lambda: t.record(t.hello(resized=64)))
plain(refused(10, 47, 50), "a hello of 16 MB is not waited for", lambda: t.record(b"\x01\xff\xff\xff" + bytes(1000)))
plain(refused(10, 47, 50), "a hello of 200,000 bytes", lambda: t.records(t.hello(
    found=t.extensions() + [t.extension(21 + index * 256, bytes(50000)) for index in range(1)], tail=bytes(150000)), 16384))

# Names, protocols, groups, signatures
plain(TLS13, "a name that is not ours", lambda: t.record(t.hello(found=t.extensions()[1:] + [t.names(b"elsewhere.example")])))
plain(refused(47, 50), "two names", lambda: t.record(t.hello(found=t.extensions()[1:] + [t.names(b"a", b"b")])))
# RFC 6066 §3 wants a byte at least; OpenSSL takes it for no name, and no certificate is chosen by it.
plain(TLS13 + "|^alert", "an empty name", lambda: t.record(t.hello(found=t.extensions()[1:] + [t.names(b"")])))
plain(refused(47, 50, 112), "a name with NUL", lambda: t.record(t.hello(found=t.extensions()[1:] + [t.names(b"local\0host")])))
plain(TLS13, "no name", lambda: t.record(t.hello(found=t.extensions()[1:])))
plain(refused(120), "only h2 is offered", lambda: t.record(t.hello(found=t.extensions() + [t.alpn(b"h2")])))
plain(refused(120), "only h2 is offered in 1.2", lambda: t.record(t.hello(
    suites=t.SUITES_12, found=t.extensions(versions=None) + [t.alpn(b"h2")])))
plain(TLS13, "http/1.1 behind others", lambda: t.record(t.hello(found=t.extensions() + [t.alpn(b"\x0a\x0a", b"h2", b"http/1.1")])))
plain(refused(47, 50), "a list of no protocols", lambda: t.record(t.hello(found=t.extensions() + [t.alpn()])))
plain(refused(47, 50), "an empty protocol", lambda: t.record(t.hello(found=t.extensions() + [t.alpn(b"")])))
plain(refused(40), "only unknown groups", lambda: t.record(t.hello(found=t.extensions(groups=(0x0A0A, 0x0018 + 0x200), shares=b""))))
plain("^retry", "no share but a group we know", lambda: t.record(t.hello(found=t.extensions(shares=b""))))
plain(refused(47), "a share of no bytes on the curve", lambda: t.record(t.hello(
    found=t.extensions(shares=struct.pack(">HH", t.X25519, 32) + bytes(32)))))
plain(refused(47, 50), "a share that is too short", lambda: t.record(t.hello(
    found=t.extensions(shares=struct.pack(">HH", t.X25519, 31) + bytes(31)))))
plain(refused(47, 50), "a point that is not on P-256", lambda: t.record(t.hello(
    found=t.extensions(groups=(t.P256,), shares=struct.pack(">HH", t.P256, 65) + b"\x04" + bytes([1] * 64)))))
plain(refused(109), "no signature algorithms in 1.3", lambda: t.record(t.hello(found=t.extensions(algorithms=None))))
plain(refused(40), "only SHA-1 and MD5 signatures", lambda: t.record(t.hello(found=t.extensions(algorithms=(0x0201, 0x0203, 0x0101)))))
plain(refused(109), "no groups in 1.3", lambda: t.record(t.hello(found=t.extensions(groups=None))))
PSK = t.extension(45, b"\x01\x01") + t.extension(41, t.block(2, t.block(2, b"x" * 64) + bytes(4)) + t.block(2, t.block(1, bytes(32))))
plain(TLS13 + r"(?!.*resumed)", "a ticket that nobody issued is passed over", lambda: t.record(t.hello(found=t.extensions() + [PSK])))
plain(refused(47), "a ticket that is not the last extension", lambda: t.record(t.hello(found=[PSK] + t.extensions())))
plain(refused(109), "a ticket without its modes", lambda: t.record(t.hello(found=t.extensions() + [PSK[6:]])))
plain(r"^server_hello 0304(?!.*heartbeat)", "heartbeats are not allowed", lambda: t.record(t.hello(found=t.extensions() + [t.extension(15, b"\x01")])))
plain(r"^(?!.*heartbeat)", "a heartbeat is not answered", lambda: t.record(t.hello()) + t.record(b"\x01\x40\x00", kind=t.HEARTBEAT))

# Records out of place (RFC 8446 §5)
plain(FATAL, "a record longer than allowed", lambda: t.record(bytes(16385)))
plain(FATAL, "a record that says 65,535 bytes", lambda: b"\x16\x03\x01\xff\xff" + bytes(100))
plain(FATAL, "a hundred empty handshake records", lambda: t.record(b"") * 100 + t.record(t.hello()))
plain(FATAL, "application data first", lambda: t.record(b"GET / HTTP/1.1\r\n\r\n", kind=t.DATA))
for kind in (0, 19, 24, 25, 255):
    plain(FATAL, f"a first record of type {kind}", lambda kind=kind: t.record(b"\1\0\0", kind=kind))
plain(FATAL, "ChangeCipherSpec first", lambda: t.record(b"\x01", kind=t.CHANGE_CIPHER) + t.record(t.hello()))
plain(TLS13 + "$", "one ChangeCipherSpec behind the hello is passed over", lambda: t.record(t.hello(session=bytes(32))) + t.record(
    b"\x01", kind=t.CHANGE_CIPHER, version=0x0303))
# The alert is encrypted from here on: only the end is to be seen.
plain("closed$", "a ChangeCipherSpec of another value", lambda: t.record(t.hello()) + t.record(
    b"\x02", kind=t.CHANGE_CIPHER))
plain(FATAL, "a thousand ChangeCipherSpecs", lambda: t.record(t.hello(session=bytes(32))) + t.record(
    b"\x01", kind=t.CHANGE_CIPHER, version=0x0303) * 1000)
plain(FATAL, "a hundred warning alerts", lambda: t.record(b"\x01\x5a", kind=t.ALERT) * 100 + t.record(t.hello()))
plain("closed", "a fatal alert first", lambda: t.record(b"\x02\x28", kind=t.ALERT))
plain(FATAL, "half an alert", lambda: t.record(b"\x01", kind=t.ALERT) + t.record(t.hello()))
for kind, name in ((0, "HelloRequest"), (2, "ServerHello"), (11, "Certificate"), (15, "CertificateVerify"), (16, "ClientKeyExchange"),
                   (20, "Finished"), (24, "KeyUpdate"), (99, "a message of no type")):
    plain(refused(10, 50), f"{name} first", lambda kind=kind: t.record(bytes([kind]) + b"\0\0\x01\0"))
plain("closed$", "a second hello in plain text", lambda: t.record(t.hello()) + t.record(t.hello()))
plain(r"alert 10\b.*closed", "a second message behind the hello in its record", lambda: t.record(t.hello() + t.hello()))
plain(r"alert \d+.*closed|closed", "a hello of SSL 2", lambda: bytes.fromhex(
    "802e01030100150000001001008003008007 00c0060040020080040080") + bytes(64))


class Peer:
    """A gateway, and a client that it knows."""

    def __init__(self, address, certificate, key):
        self.address = address
        self.chain = X509CertChain()
        with open(certificate) as file:
            self.chain.parsePemList(file.read())
        with open(key) as file:
            self.key = parsePEMKey(file.read(), private=True)

    def settings(self, version):
        settings = HandshakeSettings()
        settings.minVersion = settings.maxVersion = version
        # tlslite-ng would compress its own certificate because it can read compressed ones itself.
        settings.certificate_compression_send = []
        return settings

    def connect(self, version=(3, 4), chain="own", key="own", alpn=(b"http/1.1",), prepare=lambda connection: None):
        connection = TLSConnection(socket.create_connection(self.address, timeout=5))
        prepare(connection)
        connection.handshakeClientCert(
            self.chain if chain == "own" else chain, self.key if key == "own" else key, settings=self.settings(version),
            alpn=[bytearray(name) for name in alpn], serverName="localhost")
        return connection


def get(connection):
    """The status of a request on an open connection, or how it ended."""
    connection.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return ending(connection)


def ending(connection):
    try:
        data = bytes(connection.read(max=4096, min=1))
    except errors.TLSRemoteAlert as alert:
        return f"alert {alert.description}"
    except (errors.TLSAbruptCloseError, errors.TLSClosedConnectionError, ConnectionError, BrokenPipeError):
        return "closed"
    except TimeoutError:
        return "silence"
    return data[9:12].decode() if data.startswith(b"HTTP/1.1") else "closed" if not data else repr(data)


def send(connection, message):
    for _ in connection._sendMsg(message):
        pass


def attempt(function):
    """What `function` gives, or the alert that it ended in."""
    try:
        return function()
    except errors.TLSRemoteAlert as alert:
        return f"alert {alert.description}"
    except (errors.TLSAbruptCloseError, errors.TLSClosedConnectionError, ConnectionError, BrokenPipeError):
        return "closed"


for number, name in (((3, 4), "1.3"), ((3, 3), "1.2")):
    PROBES.append((f"TLS {name} with a certificate is served", "^200$", lambda peer, number=number: get(peer.connect(number))))
    PROBES.append((f"TLS {name} without a certificate is refused", "^alert (116|40)$", lambda peer, number=number: attempt(
        lambda: get(peer.connect(number, chain=None, key=None)))))
    PROBES.append((f"TLS {name} with a signature by another key is refused", "^alert (51|40)$", lambda peer, number=number: attempt(
        lambda: get(signed_by_another(peer, number)))))


def signed_by_another(peer, version):
    other = ecdsa.SigningKey.generate(curve=ecdsa.NIST256p).to_pem().decode()
    return peer.connect(version, key=parsePEMKey(other, private=True))


# RFC 8446 §4.6.3 names no bound and OpenSSL 3.0 has none.
def after_key_updates(peer, count):
    connection = peer.connect()
    for _ in range(count):
        for _ in connection.send_keyupdate_request(constants.KeyUpdateMessageType.update_requested):
            pass
    # What comes in the same read as the last one is still taken.
    time.sleep(0.5)
    return get(connection)


@probe("^200$", "two hundred and fifty-six KeyUpdates are answered")
def key_updates(peer):
    return after_key_updates(peer, 256)


@probe("^(alert (10|47|80)|closed)$", "one KeyUpdate more ends the connection")
def too_many_key_updates(peer):
    return attempt(lambda: after_key_updates(peer, 257))


@probe("^200$", "one KeyUpdate that asks for one back is answered")
def key_update(peer):
    connection = peer.connect()
    for _ in connection.send_keyupdate_request(constants.KeyUpdateMessageType.update_requested):
        pass
    return get(connection)


@probe("^alert (47|50)$", "a KeyUpdate of no known value")
def odd_key_update(peer):
    connection = peer.connect()
    send(connection, messages.KeyUpdate().create(7))
    return ending(connection)


@probe("^alert 10$", "a ClientHello behind a finished handshake of 1.3")
def late_hello(peer):
    connection = peer.connect()
    late = messages.ClientHello().create((3, 3), bytearray(32), bytearray(0), [0x1301])
    send(connection, late)
    return ending(connection)


@probe("^(alert (100|10|40)|closed)$", "renegotiation in 1.2 is refused")
def renegotiation(peer):
    connection = peer.connect((3, 3))
    late = messages.ClientHello().create((3, 3), bytearray(32), bytearray(0), [0xC02B])
    send(connection, late)
    return ending(connection)


@probe("^(alert \\d+|closed)$", "a thousand renegotiations in 1.2 end the connection")
def renegotiations(peer):
    connection = peer.connect((3, 3))
    late = messages.ClientHello().create((3, 3), bytearray(32), bytearray(0), [0xC02B])
    for _ in range(1000):
        try:
            send(connection, late)
        except (ConnectionError, errors.TLSError):
            return "closed"
    answers = set()
    for _ in range(1001):
        answers.add(ending(connection))
        if "closed" in answers or "silence" in answers:
            break
    return "silence" if "silence" in answers else "closed"


@probe("^alert 20$", "a record that was changed on its way")
def changed(peer):
    connection = peer.connect()
    connection.sock.sendall(t.record(bytes(64), kind=t.DATA, version=0x0303))
    return ending(connection)


@probe("^alert (22|20)$", "an encrypted record longer than allowed")
def long_record(peer):
    connection = peer.connect()
    connection.sock.sendall(struct.pack(">BHH", t.DATA, 0x0303, 16384 + 257) + bytes(16384 + 257))
    return ending(connection)


@probe("^(alert 10|closed)$", "a hundred empty records of application data end the connection")
def empty_records(peer):
    connection = peer.connect()
    for _ in range(100):
        try:
            send(connection, messages.ApplicationData().create(bytearray()))
        except (ConnectionError, errors.TLSError):
            return "closed"
    return ending(connection)


@probe("^(alert (10|90)|closed)$", "a hundred warning alerts behind the handshake end the connection")
def late_alerts(peer):
    connection = peer.connect((3, 3))
    for _ in range(100):
        try:
            send(connection, messages.Alert().create(90, 1))
        except (ConnectionError, errors.TLSError):
            return "closed"
    return ending(connection)


@probe("^closed$", "a fatal alert ends the connection")
def fatal_alert(peer):
    connection = peer.connect()
    send(connection, messages.Alert().create(80, 2))
    return ending(connection)


@probe("^close_notify$", "close_notify is answered by one")
def close_notify(peer):
    connection = peer.connect()
    if get(connection) != "200":
        return "not served"
    connection.ignoreAbruptClose = False
    send(connection, messages.Alert().create(0, 1))
    return "close_notify" if attempt(lambda: bytes(connection.read(max=1, min=1))) == b"" else "closed without"


@probe("^served$", "a connection cut without close_notify hurts nobody")
def truncated(peer):
    connection = peer.connect()
    connection.sock.sendall(t.record(bytes(100), kind=t.DATA)[:50])
    connection.sock.close()
    return "served" if get(peer.connect()) == "200" else "not served"


@probe("^alert (47|10|50)$", "two messages where only one may be: Finished and data in one handshake record")
def trailing(peer):
    connection = peer.connect()
    send(connection, messages.Finished((3, 4), 32).create(bytearray(32)))
    return ending(connection)


@probe("^200$", "a long chain of 20 KB, of which one certificate is needed, is taken")
def long_chain(peer):
    return get(peer.connect(chain=X509CertChain(peer.chain.x509List * (20_000 // len(peer.chain.x509List[0].bytes)))))


@probe("^(alert 47|closed)$", "a chain of more than 32 KiB is refused")
def too_long_chain(peer):
    chain = X509CertChain(peer.chain.x509List * (32_768 // len(peer.chain.x509List[0].bytes) + 1))
    return attempt(lambda: get(peer.connect(chain=chain)))


@probe("^200$", "a request in records of one byte")
def small_records(peer):
    connection = peer.connect()
    for byte in b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n":
        send(connection, messages.ApplicationData().create(bytearray([byte])))
    return ending(connection)


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    host, port = sys.argv[1].rsplit(":", 1)
    peer = Peer((host, int(port)), *sys.argv[3:5])
    chosen = [row for row in PROBES if len(sys.argv) < 6 or re.search(sys.argv[5], row[0])]

    def run(row):
        try:
            return row[2](peer)
        except Exception as error:  # a probe that breaks is a probe that failed, with its reason
            return f"{type(error).__name__}: {error}"

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        seen = list(pool.map(run, chosen))
    failed = 0
    for (name, wanted, _), answer in zip(chosen, seen):
        is_good = re.search(wanted, answer) is not None
        failed += not is_good
        print(f"{'ok' if is_good else 'FAIL'} {name}: {answer}" + ("" if is_good else f" (wanted {wanted})"))
    print(f"{len(chosen)} probes, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
