"""Sends each row of requests.txt to several servers over mTLS and tells where the first is laxer than the others.

    compare_http.py TABLE LAXER CA CERTIFICATE KEY TOKEN NAME=HOST:PORT[/ASK] …

The first server is ours: its answers must be what the table says. A row is laxer where another server refuses a message
that we take, or closes a connection that we keep. Each such row must stand in LAXER with its reason (`title | reason`);
a row there that is not laxer is an error too. Exit 0: nothing to mend. Exit 1: something is.
"""
import collections
import concurrent.futures
import sys

import wire

# A server that answers one of these has understood the message and where it ends; the rest is policy.
POLICY = {401, 403, 404, 405, 415, 422, 429}
METHODS = {b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"}
QUIET_FIRST, QUIET_AGAIN = 0.4, 2.0

Seen = collections.namedtuple("Seen", "statuses taken refused closed")


class Server:
    def __init__(self, word, arguments, token, is_ours):
        self.name, _, rest = word.partition("=")
        address, _, ask = rest.partition("/")
        host, _, port = address.partition(":")
        self.client = wire.Client((host, int(port)), *arguments)
        self.is_ours = is_ours
        self.get = b"GET /healthz HTTP/1.1\r\nHost: a\r\n"
        self.post = (f"POST /{ask or 'ask'} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
                     "Content-Type: application/json\r\n").encode()

    def bytes(self, row):
        data = row.bytes(self.get, self.post)
        return b"GET /healthz HTTP" + data[10:] if data.startswith(b"GET / HTTP") else data

    def see(self, row, quiet):
        try:
            data, closed = self.client.exchange(self.bytes(row), quiet)
        except OSError as error:
            sys.exit(f"compare-http: {self.name} is not there any more at {row.title!r}: {error}")
        answers = wire.responses(data)
        # 501 is policy where the method is unknown; only a body that was understood can be wrong JSON.
        policy = POLICY if self.bytes(row).split(b" ")[0] in METHODS else POLICY | {501}
        taken = [200 <= status < 400 or status in policy or b":invalid-body" in body for status, body in answers]
        first = taken.index(False) if False in taken else len(taken)
        refused = first < len(taken) or not answers and closed
        return Seen([status for status, _ in answers], first, refused, closed)


def describe(seen):
    answers = ",".join(str(status) if status else "no-http" for status in seen.statuses) or "nothing"
    return answers + (" closed" if seen.closed else " open")


def is_laxer(ours, theirs):
    """We take more messages, or keep a connection that they end after as many."""
    if ours.taken > theirs.taken:
        return True
    return ours.taken == theirs.taken and theirs.closed and not ours.closed


def is_stricter(ours, theirs):
    return ours.refused and not theirs.refused and theirs.taken > ours.taken


def as_told(row, seen):
    """Whether our server did what the table says."""
    refusals = [int(outcome[:3]) for outcome in row.outcomes if outcome[0].isdigit()]
    if row.outcomes[-1] == "more":
        return not seen.refused and not seen.closed
    return seen.taken == row.taken and seen.statuses[row.taken:] == refusals and seen.closed != row.survives


def run_all(jobs, workers, quiet):
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return dict(zip(jobs, pool.map(lambda job: job[0].see(job[1], quiet), jobs)))


def read_reasons(path):
    reasons = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                title, separator, reason = line.strip().partition(" | ")
                if not separator:
                    sys.exit(f"{path}: no reason: {line}")
                reasons[title] = reason
    return reasons


def main():
    if len(sys.argv) < 9:
        sys.exit(__doc__)
    table, laxer, authority, certificate, key, token = sys.argv[1:7]
    rows, reasons = wire.rows(table), read_reasons(laxer)
    servers = [
        Server(word, (authority, certificate, key), token, index == 0) for index, word in enumerate(sys.argv[7:])]
    ours, peers = servers[0], servers[1:]
    jobs = [(server, row) for row in rows for server in servers]
    seen = run_all(jobs, 48, QUIET_FIRST)

    def doubtful(row):
        mine = seen[ours, row]
        return not as_told(row, mine) or any(
            is_laxer(mine, seen[peer, row]) or is_stricter(mine, seen[peer, row]) for peer in peers)

    # What is slow under load looks like silence: rows that tell something are asked once more, patiently.
    again = [(server, row) for row in rows if doubtful(row) for server in servers]
    seen.update(run_all(again, 32, QUIET_AGAIN))

    failures, lax, strict = [], [], []
    for row in rows:
        mine = seen[ours, row]
        answers = "  ".join(f"{server.name}: {describe(seen[server, row])}" for server in servers)
        if not as_told(row, mine):
            failures.append(f"not what the table says ({' '.join(row.outcomes)}): {row.title}\n    {answers}")
        if any(is_laxer(mine, seen[peer, row]) for peer in peers):
            lax.append(row.title)
            reason = reasons.get(row.title)
            print(f"laxer: {row.title}\n    {answers}\n    {reason or 'NO REASON'}")
            if not reason:
                failures.append(f"laxer without a reason: {row.title}")
        elif all(is_stricter(mine, seen[peer, row]) for peer in peers):
            strict.append(f"stricter than all: {row.title}\n    {answers}")
        if mine.statuses and max(mine.statuses) in (500, 502, 504):
            failures.append(f"a failure of ours: {row.title}\n    {answers}")
    print("\n".join(strict))
    for title in reasons.keys() - set(lax):
        failures.append(f"{laxer}: this row is not laxer, or is not in the table: {title}")
    print("\n".join(failures))
    refused = sum(seen[ours, row].refused for row in rows)
    print(f"compare-http: {len(rows)} rows, {refused} refused by us; laxer than the strictest in {len(lax)}, "
          f"stricter than all in {len(strict)}; {len(failures)} to mend")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
