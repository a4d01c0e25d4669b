#!/usr/bin/env python3
"""A second reader of the audit log, written from docs/formats/audit-log.md alone.

    audit_reader.py DIR [VKEY]   prints "OK <records> <head>" and exits 0, or "BAD <seq> <why>" and exits 1; with the log's
                                 key it wants checkpoints too (openssl checks their signatures), and adds the newest size
"""
import base64, hashlib, json, os, pathlib, re, stat, subprocess, sys, tempfile

DOMAIN, ZEROS = b"portcullis.audit.record.v1\n", b"0" * 64
HEAD = re.compile(
    rb'\{"v":1,"seq":(0|[1-9][0-9]{0,15}),"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)","type":"([a-z0-9_.]{1,64})",')
TAIL = re.compile(rb',"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\Z')
SEGMENT, NOTE_NAME = re.compile(r"seg-(\d{20})\.jsonl\Z"), re.compile(r"(\d{20})\.note\Z")
NOTE = re.compile(rb"(([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([^\s]{44})\n)\n((?:\xe2\x80\x94 [^\s+]+ [^\s]+\n)+)")
SHORT = {0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
ESCAPED = re.compile('["\\\\\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]')
BODY_MAX, TORN_MAX, INTEGER_MAX = 65535, (1 << 20) + 65536, 2**53 - 1
DER = bytes.fromhex("302a300506032b6570032100")  # what RFC 8410 puts before an Ed25519 key

class Bad(Exception):
    """A record that is wrong or missing, and its number where it is not the next one's."""
    def __init__(self, why, seq=None):
        super().__init__(why)
        self.seq = seq

class Members(list):
    """An object's members in the order of the text, repeated names included."""

    def get(self, name):
        return dict(self).get(name)

def encode_text(text):
    return '"' + ESCAPED.sub(lambda c: SHORT.get(ord(c[0])) or "\\u%04x" % ord(c[0]), text) + '"'

def encode(value, level=0):
    """The one encoding of a value; numbers other than integers never compare equal to their line."""
    if level > 8:
        raise Bad("depth")
    if isinstance(value, Members):
        if len({name for name, _ in value}) != len(value):
            raise Bad("a name twice")
        return "{" + ",".join(encode_text(n) + ":" + encode(v, level + 1) for n, v in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(encode(element, level + 1) for element in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > INTEGER_MAX):
        raise Bad("a number")
    return encode_text(value) if isinstance(value, str) else str(value)

def is_hash_right(body):
    return hashlib.sha256(DOMAIN + body[:-75]).hexdigest().encode() == TAIL.search(body).group(2)

def decode(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data) != text:
        raise ValueError("not canonical")
    return data

def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()

def is_signature(signature, text, key):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("key", "text", "signature")]
        for path, data in zip(paths, (DER + key, text, signature)):
            pathlib.Path(path).write_bytes(data)
        words = "openssl pkeyutl -verify -pubin -keyform DER -rawin -inkey {} -in {} -sigfile {}".format(*paths)
        return subprocess.run(words.split(), capture_output=True).returncode == 0

class Log:
    def __init__(self, directory):
        self.directory = directory
        self.seq, self.previous, self.time, self.type = 0, ZEROS, b"", None
        self.opens_process, self.before = False, None
        self.leaves, self.keys = [], []  # keys: the first size at which each signs, and its vkey
    def names(self, folder, pattern):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            match = pattern.match(name)
            if match or name.startswith("seg-") or (pattern is NOTE_NAME and not name.startswith(".")):
                if not match or not stat.S_ISREG(os.lstat(os.path.join(folder, name)).st_mode):
                    raise Bad("name " + repr(name))
                yield int(match.group(1)), name
    def verify(self):
        segments = list(self.names(self.directory, SEGMENT))
        if not segments or segments[0][0] != 0:
            raise Bad("no first segment")
        for index, (first, name) in enumerate(segments):
            if first != self.seq:
                raise Bad("a gap before " + name)
            self.segment(index, name, segments[index + 1][0] if index + 1 < len(segments) else None)
        return self.seq, self.previous.decode()
    def segment(self, index, name, end):
        data = pathlib.Path(self.directory, name).read_bytes()
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
        head, tail = HEAD.match(body), TAIL.search(body)
        if len(body) > BODY_MAX or not head or not tail or head.end() - 1 > tail.start():
            raise Bad("length or shape")
        if int(head.group(1)) != self.seq or tail.group(1) != self.previous or not is_hash_right(body):
            raise Bad("seq, prev or hash")
        try:
            record = json.loads(body.decode("utf-8"), object_pairs_hook=Members)
        except ValueError as error:
            raise Bad("json: %s" % error)
        skew = record.get("clock_skew_us")
        if encode(record).encode() != body or head.group(2) < self.time or (
                skew is not None and (skew < 1 or head.group(2) != self.time)):
            raise Bad("encoding or time")
        self.structure(head.group(3).decode(), record, index, is_first)
        self.leaves.append(hashlib.sha256(b"\0" + body).digest())
        self.seq, self.previous, self.time = self.seq + 1, tail.group(2), head.group(2)
    def structure(self, kind, record, index, is_first):
        if (kind == "log.genesis") != (self.seq == 0) or (kind == "segment.open") != (is_first and self.seq > 0):
            raise Bad("a header out of its place, or none in it")
        if (self.type == "gateway.stop" and not is_first) or (kind == "gateway.start" and not self.opens_process):
            raise Bad("a record after gateway.stop, or a start in the middle")
        self.opens_process = kind == "log.genesis"
        if kind == "log.genesis":
            if record.get("log").get("format") != "portcullis-audit/1":
                raise Bad("another format")
            self.keys.append((0, record.get("log").get("vkey")))
        if kind == "key.rotate":
            if record.get("key").get("old") != self.keys[-1][1]:
                raise Bad("rotated from another key")
            self.keys.append((self.seq + 1, record.get("key").get("new")))
        if kind == "segment.open":
            self.header(record.get("segment"), index)
        self.type = kind
    def header(self, segment, index):
        name, records, size, rest = self.before
        before, reason, torn = segment.get("prev"), segment.get("reason"), segment.get("torn")
        if [segment.get("index")] + [before.get(n) for n in ("name", "records", "bytes")] != [index, name, records, size]:
            raise Bad("the header does not describe the segment before")
        sealed = (torn.get("offset"), torn.get("bytes"), torn.get("sha256")) if torn is not None else None
        found = (size, len(rest), hashlib.sha256(rest).hexdigest()) if rest else None
        if (reason == "start") != (self.type == "gateway.stop") or sealed != found or len(rest) > TORN_MAX or (
                sealed and reason != "recovery") or any(
                HEAD.match(line) and TAIL.search(line) and is_hash_right(line) for line in rest.split(b"\n")[:-1]):
            raise Bad("reason or torn tail")
        self.opens_process = reason in ("start", "recovery")
    def checkpoints(self, pin, is_whole):
        """Compares each checkpoint of the records that were read, by size, and then the newest one."""
        folder, agreed, pinned = os.path.join(self.directory, "checkpoints"), 0, False
        sizes = list(self.names(folder, NOTE_NAME))
        for size, name in [pair for pair in sizes if is_whole or pair[0] <= self.seq]:
            if self.note(os.path.join(folder, name), size) != root(self.leaves[:size]):
                raise Bad("root", agreed) if size <= self.seq else Bad("truncated")
            agreed, pinned = size, pinned or any(first <= size and key == pin for first, key in self.keys)
        if is_whole and (not sizes or not pinned):
            raise Bad("no checkpoint, or not of the pinned key", 0)
        if is_whole:
            self.note(os.path.join(self.directory, "checkpoint"), agreed)
            if self.type == "gateway.stop" and agreed != self.seq:
                raise Bad("the stopped log is not covered", agreed)
        return agreed
    def note(self, path, size):
        """The root that the checkpoint of this size states, once the keys of that size have signed it."""
        match = NOTE.fullmatch(pathlib.Path(path).read_bytes())
        try:
            lines = [line.split(b" ")[1:] for line in match.group(5).splitlines()]
            found = {(name, decode(text)[:4]): decode(text)[4:] for name, text in lines}
            if int(match.group(3)) != size:
                raise ValueError("size")
            for (first, key), (last, _) in zip(self.keys, self.keys[1:] + [(size, None)]):
                name, identifier, encoded = key.split("+", 2)
                signature = found.get((name.encode(), bytes.fromhex(identifier)), b"")
                if first <= size <= last and (match.group(2) != name.encode() or not is_signature(
                        signature, match.group(1), decode(encoded.encode())[1:])):
                    raise ValueError("signature")
            return decode(match.group(4))
        except (ValueError, AttributeError) as error:
            raise Bad("checkpoint: %s" % error, size)

def main():
    log, wanted, answer = Log(sys.argv[1]), sys.argv[2:], None
    try:
        try:
            answer = log.verify()
        finally:  # what disagrees before the break is the smaller position
            size = [log.checkpoints(wanted[0], answer is not None)] if wanted else []
        print("OK", *answer, *size)
    except (Bad, OSError) as bad:
        print("BAD %d %s" % (log.seq if getattr(bad, "seq", None) is None else bad.seq, bad))
        sys.exit(1)

if __name__ == "__main__":
    main()
