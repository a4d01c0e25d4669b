"""Good and hostile clients at once, for MINUTES: soak.py HOST:PORT PID STATE TABLE QUESTIONS MINUTES

Tells every ten seconds what happens and at the end whether all of this held: good clients were served (any answer of 5xx but
503 is a failure), memory is flat after the warm-up, and descriptors are back where they were. Exit 1 where one did not.
"""
import csv
import http.client
import json
import os
import random
import socket
import ssl
import statistics
import struct
import sys
import threading
import time

import wire

# The median of the slopes between any two moments after the warm-up: a leak of one small object a connection is above it, a
# step to another high-water mark of the allocator is not; how high such steps may come together is the second bound.
SLOPE_KB_A_MINUTE_MAX = 1024
HIGH_WATER_KB_MAX = 24 * 1024
# The warm-up: caches, pools, the allocator and the log's segment reach their size.
WARM_UP_SHARE, WARM_UP_SECONDS_MIN = 0.3, 40
# Descriptors that may differ: a log segment, a database's journal, an idle session's socket.
DESCRIPTORS_SLACK = 8
DESCRIPTORS_SECONDS_MAX = 60
GOOD_THREADS, HOSTILE_CONNECTIONS = 4, 24
GOOD_LATENCY_SECONDS_MAX = 5.0


