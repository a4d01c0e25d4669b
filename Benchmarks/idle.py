"""Resident memory of a gateway with idle connections: idle.py PORT PID COUNT CA CERT KEY. Prints kilobytes before and with."""
import socket, ssl, sys, time

port, pid, count = (int(word) for word in sys.argv[1:4])
context = ssl.create_default_context(cafile=sys.argv[4])
context.check_hostname = False
context.load_cert_chain(sys.argv[5], sys.argv[6])


def resident():
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


before, connections = resident(), []
for _ in range(count):
    connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port)))
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
        sys.exit("a connection was not answered")
    connections.append(connection)
time.sleep(1)
print(f"connections={count} before_kb={before} with_kb={resident()}")
