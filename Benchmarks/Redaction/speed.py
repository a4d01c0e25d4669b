#!/usr/bin/env python3
"""Medians and ratios of the lines that redaction.sh writes, and which of the wanted figures hold: speed.py FILE."""
import json
import statistics
import sys

runs = {}
for line in open(sys.argv[1]):
    corpus, work, rest = line.split(" ", 2)
    key = corpus.split("=")[1], work.split("=")[1]
    if key[1] == "presidio":
        values = json.loads(rest)
        run = {"mb_s": values["mb_per_s"], "us_text": 1e6 * values["seconds"] / values["rows"]}
    else:
        run = {name: float(value) for name, value in (pair.split("=") for pair in rest.split())}
    runs.setdefault(key, []).append(run)


def median(key, name):
    return statistics.median(run[name] for run in runs[key])


print(f"\n{'corpus':8} {'work':10} {'MB/s':>9} {'us a text':>10} {'x Presidio':>10}")
for key in runs:
    ratio = statistics.median(ours["mb_s"] / theirs["mb_s"] for ours, theirs in zip(runs[key], runs[key[0], "presidio"]))
    print(f"{key[0]:8} {key[1]:10} {median(key, 'mb_s'):9.2f} {median(key, 'us_text'):10.2f} {ratio:10.0f}")

held = True


def wanted(text, found, bound, most=False):
    global held
    holds = found <= bound if most else found >= bound
    held = held and holds
    print(f"  {'yes' if holds else 'NO ':3} {text}: {found:.1f} (wanted {'<=' if most else '>='} {bound})")


print("\nwanted")
wanted("dense text, MB/s", median(("dense", "redact-4k"), "mb_s"), 60)
wanted("sparse text in blocks of 4 KiB, MB/s", median(("sparse", "redact-4k"), "mb_s"), 150)
message = [run["us_text"] * 75 / run["bytes"] for run in runs["dense", "redact"]]
wanted("a message of 75 bytes, us", statistics.median(message), 5, most=True)
for corpus in ("dense", "sparse"):
    ratio = [a["mb_s"] / b["mb_s"] for a, b in zip(runs[corpus, "redact"], runs[corpus, "presidio"])]
    wanted(f"{corpus} messages, x Presidio", statistics.median(ratio), 300)
sys.exit(0 if held else 1)
