"""Medians and ratios of the lines that bench.sh writes, and which of the wanted figures hold: summary.py FILE."""
import statistics, sys

runs = {}
for line in open(sys.argv[1]):
    run = dict(pair.split("=", 1) for pair in line.split())
    key = run.pop("work"), run.pop("peer")
    runs.setdefault(key, []).append({name: float(value) for name, value in run.items()})


def median(work, peer, key):
    return statistics.median(run[key] for run in runs[work, peer])


def ratio(work, ours, theirs, key):
    """Median of the ratios of runs of one round: the machine's speed drifts between rounds and less within one."""
    pairs = zip(runs[work, ours], runs[work, theirs])
    # A run in which nothing was answered, on a machine that is busy otherwise, says nothing.
    return statistics.median([our[key] / their[key] for our, their in pairs if their[key] > 0] or [float("nan")])


print(f"{'work':10} {'server':12} {'rps':>8} {'cpu_us':>8} {'x haproxy':>9} {'x cpu':>6} {'p50_us':>7} {'p99_us':>7}"
      f" {'srv %':>5} {'rss_mb':>6} {'errors':>6} {'runs':>4}")
for work, peer in sorted(runs, key=lambda key: key[0]):
    rates = cpus = ""
    if (work, "haproxy") in runs:
        rates = f"{ratio(work, peer, 'haproxy', 'rps'):.2f}"
        # Requests that a core's worth of CPU time serves, against HAProxy's: right also where the client is the limit.
        cpus = f"{1 / ratio(work, peer, 'haproxy', 'cpu_us_op'):.2f}"
    busy = f"{median(work, peer, 'srv_cpu'):.0f}" if "srv_cpu" in runs[work, peer][0] else ""
    print(f"{work:10} {peer:12} {median(work, peer, 'rps'):8.0f} {median(work, peer, 'cpu_us_op'):8.1f} {rates:>9}"
          f" {cpus:>6} {median(work, peer, 'p50_us'):7.0f} {median(work, peer, 'p99_us'):7.0f} {busy:>5}"
          f" {max(run['rss_mb'] for run in runs[work, peer]):6.1f} {sum(run['errors'] for run in runs[work, peer]):6.0f}"
          f" {len(runs[work, peer]):4d}")

print("\nwanted")


def wanted(text, found, most=None, least=None):
    holds = found <= most if most is not None else found >= least
    bound = f"<= {most:.2f}" if most is not None else f">= {least:.2f}"
    print(f"  {'yes' if holds else 'NO ':3} {text}: {found:.2f} (wanted {bound})")


if ("W2", "portcullis") in runs:
    wanted("W2 CPU, x nginx", ratio("W2", "portcullis", "nginx", "cpu_us_op"), most=1.1)
    wanted("W2 requests/s, x HAProxy", ratio("W2", "portcullis", "haproxy", "rps"), least=1.0)
    wanted("W2 requests/s by CPU, x HAProxy", 1 / ratio("W2", "portcullis", "haproxy", "cpu_us_op"), least=1.0)
    wanted("W2 requests/s, x Envoy", ratio("W2", "portcullis", "envoy", "rps"), least=1.6)
if ("ask-rs256", "portcullis") in runs:
    for server, other, algorithm, least in [
        ("portcullis", "haproxy", "rs256", 1.3), ("portcullis", "envoy-cache", "rs256", 0.9),
        ("no-cache", "haproxy", "rs256", 0.9), ("portcullis", "haproxy", "es256", 2.4),
    ]:
        work = "ask-" + algorithm
        wanted(f"{work} {server} requests/s, x {other}", ratio(work, server, other, "rps"), least=least)
        wanted(f"{work} {server} by CPU, x {other}", 1 / ratio(work, server, other, "cpu_us_op"), least=least)
if ("W1-full", "portcullis") in runs:
    wanted("W1-full CPU, x HAProxy", ratio("W1-full", "portcullis", "haproxy", "cpu_us_op"), most=0.62)
    wanted("W1-resume CPU, x HAProxy", ratio("W1-resume", "portcullis", "haproxy", "cpu_us_op"), most=0.40)
if ("W4", "portcullis") in runs:
    for key, factor in [("p50_us", 1.2), ("p99_us", 1.5)]:
        allowed = [factor * proxy[key] + disk[key] for proxy, disk in zip(runs["W4", "haproxy"], runs["sync", "disk"])]
        found = [our[key] / most for our, most in zip(runs["W4", "portcullis"], allowed)]
        wanted(f"W4 {key}, x ({factor} x HAProxy + one fdatasync)", statistics.median(found), most=1.0)
# The first round's: in the later ones the process has had more connections before.
peaks = [runs[work, "portcullis"][0]["rss_mb"] for work in ("W1-full", "W1-resume", "W2") if (work, "portcullis") in runs]
if peaks:
    wanted("peak memory at 32 connections in MB", max(peaks), most=64)
if ("idle", "portcullis") in runs:
    wanted("idle connections' memory, x nginx", ratio("idle", "portcullis", "nginx", "rss_mb"), most=1.1)
for work in ("W2-loops", "ask-loops"):
    if (work, "loops-2") in runs:
        # Two cores' worth of requests at the cost of each, against one core's.
        wanted(f"{work}: two loops, x one", 2 / ratio(work, "loops-2", "loops-1", "cpu_us_op"), least=1.7)
