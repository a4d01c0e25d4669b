#!/usr/bin/env python3
"""Prints prose as rows of text, with a value in every few kilobytes: sparse.py FILE..."""
import json
import sys

BYTES_BETWEEN = 3_000
VALUES = [
    "My card 4111 1111 1111 1111 was declined.", "Write to jane.roe@mail.example about it.", "Call +44 20 7946 0958 after six.",
    "The account is GB33BUKB20201555555555.", "It came from 203.0.113.77 at night.", "My CNIC is 35202-1234567-1.",
]

count = since = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        paragraphs = file.read().split("\n\n")
    for paragraph in paragraphs:
        text = " ".join(paragraph.split())
        # Tables and programs are not what customers write.
        if len(text) < 80 or text[0] in "|`#-*{<":
            continue
        since += len(text)
        if since >= BYTES_BETWEEN:
            since = 0
            text += " " + VALUES[count % len(VALUES)]
        count += 1
        print(json.dumps({"id": str(count), "text": text, "spans": []}, ensure_ascii=False))
