"""Medians and ratios of the lines that bench.sh writes: summary.py FILE."""
import statistics, sys

BASE = {"W2": "nginx", "W1-full": "nginx", "ask": "haproxy"}
TARGET = {("W2", "portcullis"): 0.9, ("W1-full", "portcullis"): 0.9, ("ask", "portcullis"): 0.5}
runs = {}
for line in open(sys.argv[1]):
    run = dict(pair.split("=", 1) for pair in line.split())
    work = run["work"].replace("W3-rs256", "ask")
    runs.setdefault((work, run["peer"]), []).append({k: float(v) for k, v in run.items() if k not in ("peer", "work")})


def median(work, peer, key):
    return statistics.median(run[key] for run in runs[work, peer])


def ratio(work, peer, base, key):
    """Median of the ratios of runs of one round: the machine's speed drifts between rounds and less within one."""
    return statistics.median(ours[key] / theirs[key] for ours, theirs in zip(runs[work, peer], runs[work, base]))


print(f"{'work':8} {'server':20} {'rps':>8} {'x':>5} {'cpu_us':>7} {'x':>5} {'p50_us':>7} {'p99_us':>7} {'rss_mb':>6}"
      f" {'errors':>6} {'runs':>4}  wanted")
for work, peer in runs:
    base = BASE.get(work)
    rps, cpu = median(work, peer, "rps"), median(work, peer, "cpu_us_op")
    known = (work, base) in runs
    by_rate = f"{ratio(work, peer, base, 'rps'):5.2f}" if known else "    -"
    # Requests that a core's worth of CPU time serves, against the base's: right also where the client is the limit.
    by_cpu = f"{1 / ratio(work, peer, base, 'cpu_us_op'):5.2f}" if known else "    -"
    target = TARGET.get((work, peer))
    print(f"{work:8} {peer:20} {rps:8.0f} {by_rate} {cpu:7.1f} {by_cpu} {median(work, peer, 'p50_us'):7.0f}"
          f" {median(work, peer, 'p99_us'):7.0f} {max(r['rss_mb'] for r in runs[work, peer]):6.1f}"
          f" {sum(r['errors'] for r in runs[work, peer]):6.0f} {len(runs[work, peer]):4d}"
          f"  {'>= ' + str(target) + ' x ' + base if target else ''}")
