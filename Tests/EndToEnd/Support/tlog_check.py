"""Judges a log by others' code (aics-tlog): every stored checkpoint, its root and its signatures, the tiles, and proofs.

    tlog_check.py LOGDIR WITNESS_VKEY LOG_VKEY... [-- PROOF...]

Leaves come from the segments' lines, nothing else of the log is believed. Prints one line; fails by an exception.
"""
import base64
import pathlib
import sys

import aics_tlog as tlog


def check(condition, what):
    if not condition:
        raise SystemExit(f"tlog_check: {what}")


def read_proof(path):
    """A C2SP tlog-proof: the record, its number, the hashes and the checkpoint."""
    head, _, note = path.read_bytes().partition(b"\n\n")
    magic, extra, index, *hashes = head.decode().split("\n")
    check(magic == "c2sp.org/tlog-proof@v1" and extra.startswith("extra ") and index.startswith("index "), path)
    record = base64.b64decode(extra[6:], validate=True)
    return record, int(index[6:]), [base64.b64decode(line, validate=True) for line in hashes], note


def main():
    words = sys.argv[1:]
    split = words.index("--") if "--" in words else len(words)
    folder, witness, *logs = words[:split]
    folder = pathlib.Path(folder)
    keys = [tlog.parse_vkey(text) for text in logs]
    witness = tlog.parse_vkey(witness)
    records = [line for path in sorted(folder.glob("seg-*.jsonl")) for line in path.read_bytes().splitlines()]
    tree = tlog.MerkleTree(records)
    reader = tlog.FileSystemTileReader(folder)

    def judge(text):
        """The checkpoint in a note, and whether the witness signed it."""
        note = tlog.parse_note(text)
        results = [tlog.verify_checkpoint(note, key, [witness], 0, expected_origin=key.name) for key in keys]
        good = [result for result in results if result.log_ok]
        check(good, f"no log key signed: {[result.error for result in results]}")
        check(good[0].root == tree.root(good[0].size), f"the root of size {good[0].size}")
        return good[0].size, good[0].root, good[0].cosignature_count

    found = [judge(path.read_bytes()) for path in sorted((folder / "checkpoints").glob("*.note"))]
    newest = judge((folder / "checkpoint").read_bytes())
    check(newest == found[-1], "checkpoint is the newest of checkpoints/")
    check(newest[0] == len(records), "the newest checkpoint covers the log")
    check(tlog.tree_root_from_tiles(reader, newest[0]) == newest[1], "the root of the tiles")
    for (old, old_root, _), (new, new_root, _) in zip(found, found[1:]):
        proof = tlog.consistency_proof_from_tiles(reader, old, new, newest[0])
        check(tlog.verify_consistency(old, new, old_root, new_root, proof), f"{old} to {new}")
    proofs = [read_proof(pathlib.Path(path)) for path in words[split + 1:]]
    for record, index, hashes, note in proofs:
        size, root, _ = judge(note)
        check(record == records[index], f"the record of proof {index}")
        check(tlog.verify_leaf_inclusion(record, index, size, hashes, root), f"the inclusion of {index}")
        check(hashes == tree.inclusion_proof(index, size), f"the hashes of {index}")
    cosigned = max((size for size, _, count in found if count), default=0)
    print(f"checkpoints={len(found)} size={newest[0]} cosigned={cosigned} proofs={len(proofs)}")


main()
