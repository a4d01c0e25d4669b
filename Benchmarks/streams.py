"""Streams completions from a model's server, through the gateway and directly in turn, and says what the way costs.

  streams.py GATEWAY_URL CA CERTIFICATE KEY TOKEN MODEL_PORT PID STREAMS WORDS INTERVAL_MS ROUNDS

First one stream at a time: the time from the request to the first word, gateway and server in turn, ROUNDS each. Then STREAMS at
once through the gateway: words that are missing, and what the gateway's process holds at most (VmHWM, and VmRSS while all are
open). Prints one figure a line.
"""
import asyncio
import json
import ssl
import statistics
import sys
import time
from urllib.parse import urlsplit

FIRST = b'"content":"Hello'


def request(host, token, words, interval):
    message = {"role": "user", "content": f"load: {words} {interval}"}
    body = json.dumps({"model": "assistant", "stream": True, "messages": [message]})
    return (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


async def stream(connection, payload):
    """Seconds to the first word, and all that was sent."""
    reader, writer = connection
    start = time.perf_counter()
    writer.write(payload)
    data, first = b"", None
    while not (data.endswith(b"\r\n\r\n") and b"\r\n0\r\n" in data[-200:]):
        piece = await reader.read(65536)
        if not piece:
            break
        data += piece
        if first is None and FIRST in data:
            first = time.perf_counter() - start
    return first, data


def status(pid, name):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name)) / 1024


async def main():
    url, ca, certificate, key, token, model_port, pid = sys.argv[1:8]
    streams, words, interval, rounds = map(int, sys.argv[8:12])
    gate = urlsplit(url)
    tls = ssl.create_default_context(cafile=ca)
    tls.load_cert_chain(certificate, key)
    short, payload = request(gate.netloc, token, 2, 20), request(gate.netloc, token, words, interval)

    async def connect():
        return await asyncio.open_connection(gate.hostname, gate.port, ssl=tls, server_hostname="localhost")

    through, direct = await connect(), await asyncio.open_connection("127.0.0.1", int(model_port))
    times = {"through": [], "direct": []}
    for number in range(rounds + 5):
        for name, connection in (("through", through), ("direct", direct)):
            first, _ = await stream(connection, short)
            # The first few warm both up.
            if number >= 5:
                times[name].append(first * 1000)
    medians = {name: statistics.median(values) for name, values in times.items()}
    overheads = [a - b for a, b in zip(times["through"], times["direct"])]
    print(f"first word, direct, median: {medians['direct']:.2f} ms")
    print(f"first word, through the gateway, median: {medians['through']:.2f} ms")
    print(f"first-word overhead, median of pairs: {statistics.median(overheads):.2f} ms")

    idle = status(pid, "VmRSS:")
    gathered = [await connect() for _ in range(streams)]
    connected = status(pid, "VmRSS:")
    start = time.perf_counter()
    tasks = [asyncio.create_task(stream(connection, payload)) for connection in gathered]
    middle = 0
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.2)
        middle = max(middle, status(pid, "VmRSS:"))
    answers = [task.result() for task in tasks]
    seconds = time.perf_counter() - start
    missing = sum(1 for _, data in answers for n in range(1, words) if b"word%d " % n not in data)
    whole = sum(1 for _, data in answers if b"data: [DONE]" in data and FIRST in data)
    firsts = [first * 1000 for first, _ in answers if first is not None]
    print(f"streams at once: {streams}, whole: {whole}, words missing: {missing} of {streams * (words - 1)}, {seconds:.1f} s")
    if firsts:
        print(f"first word among them, median: {statistics.median(firsts):.1f} ms, worst: {max(firsts):.1f} ms")
    print(f"RSS: {idle:.0f} MB before, {connected:.0f} MB connected, {middle:.0f} MB while they stream, {status(pid, 'VmHWM:'):.0f} MB at most")


asyncio.run(main())
