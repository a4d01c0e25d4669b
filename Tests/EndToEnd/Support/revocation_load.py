"""Uses one token on several connections while it is revoked, and says when it was accepted last.

revocation_load.py PORT CA CERTIFICATE KEY TOKEN_FILE BOUND_MS COMMAND...

COMMAND takes the token back; its end is the acknowledgement. No request that begins BOUND_MS after it may get 200.
"""
import http.client
import ssl
import subprocess
import sys
import threading
import time

CONNECTIONS = 8
SECONDS_BEFORE = 0.7
SECONDS_AFTER = 1.0


def use(port, context, token, until, seen):
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=30)
    while time.monotonic() < until[0]:
        began = time.monotonic()
        connection.request("GET", "/v1/faq?query=card", headers={"Authorization": "Bearer " + token})
        reply = connection.getresponse()
        reply.read()
        seen.append((began, reply.status))
    connection.close()


def main():
    port, ca, certificate, key, token_file, bound = sys.argv[1:7]
    with open(token_file, encoding="ascii") as file:
        token = file.read().strip()
    context = ssl.create_default_context(cafile=ca)
    context.load_cert_chain(certificate, key)
    until = [float("inf")]
    seen = [[] for _ in range(CONNECTIONS)]
    threads = [
        threading.Thread(target=use, args=(int(port), context, token, until, one), daemon=True) for one in seen
    ]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS_BEFORE)
    asked = time.monotonic()
    subprocess.run(sys.argv[7:], check=True, stdout=subprocess.DEVNULL)
    acknowledged = time.monotonic()
    until[0] = acknowledged + SECONDS_AFTER
    for thread in threads:
        thread.join(60)
    # It may be in force long before the command has ended, whose end a slow machine sees late.
    before = [status for one in seen for began, status in one if began < asked]
    after = [(began, status) for one in seen for began, status in one if began >= acknowledged]
    late = [(began, status) for began, status in after if began >= acknowledged + float(bound) / 1000]
    last = max((began - acknowledged for began, status in after if status == 200), default=0.0)
    silent = sum(1 for one in seen if not any(began >= acknowledged + float(bound) / 1000 for began, _ in one))
    print(f"before={len(before)} after={len(after)} late={len(late)} accepted_until_ms={last * 1000:.1f} silent={silent}")
    if not before or set(before) != {200}:
        sys.exit(f"before it was revoked: {sorted(set(before))}")
    if silent or {status for _, status in late} != {401}:
        sys.exit(f"after it was revoked: {sorted({status for _, status in late})}, {silent} connections silent")


main()
