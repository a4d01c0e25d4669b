"""Reads a log's tree with programs that are not ours: pymerkle for hashes and proofs, python-ecdsa for signatures.

`merkle_reader.py log DIR VKEY [PROOF…]` builds pymerkle's tree over all records of the log in DIR and compares every stored
checkpoint and every tlog-proof with it. `merkle_reader.py tree` reads from standard input
`{"leaves": […], "roots": […], "inclusion": [[index, size, [hash…]]…], "consistency": [[old, size, [hash…]]…]}`, in base64.

Prints what it compared. Ends with 1 at the first thing that differs.
"""

import base64
import hashlib
import json
import pathlib
import sys

import ecdsa
import pymerkle


def tree_of(leaves):
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree


def expect(condition, what):
    if not condition:
        sys.exit(f"differs: {what}")


def check_inclusion(tree, index, size, hashes):
    # pymerkle counts leaves from one, and begins its path with the leaf's own hash.
    proof = tree.prove_inclusion(index + 1, size)
    expect(proof.path[0] == tree.get_leaf(index + 1), f"leaf {index}")
    expect(proof.path[1:] == hashes, f"inclusion of {index} in {size}")


def check_consistency(tree, old, size, hashes):
    """RFC 9162 2.1.4.2 by pymerkle's hashing, against pymerkle's roots; and pymerkle's own proof must hold too."""
    first, second = tree.get_root(old), tree.get_root(size)
    pymerkle.verify_consistency(first, second, tree.prove_consistency(old, size), prior_size=old, later_size=size)
    if old == size:
        return expect(hashes == [], f"consistency {old} -> {size}")
    path = list(hashes)
    if old & (old - 1) == 0:
        path.insert(0, first)
    expect(path, f"consistency {old} -> {size} is empty")
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for node in path[1:]:
        expect(sn != 0, f"consistency {old} -> {size} is too long")
        if fn & 1 or fn == sn:
            fr, sr = tree.hash_pair(node, fr), tree.hash_pair(node, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = tree.hash_pair(sr, node)
        fn, sn = fn >> 1, sn >> 1
    expect((fr, sr, sn) == (first, second, 0), f"consistency {old} -> {size}")


def read_note(text, vkey):
    """The size and root that a checkpoint states, once its signature by the log's key holds."""
    body, signatures = text.rsplit("\n\n", 1)
    body += "\n"
    origin, size, root = body.splitlines()
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded)
    expect(origin == name and key[0] == 1, "the origin or the key's kind")
    expect(hashlib.sha256(f"{name}\n".encode() + key).digest()[:4].hex() == key_id, "the key's identifier")
    verifier = ecdsa.VerifyingKey.from_string(key[1:], curve=ecdsa.Ed25519)
    for line in signatures.splitlines():
        mark, signer, signature = line.split(" ")
        raw = base64.b64decode(signature)
        if mark == "\u2014" and signer == name and raw[:4].hex() == key_id:
            verifier.verify(raw[4:], body.encode())
            return int(size), base64.b64decode(root)
    return sys.exit("no signature by the log's key")


def read_log(folder, vkey, proofs):
    records = []
    for segment in sorted(folder.glob("seg-*.jsonl")):
        records += segment.read_bytes().split(b"\n")[:-1]
    tree = tree_of(records)
    notes = sorted((folder / "checkpoints").glob("*.note"))
    for path in notes:
        size, root = read_note(path.read_text(encoding="utf-8"), vkey)
        expect(size == int(path.stem) and tree.get_root(size) == root, f"{path.name}")
    for path in proofs:
        head, note = pathlib.Path(path).read_text(encoding="utf-8").split("\n\n", 1)
        magic, extra, index, *hashes = head.splitlines()
        size, root = read_note(note, vkey)
        expect(magic == "c2sp.org/tlog-proof@v1" and index.startswith("index "), "the proof's head")
        number = int(index.removeprefix("index "))
        expect(base64.b64decode(extra.removeprefix("extra ")) == records[number], f"record {number}")
        expect(tree.get_root(size) == root, f"the root of {path}")
        check_inclusion(tree, number, size, [base64.b64decode(hash) for hash in hashes])
    print(f"agrees: {len(records)} records, {len(notes)} checkpoints, {len(proofs)} proofs")


def read_tree():
    given = json.load(sys.stdin)
    tree = tree_of([base64.b64decode(leaf) for leaf in given["leaves"]])
    for size, root in enumerate(given["roots"]):
        expect(tree.get_root(size) == base64.b64decode(root), f"root of {size}")
    for index, size, hashes in given["inclusion"]:
        check_inclusion(tree, index, size, [base64.b64decode(hash) for hash in hashes])
    for old, size, hashes in given["consistency"]:
        check_consistency(tree, old, size, [base64.b64decode(hash) for hash in hashes])
    print(f"agrees: {len(given['roots'])} roots, {len(given['inclusion'])} {len(given['consistency'])} proofs")


if sys.argv[1] == "log":
    read_log(pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
else:
    read_tree()
