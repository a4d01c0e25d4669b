"""A client that behaves: one connection with a certificate, one question after the other. gentle.py PORT STATE SECONDS
Prints `requests=N failed=N p50_us=N p99_us=N`."""
import socket, ssl, sys, time

port, state, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
context = ssl.create_default_context(cafile=f"{state}/certs/ca.crt")
context.check_hostname = False
context.load_cert_chain(f"{state}/certs/clients/customer.crt", f"{state}/certs/clients/customer.key")
token = open(f"{state}/certs/tokens/customer.jwt").read().strip()
body = b'{"message": "How do I activate my new card?"}'
request = (
    f"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\n"
    f"Content-Length: {len(body)}\r\n\r\n"
).encode() + body


def connect():
    raw = socket.create_connection(("127.0.0.1", port), timeout=10)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return context.wrap_socket(raw)


def exchange(connection):
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(16384)
    head, _, content = answer.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(content) < length:
        content += connection.recv(16384)
    return head.startswith(b"HTTP/1.1 200")


def connect_patiently():
    """Turned away, it comes again: so does any client's library."""
    for _ in range(40):
        try:
            return connect()
        except OSError:
            time.sleep(0.1)
    return connect()


latencies, failed = [], 0
connection = connect_patiently()
exchange(connection)
print("ready", flush=True)
end = time.monotonic() + seconds
while time.monotonic() < end:
    begin = time.perf_counter_ns()
    try:
        good = exchange(connection)
    except Exception:
        good, connection = False, connect()
    failed += not good
    latencies.append((time.perf_counter_ns() - begin) // 1000)
    time.sleep(0.001)
latencies.sort()
quantile = lambda part: latencies[min(len(latencies) - 1, int(len(latencies) * part))]
print(f"requests={len(latencies)} failed={failed} p50_us={quantile(0.5)} p99_us={quantile(0.99)}")
