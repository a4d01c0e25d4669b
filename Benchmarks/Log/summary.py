"""Medians and ratios of the lines that log.sh writes, and which of the wanted figures hold: summary.py FILE."""
import statistics, sys

runs = {}
for line in open(sys.argv[1]):
    run = dict(pair.split("=", 1) for pair in line.split())
    key = run.pop("work"), run.pop("peer")
    runs.setdefault(key, []).append({name: float(value) for name, value in run.items()})


def of(work, peer, key):
    return [run[key] for run in runs[work, peer]]


def ratio(ours, theirs):
    """Median of the ratios within a round: the disk's speed drifts between rounds and less within one."""
    return statistics.median(our / their for our, their in zip(ours, theirs))


print(f"{'work':12} {'writer':12} {'records/s':>9} {'cpu_us':>7} {'user':>6} {'kernel':>6} {'batch':>6} {'p50_us':>7} {'p99_us':>7} {'runs':>4}")
for (work, peer), all_runs in sorted(runs.items()):
    user, kernel, batch = (
        f"{statistics.median(of(work, peer, key)):.1f}" if key in all_runs[0] else ""
        for key in ("log_user_us", "log_kernel_us", "batch"))
    print(f"{work:12} {peer:12} {statistics.median(of(work, peer, 'rps')):9.0f}"
          f" {statistics.median(of(work, peer, 'cpu_us_op')):7.2f} {user:>6} {kernel:>6} {batch:>6}"
          f" {statistics.median(of(work, peer, 'p50_us')):7.0f} {statistics.median(of(work, peer, 'p99_us')):7.0f}"
          f" {len(all_runs):4d}")

print("\nwanted")


def wanted(text, found, most=None, least=None):
    holds = found <= most if most is not None else found >= least
    bound = f"<= {most:.2f}" if most is not None else f">= {least:.2f}"
    print(f"  {'yes' if holds else 'NO ':3} {text}: {found:.2f} (wanted {bound})")


syncs = of("sync", "disk", "p50_us")
for work in sorted({work for work, peer in runs if peer == "portcullis"}, key=lambda work: int(work.split("-")[1])):
    wanted(f"{work} records/s, x the C loop", ratio(of(work, "portcullis", "rps"), of(work, "c", "rps")), least=0.6)
    # What the log adds to the C loop's writing, syncing and waking: its threads' time in the program itself.
    wanted(f"{work} CPU of the log's threads in us a record, chain and tree",
           statistics.median(of(work, "portcullis", "log_user_us")), most=5)
    if work == "append-1":
        wanted(f"{work} p50, x fdatasync p50", ratio(of(work, "portcullis", "p50_us"), syncs), most=2)
    else:
        # With all producers waiting half of them wait for two syncs of full batches, whoever writes.
        print(f"      {work} p50: {ratio(of(work, 'portcullis', 'p50_us'), syncs):.2f} x fdatasync p50 of one record,"
              f" {ratio(of(work, 'portcullis', 'p50_us'), of(work, 'c', 'p50_us')):.2f} x the C loop's")
    late = [(ours - alone) / 1000
            for ours, alone in zip(of(work, "portcullis", "p99_us"), of(work, "unpublished", "p99_us"))]
    wanted(f"{work} p99 with checkpoints less p99 without, in ms", statistics.median(late), most=1)