class Soak:
    def __init__(self, address, state, table, questions):
        self.address, self.stopped, self.lock = address, threading.Event(), threading.Lock()
        self.counts, self.failures, self.slowest = {}, [], 0.0
        self.rows = [row.bytes(b"GET /healthz HTTP/1.1\r\nHost: a\r\n", b"POST /v1/ask HTTP/1.1\r\nHost: a\r\n")
                     for row in wire.rows(table)]
        with open(questions, newline="", encoding="utf-8") as file:
            self.questions = [row["question"] for row in csv.DictReader(file)]
        certificates = state + "/certs"
        self.context = self.client_context(certificates, certificates + "/clients/customer")
        self.stranger = self.client_context(certificates, None)
        with open(certificates + "/tokens/customer.jwt") as token:
            self.token = token.read().strip()

    def client_context(self, certificates, identity):
        context = ssl.create_default_context(cafile=certificates + "/ca.crt")
        context.check_hostname = False
        if identity:
            context.load_cert_chain(identity + ".crt", identity + ".key")
        return context

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fail(self, what):
        with self.lock:
            if len(self.failures) < 20:
                self.failures.append(what)

    # Good clients: each from an address of its own, keep-alive, a connection after 40 requests.

    def good(self, number):
        while not self.stopped.is_set():
            connection = http.client.HTTPSConnection(
                *self.address, context=self.context, timeout=30, source_address=(f"127.0.1.{number + 1}", 0))
            try:
                for _ in range(40):
                    self.good_request(connection)
                    time.sleep(random.uniform(0, 0.02))
                    if self.stopped.is_set():
                        break
            except (OSError, http.client.HTTPException) as error:
                if not self.stopped.is_set():
                    self.fail(f"a good client was not served: {type(error).__name__}: {error}")
            finally:
                connection.close()

    def good_request(self, connection):
        question = random.choice(self.questions)
        # 409: this customer has as many open tickets as one may have.
        method, path, body, wanted = random.choice([
            ("GET", "/healthz", None, {200}), ("GET", "/v1/faq?query=lost+card", None, {200}),
            ("POST", "/v1/ask", {"message": question}, {200, 409}),
            ("POST", "/v1/ask", {"message": f"{question} Write to someone@example.org."}, {200, 409}),
            ("POST", "/v1/tickets", {"message": question, "category": "cards"}, {201, 409}),
        ])
        fields = {"Authorization": "Bearer " + self.token}
        if body:
            fields["Content-Type"] = "application/json"
        start = time.monotonic()
        connection.request(method, path, json.dumps(body) if body else None, fields)
        answer = connection.getresponse()
        answer.read()
        took = time.monotonic() - start
        with self.lock:
            self.slowest = max(self.slowest, took)
        self.count(f"good {answer.status}")
        if answer.status not in wanted | {503}:
            self.fail(f"{method} {path}: {answer.status}, wanted {sorted(wanted)}")
        if took > GOOD_LATENCY_SECONDS_MAX:
            self.fail(f"{method} {path} took {took:.1f} s")

    # Hostile clients: whatever becomes of them is right, as long as the others do not notice.

    def hostile(self, number, attack):
        name = attack.__name__
        while not self.stopped.is_set():
            try:
                attack((f"127.0.2.{number + 1}", 0))
            except (OSError, ssl.SSLError):
                pass
            self.count(name)

    def tcp(self, source):
        return socket.create_connection(self.address, timeout=5, source_address=source)

    def tls(self, source, context=None):
        return (context or self.context).wrap_socket(self.tcp(source), server_hostname="localhost")

    def slow_head(self, source):
        self.trickle([self.tls(source) for _ in range(HOSTILE_CONNECTIONS)], b"GET /healthz HTTP/1.1\r\nX-A: b\r\n")

    def slow_body(self, source):
        head = (f"POST /v1/ask HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {self.token}\r\n"
                "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n").encode()
        connections = [self.tls(source) for _ in range(HOSTILE_CONNECTIONS)]
        for connection in connections:
            connection.sendall(head)
        self.trickle(connections, b'{"message":"' + bytes(40))

    def trickle(self, connections, data):
        try:
            for byte in data:
                for connection in connections:
                    try:
                        connection.sendall(bytes([byte]))
                    except OSError:
                        pass
                if self.stopped.wait(0.1):
                    break
        finally:
            for connection in connections:
                connection.close()

    def silent_handshake(self, source):
        connections = [self.tcp(source) for _ in range(HOSTILE_CONNECTIONS)]
        for connection in connections:
            connection.sendall(b"\x16\x03\x01")
        self.stopped.wait(3)
        for connection in connections:
            connection.close()

    def aborted_handshake(self, source):
        with self.tcp(source) as connection:
            connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(random.randint(0, 500)))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.stopped.wait(0.01)

    def no_certificate(self, source):
        with self.tls(source, self.stranger) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            connection.recv(1000)
        self.stopped.wait(0.01)

    def churn(self, source):
        with self.tls(source) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            connection.recv(1000)
        self.stopped.wait(0.005)

    def half_closed(self, source):
        with self.tls(source) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(1)
            connection.recv(1000)
        self.stopped.wait(0.01)

    def malformed(self, source):
        with self.tls(source) as connection:
            connection.sendall(random.choice(self.rows))
            connection.settimeout(0.3)
            connection.recv(4096)

    def oversized(self, source):
        framing = random.choice([b"Content-Length: 100000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"])
        with self.tls(source) as connection:
            connection.sendall(
                b"POST /v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + self.token.encode() + b"\r\n" + framing)
            for _ in range(100):
                connection.sendall(b"2000\r\n" + bytes(8192) + b"\r\n")

    def slow_reader(self, source):
        with self.tls(source) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(2)
            ask = f"GET /openapi.json HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode()
            for _ in range(200):
                connection.sendall(ask)
            self.stopped.wait(3)

    def attacks(self):
        return [self.slow_head, self.slow_body, self.silent_handshake, self.aborted_handshake, self.no_certificate,
                self.churn, self.half_closed, self.malformed, self.oversized, self.slow_reader]


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def slope(samples):
    """Kilobytes a minute: the median over all pairs of (seconds, kilobytes), of which at most 300 are looked at."""
    samples = samples[::len(samples) // 300 + 1]
    slopes = [(late[1] - early[1]) / (late[0] - early[0])
              for index, early in enumerate(samples) for late in samples[index + 1:]]
    return 60 * statistics.median(slopes)


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    host, port = sys.argv[1].rsplit(":", 1)
    pid, seconds = int(sys.argv[2]), float(sys.argv[6]) * 60
    soak = Soak((host, int(port)), sys.argv[3], sys.argv[4], sys.argv[5])
    probe = http.client.HTTPSConnection(host, int(port), context=soak.context, timeout=30)
    soak.good_request(probe)
    probe.close()
    time.sleep(1)
    baseline = descriptors(pid)
    threads = [threading.Thread(target=soak.good, args=(number,), daemon=True) for number in range(GOOD_THREADS)]
    threads += [threading.Thread(target=soak.hostile, args=(number, attack), daemon=True)
                for number, attack in enumerate(soak.attacks())]
    for thread in threads:
        thread.start()
    start, samples, peak = time.monotonic(), [], 0
    while (elapsed := time.monotonic() - start) < seconds:
        time.sleep(1)
        samples.append((elapsed, resident(pid)))
        peak = max(peak, descriptors(pid))
        if len(samples) % 10 == 0:
            good = sum(count for what, count in soak.counts.items() if what.startswith("good"))
            hostile = sum(soak.counts.values()) - good
            print(f"soak: {elapsed:5.0f} s  good {good}  hostile {hostile}  memory {samples[-1][1]} KB  "
                  f"descriptors {descriptors(pid)}  slowest {soak.slowest * 1000:.0f} ms  failures {len(soak.failures)}", flush=True)
    soak.stopped.set()
    for thread in threads:
        thread.join(30)
    failures = list(soak.failures)
    if not wire.wait_until(lambda: descriptors(pid) <= baseline + DESCRIPTORS_SLACK, DESCRIPTORS_SECONDS_MAX):
        failures.append(f"descriptors: {descriptors(pid)}, at first {baseline}")
    warm = [sample for sample in samples if sample[0] >= max(WARM_UP_SECONDS_MIN, WARM_UP_SHARE * seconds)]
    if len(warm) < 10:
        failures.append("too short to tell whether memory is flat: give more MINUTES")
    else:
        rise = slope(warm)
        print(f"soak: memory {warm[0][1]} KB after the warm-up, {warm[-1][1]} KB at the end, {rise:+.0f} KB a minute")
        highest = max(kilobytes for _, kilobytes in warm)
        if highest - warm[0][1] > HIGH_WATER_KB_MAX:
            failures.append(f"memory reached {highest} KB, wanted at most {HIGH_WATER_KB_MAX} KB above the warm-up")
        if rise > SLOPE_KB_A_MINUTE_MAX:
            failures.append(f"memory rises by {rise:.0f} KB a minute, wanted at most {SLOPE_KB_A_MINUTE_MAX}")
    print("soak: " + "  ".join(f"{what} {count}" for what, count in sorted(soak.counts.items())))
    print(f"soak: descriptors {baseline} at first, {peak} at most, {descriptors(pid)} at the end; "
          f"slowest good answer {soak.slowest * 1000:.0f} ms")
    print("\n".join(f"soak: FAILED: {failure}" for failure in failures))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
