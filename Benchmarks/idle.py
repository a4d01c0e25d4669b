"""Resident memory of a server with idle mTLS connections: idle.py NAME URL PID COUNT. Certificates come from CA,
CLIENT_CERT and CLIENT_KEY. The process is counted with its children, each page once for each."""
import os, socket, ssl, sys, time

name, url, pid, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
host, port = url.removeprefix("https://").split(":")
context = ssl.create_default_context(cafile=os.environ["CA"])
context.check_hostname = False
context.load_cert_chain(os.environ["CLIENT_CERT"], os.environ["CLIENT_KEY"])


def family(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [pid] + [member for child in children.read().split() for member in family(int(child))]


def resident():
    total = 0
    for member in family(pid):
        with open(f"/proc/{member}/status") as status:
            total += next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return total / 1024


before, connections = resident(), []
for number in range(count):
    connection = context.wrap_socket(socket.create_connection((host, int(port))))
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
        sys.exit(f"idle: {name}: connection {number} was not answered")
    connections.append(connection)
    if number % 1000 == 999:
        print(f"idle: {name}: {number + 1} of {count}", file=sys.stderr)
time.sleep(1)
print(f"peer={name} work=idle rps=0 p50_us=0 p99_us=0 cpu_us_op=0 rss_mb={resident():.1f} errors=0"
      f" before_mb={before:.1f} connections={count}")
