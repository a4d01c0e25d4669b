#!/usr/bin/env python3
"""Scores Portcullis and Presidio on labelled rows, beside what is wanted.

    scores.py PORTCULLIS PYTHON ROWS SCORER WORK

PORTCULLIS is the binary, PYTHON an interpreter with Presidio, ROWS a directory of bank_*.jsonl and synth_*.jsonl, SCORER
score.py, WORK a directory for predictions. Exits 1 where a wanted figure of Portcullis does not hold.
"""
import json
import pathlib
import subprocess
import sys

# Those of the bank's types for which Presidio has a recogniser of its own that needs no model.
PRESIDIO_TYPES = set(
    """ABA_ROUTING BANK_ACCOUNT CREDIT_CARD CRYPTO_ADDRESS DE_TAX_ID DRIVER_LICENSE EMAIL_ADDRESS IBAN_CODE IN_AADHAAR IN_PAN
    IP_ADDRESS MAC_ADDRESS PASSPORT PHONE_NUMBER UK_NINO US_ITIN US_SSN""".split())

BANK = [
    ("leak %", lambda s: s["all"]["leak_rate"], "<=", 5),
    ("leak %, mean of types", lambda s: s["all"]["leak_rate_by_type_mean"], "<=", 6),
    ("over-redaction %", lambda s: s["all"]["over_redaction"], "<=", 1),
    ("rows without PII touched %", lambda s: s["all"]["negative_row_fp_rate"], "<=", 3),
    ("decoys touched %", lambda s: s["all"]["decoy_hit_rate"], "<=", 2),
    ("strict F2", lambda s: s["all"]["strict"]["f2"], ">=", 90),
    ("obfuscated spans wholly redacted %", lambda s: s["slices"]["obfuscated"]["spans_fully_redacted"], ">=", 90),
]
CLEAR = [
    ("leak %", lambda s: s["all"]["leak_rate"], "<=", 2),
    ("over-redaction %", lambda s: s["all"]["over_redaction"], "<=", 0.6),
    ("overlap precision %", lambda s: s["all"]["overlap"]["precision"], ">=", 97),
]
STRUCTURED = [
    ("leak %", lambda s: s["all"]["leak_rate"], "<=", 4),
    ("over-redaction %", lambda s: s["all"]["over_redaction"], "<=", 0.5),
    ("rows without PII touched %", lambda s: s["all"]["negative_row_fp_rate"], "<=", 1),
    ("overlap F2", lambda s: s["all"]["overlap"]["f2"], ">=", 94),
]
CORE = [
    ("leak %", lambda s: s["all"]["leak_rate"], "<=", 20),
    ("over-redaction %", lambda s: s["all"]["over_redaction"], "<=", 3),
    ("rows without PII touched %", lambda s: s["all"]["negative_row_fp_rate"], "<=", 5),
]


def percent(figure):
    return float("nan") if figure is None else 100 * figure


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE).stdout


def clear_rows(gold, work):
    """The undisguised rows whose values are all of types that Presidio has."""
    chosen = work / f"{gold.stem}-clear.jsonl"
    with gold.open(encoding="utf-8") as rows, chosen.open("w", encoding="utf-8") as out:
        for line in rows:
            row = json.loads(line)
            types = {span["type"] for span in row["spans"]}
            if types and types <= PRESIDIO_TYPES and "obf" not in row:
                out.write(line)
    return chosen


def only(predictions, gold):
    """The predictions of the rows that `gold` has."""
    chosen = predictions.with_name(f"{gold.stem}-{predictions.name}")
    ids = {json.loads(line)["id"] for line in gold.open(encoding="utf-8")}
    with predictions.open(encoding="utf-8") as rows, chosen.open("w", encoding="utf-8") as out:
        out.writelines(line for line in rows if json.loads(line)["id"] in ids)
    return chosen


def main():
    binary, python, rows, scorer, work = (pathlib.Path(argument) for argument in sys.argv[1:])
    here = pathlib.Path(__file__).parent
    held = True
    for gold in sorted(rows.glob("*.jsonl")):
        parts = [(gold, BANK, "core", "all types"), (clear_rows(gold, work), CLEAR, "core", "clear, Presidio's 17 types")]
        if gold.stem.startswith("synth"):
            parts = [(gold, STRUCTURED, "structured", "structured"), (gold, CORE, "core", "core")]
        elif not gold.stem.startswith("bank"):
            continue
        predicted = {}
        for name, command in [
            ("portcullis", [binary, "redact", "eval", gold, "--predictions"]),
            ("presidio", [python, here / "presidio.py", gold]),
        ]:
            predicted[name] = work / f"{gold.stem}-{name}.jsonl"
            print(f"scores: {name} on {gold.name}", file=sys.stderr)
            run(*command, predicted[name], *(["--seconds", "0"] if name == "presidio" else []))
        for part, wanted, profile, title in parts:
            found = {
                name: json.loads(run(
                    sys.executable, scorer, part, file if part == gold else only(file, part), "--profile", profile, "--json"))
                for name, file in predicted.items()
            }
            print(f"\n{gold.stem}, {title:32} {'portcullis':>12} {'wanted':>10} {'presidio':>10}")
            for label, figure, sign, bound in wanted:
                ours, theirs = (percent(figure(found[name])) for name in ("portcullis", "presidio"))
                # What cannot be told (nan) does not hold either.
                holds = ours <= bound if sign == "<=" else ours >= bound
                held = held and holds
                print(f"  {label:40} {ours:8.1f} {'' if holds else 'NO':3} {sign:>6} {bound:4} {theirs:9.1f}")
    sys.exit(0 if held else 1)


main()
