"""Many clients at once: crowd.py PORT STATE CLIENTS REQUESTS. Prints a line for each answer: status, receipt or `-`, whether
`Retry-After` is there."""
import http.client, ssl, sys, threading

port, state, clients, requests = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
context = ssl.create_default_context(cafile=f"{state}/certs/ca.crt")
context.check_hostname = False
context.load_cert_chain(f"{state}/certs/clients/customer.crt", f"{state}/certs/clients/customer.key")
token = open(f"{state}/certs/tokens/customer.jwt").read().strip()
fields = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
connections = []
for _ in range(clients):
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=60)
    connection.connect()
    connections.append(connection)
print("ready", flush=True)


def ask(connection):
    for _ in range(requests):
        connection.request("POST", "/v1/ask", b'{"message": "How do I activate my new card?"}', fields)
        answer = connection.getresponse()
        answer.read()
        print(f"{answer.status} {answer.getheader('Audit-Receipt', '-')} {answer.getheader('Retry-After', '-')}\n", end="")


threads = [threading.Thread(target=ask, args=[connection]) for connection in connections]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
