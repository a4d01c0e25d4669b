"""Asks the gateway with tokens, each on a connection of its own, as fast as it answers, until standard input ends.

Usage: token_load.py PORT CERTIFICATES PATH TOKENS

TOKENS is a file with a token a line. Prints a line of JSON for each: how often which status came, and the longest wait for an
answer in milliseconds. A connection that breaks counts as status 0 and is made anew.
"""
import http.client
import json
import ssl
import sys
import threading
import time

port, certificates, path, tokens = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
ending = threading.Event()


def ask(token, result):
    context = ssl.create_default_context(cafile=certificates + "/ca.crt")
    context.load_cert_chain(certificates + "/clients/customer.crt", certificates + "/clients/customer.key")
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=30)
    while not ending.is_set():
        start = time.monotonic()
        try:
            connection.request("GET", path, headers={"Authorization": "Bearer " + token})
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        result["statuses"][status] = result["statuses"].get(status, 0) + 1
        result["worst_ms"] = max(result["worst_ms"], (time.monotonic() - start) * 1000)


results = []
threads = []
with open(tokens) as lines:
    for line in lines:
        result = {"statuses": {}, "worst_ms": 0}
        results.append(result)
        threads.append(threading.Thread(target=ask, args=(line.strip(), result)))
for thread in threads:
    thread.start()
print("running", flush=True)
sys.stdin.read()
ending.set()
for thread in threads:
    thread.join()
for result in results:
    print(json.dumps(result))
