#!/usr/bin/env python3
"""A second reader of the audit log, written from docs/formats/audit-log.md alone.

    audit_reader.py DIR      prints "OK <records> <head>" and exits 0, or "BAD <seq> <why>" and exits 1
"""
import hashlib
import json
import os
import re
import stat
import sys

DOMAIN = b"portcullis.audit.record.v1\n"
ZEROS = b"0" * 64
HEAD = re.compile(
    rb'\{"v":1,"seq":(0|[1-9][0-9]{0,15}),"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)","type":"([a-z0-9_.]{1,64})",')
TAIL = re.compile(rb',"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\Z')
NAME = re.compile(r"seg-(\d{20})\.jsonl\Z")
SHORT = {0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
BODY_MAX, TORN_MAX, INTEGER_MAX = 65535, (1 << 20) + 65536, 2**53 - 1


class Bad(Exception):
    """A record that is wrong or missing."""


def must_escape(code):
    return (code < 0x20 or 0x7F <= code <= 0x9F or 0x2028 <= code <= 0x202E or 0x2066 <= code <= 0x2069
            or code == 0xFEFF)


def encode_text(text):
    out = []
    for character in text:
        code = ord(character)
        out.append(SHORT.get(code) or ("\\u%04x" % code if must_escape(code) else character))
    return '"' + "".join(out) + '"'


def encode(value, level=0):
    """The one encoding of a value; numbers other than integers never compare equal to their line."""
    if level > 8:
        raise Bad("depth")
    if isinstance(value, Members):
        names = [name for name, _ in value]
        if len(set(names)) != len(names):
            raise Bad("a name twice")
        return "{" + ",".join(encode_text(n) + ":" + encode(v, level + 1) for n, v in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(encode(element, level + 1) for element in value) + "]"
    if isinstance(value, str):
        return encode_text(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) <= INTEGER_MAX:
        return str(value)
    raise Bad("a number")


class Members(list):
    """An object's members in the order of the text, repeated names included."""

    def get(self, name):
        return dict(self).get(name)


def record_hash(body):
    return hashlib.sha256(DOMAIN + body[:-75]).hexdigest().encode()


def is_record(line):
    return bool(HEAD.match(line) and TAIL.search(line)) and TAIL.search(line).group(2) == record_hash(line)


class Log:
    def __init__(self, directory):
        self.directory = directory
        self.seq, self.previous, self.time, self.type = 0, ZEROS, b"", None
        self.opens_process = False
        self.before = None

    def segments(self):
        found = []
        for name in sorted(os.listdir(self.directory)):
            if name.startswith("seg-"):
                match = NAME.match(name)
                if not match or not stat.S_ISREG(os.lstat(os.path.join(self.directory, name)).st_mode):
                    raise Bad("name " + repr(name))
                found.append((int(match.group(1)), name))
        if not found or found[0][0] != 0:
            raise Bad("no first segment")
        return found

    def verify(self):
        segments = self.segments()
        for index, (first, name) in enumerate(segments):
            if first != self.seq:
                raise Bad("a gap before " + name)
            end = segments[index + 1][0] if index + 1 < len(segments) else None
            self.segment(index, name, end)
        return self.seq, self.previous.decode()

    def segment(self, index, name, end):
        with open(os.path.join(self.directory, name), "rb") as file:
            data = file.read()
        offset, first = 0, self.seq
        while offset < len(data) and self.seq != end:
            stop = data.find(b"\n", offset)
            if stop < 0:
                raise Bad("a line without LF")
            self.line(data[offset:stop], index, self.seq == first)
            offset = stop + 1
        if self.seq == first or (end is not None and self.seq != end):
            raise Bad("the segment ends early")
        self.before = (name, self.seq - first, offset, data[offset:])

    def line(self, body, index, is_first):
        if not 0 < len(body) <= BODY_MAX:
            raise Bad("length")
        head, tail = HEAD.match(body), TAIL.search(body)
        if not head or not tail or head.end() - 1 > tail.start():
            raise Bad("shape")
        if int(head.group(1)) != self.seq:
            raise Bad("seq")
        if tail.group(1) != self.previous:
            raise Bad("prev")
        if tail.group(2) != record_hash(body):
            raise Bad("hash")
        try:
            record = json.loads(body.decode("utf-8"), object_pairs_hook=Members)
        except ValueError as error:
            raise Bad("json: %s" % error)
        if encode(record).encode() != body:
            raise Bad("encoding")
        skew = record.get("clock_skew_us")
        if head.group(2) < self.time or (skew is not None and (skew < 1 or head.group(2) != self.time)):
            raise Bad("time")
        self.structure(head.group(3).decode(), record, index, is_first)
        self.seq += 1
        self.previous, self.time = tail.group(2), head.group(2)

    def structure(self, kind, record, index, is_first):
        if (kind == "log.genesis") != (self.seq == 0) or (kind == "segment.open") != (is_first and self.seq > 0):
            raise Bad("a header out of its place, or none in it")
        if self.type == "gateway.stop" and not is_first:
            raise Bad("a record after gateway.stop")
        if kind == "gateway.start" and not self.opens_process:
            raise Bad("a start in the middle")
        self.opens_process = kind == "log.genesis"
        if kind == "log.genesis" and record.get("log").get("format") != "portcullis-audit/1":
            raise Bad("another format")
        if kind == "segment.open":
            self.header(record.get("segment"), index)
        self.type = kind

    def header(self, segment, index):
        name, records, size, rest = self.before
        before = segment.get("prev")
        if (segment.get("index"), before.get("name"), before.get("records"), before.get("bytes")) != (
                index, name, records, size):
            raise Bad("the header does not describe the segment before")
        reason = segment.get("reason")
        if (reason == "start") != (self.type == "gateway.stop"):
            raise Bad("reason")
        torn = segment.get("torn")
        sealed = (torn.get("offset"), torn.get("bytes"), torn.get("sha256")) if torn is not None else None
        found = (size, len(rest), hashlib.sha256(rest).hexdigest()) if rest else None
        if sealed != found or (sealed and reason != "recovery") or len(rest) > TORN_MAX:
            raise Bad("torn tail")
        if any(is_record(line) for line in rest.split(b"\n")[:-1]):
            raise Bad("a record passed off as torn")
        self.opens_process = reason in ("start", "recovery")


def main():
    log = Log(sys.argv[1])
    try:
        print("OK %d %s" % log.verify())
    except Bad as bad:
        print("BAD %d %s" % (log.seq, bad))
        sys.exit(1)


if __name__ == "__main__":
    main()
