#!/usr/bin/env python3
"""A second reader of the audit log, written from docs/formats/audit-log.md alone. It leaves to others who has signed a
checkpoint, and logs of which the first segments were removed.

    audit_reader.py [--signed] DIR...   "OK <records> <size> <head>" or "BAD <code> <seq>" for each; exits 1 for a BAD
"""
import base64, datetime, hashlib, json, os, pathlib, re, sys

DOMAIN, BODY_MAX, TORN_MAX, INTEGER_MAX = b"portcullis.audit.record.v1\n", 65535, (1 << 20) + 65536, 2**53 - 1
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
HEAD = re.compile(rb'\{"v":1,"seq":(0|[1-9][0-9]{0,15}),"time":"(.{27})","type":"([a-z0-9_.]{1,64})",', re.S)
TAIL = re.compile(rb',"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\Z')
TEXT = re.compile(r'"(?:[^"\\\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]|\\(?:["\\btnfr]|'
                  r'u(?:000[0-7bef]|001[0-9a-f]|007f|00[89][0-9a-f]|202[89a-e]|206[6-9]|feff)))*')
INTEGER = re.compile("(?:0|-?[1-9][0-9]{0,15})(?![0-9.eE])")
SEGMENT, NOTE_NAME = re.compile("seg-([0-9]{20})[.]jsonl"), re.compile("([0-9]{20})[.]note")
NOTE = re.compile("([^\\s+\0-\x1f]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n"
                  "(?:\u2014 [^\\s+\0-\x1f]+ [A-Za-z0-9+/=]{8,}\n){1,64}")

class Bad(Exception):
    """A code, and the first record that is wrong or missing: None for the one that was to be read next."""
def expect(holds, code, seq=None):
    if not holds:
        raise Bad(code, seq)

def check_bytes(body):
    expect(0 < len(body) <= BODY_MAX, "LINE_TOO_LONG" if body else "BLANK_LINE")
    end = len(body)
    try:
        body.decode()
    except UnicodeDecodeError as error:
        end = error.start
    control = re.search(rb"[\x00-\x1f\x7f]", body[:end])
    expect(not control, "CARRIAGE_RETURN" if control and control[0] == b"\r" else "CONTROL_BYTE")
    expect(end == len(body), "NOT_UTF8")
    expect(not body.startswith(b"\xef\xbb\xbf"), "BOM")

def symbol(text, at, wanted):
    expect(text[at:at + 1] == wanted, "JSON_WHITESPACE" if text[at:at + 1] == " " else "JSON_SYNTAX")
    return at + 1

def value(text, at=0, level=0):
    """The value that begins at a place of a line, in the one encoding that section 4 allows, and where it ends."""
    expect(level <= 8, "JSON_DEPTH")
    start = text[at:at + 1]
    if start == '"':
        end = TEXT.match(text, at).end()
        expect(text[end:end + 1] == '"', "JSON_ESCAPE" if text[end:] else "JSON_SYNTAX")
        return json.loads(text[at:end + 1]), end + 1
    if start in ("{", "["):
        closing, pairs, at = "}" if start == "{" else "]", [], at + 1
        while pairs or text[at:at + 1] != closing:
            name, at = value(text, symbol(text, at, '"') - 1, level) if start == "{" else (len(pairs), at)
            element, at = value(text, symbol(text, at, ":") if start == "{" else at, level + 1)
            pairs.append((name, element))
            if text[at:at + 1] == closing:
                break
            at = symbol(text, at, ",")
        expect(len(dict(pairs)) == len(pairs), "JSON_DUPLICATE_KEY")
        return dict(pairs) if start == "{" else [element for _, element in pairs], at + 1
    if start and start in "-0123456789":
        number = INTEGER.match(text, at)
        expect(number and abs(int(number[0])) <= INTEGER_MAX, "JSON_NUMBER")
        return int(number[0]), number.end()
    word = {"t": "true", "f": "false", "n": "null"}.get(start, "?")
    expect(text.startswith(word, at) and word != "?", "JSON_WHITESPACE" if start == " " else "JSON_SYNTAX")
    return json.loads(word), at + len(word)

def fold(hashes, count):
    while len(hashes) > count:
        hashes[-2:] = [hashlib.sha256(b"\1" + hashes[-2] + hashes[-1]).digest()]
    return hashes

def is_record(line):
    return HEAD.match(line) and hashlib.sha256(DOMAIN + line[:-75]).hexdigest().encode() == line[-66:-2]

class Log:
    def __init__(self, directory, is_signed):
        self.directory, self.is_signed = pathlib.Path(directory), is_signed
        self.seq, self.previous, self.time, self.type, self.origin = 0, b"0" * 64, "", None, None
        self.opens_process, self.before, self.notes, self.newest = False, None, {}, None
        self.subtrees, self.agreed = [], 0  # of complete subtrees, left to right; the last size whose root is right
    def names(self, folder, prefix, pattern):
        path = self.directory / folder
        found = [n for n in (os.listdir(path) if path.is_dir() else ()) if n.startswith(prefix) and n[0] != "."]
        expect(all(map(pattern.fullmatch, found)), "BAD_NAME", "-")
        return sorted(found)
    def note(self, name, size=None):
        path = self.directory / name
        if path.is_symlink() or not path.exists():
            return Bad("NOT_REGULAR", size) if path.is_symlink() else None
        try:
            match = NOTE.fullmatch(path.read_bytes().decode())
            for text in re.findall(r"[^ \n]{8,}(?=\n)", match[0])[1:]:
                expect(base64.b64encode(base64.b64decode(text)).decode() == text, "CHECKPOINT_FORMAT")
            expect(size in (None, int(match[2])) and int(match[2]) <= INTEGER_MAX, "CHECKPOINT_FORMAT")
            return match[1], int(match[2]), base64.b64decode(match[3])
        except (Bad, TypeError, ValueError):
            return Bad("CHECKPOINT_FORMAT", size)
    def verify(self):
        for name in self.names("checkpoints", "", NOTE_NAME):
            self.notes[int(name[:20])] = self.note("checkpoints/" + name, int(name[:20]))
        self.newest, names = self.note("checkpoint"), self.names("", "seg-", SEGMENT)
        firsts = [int(name[4:24]) for name in names] + [None]
        expect(firsts[0] == 0, "HEAD_TRUNCATED", 0)
        for index, name in enumerate(names):
            self.segment(index, name, firsts[index + 1], names[index + 1:])
        self.finish()
        return self.seq, self.agreed, self.previous.decode()
    def segment(self, index, name, end, later):
        path, offset, first = self.directory / name, 0, int(name[4:24])
        expect(not path.is_symlink(), "NOT_REGULAR", first)
        expect(data := path.read_bytes(), "SEGMENT_EMPTY", first)
        while self.seq != end and offset < len(data):
            stop = data.find(b"\n", offset, offset + BODY_MAX + 1)
            if stop < 0:
                expect(len(data) - offset <= BODY_MAX, "LINE_TOO_LONG")
                expect(end is not None, "TORN_TAIL")
                break
            self.line(data[offset:stop], index, self.seq == first)
            offset = stop + 1
        if end not in (None, self.seq):
            is_named = b'"prev":{"name":"%s"' % name.encode() in (self.directory / later[0]).read_bytes()[:BODY_MAX]
            expect(False, "SEGMENT_SHORT" if is_named else "SEGMENT_GAP")
        self.before = (name, self.seq - first, offset, data[offset:])
    def line(self, body, index, is_first):
        check_bytes(body)
        head, tail = HEAD.match(body), TAIL.search(body)
        expect(head and tail and head.end() - 1 <= tail.start(), "SHAPE")
        expect(int(head[1]) == self.seq, "SEQ")
        expect(tail[1] == self.previous, "PREV_MISMATCH")
        expect(is_record(body), "HASH_MISMATCH")
        (record, end), time = value(body.decode()), head[2].decode("utf-8", "replace")
        expect(end == len(body.decode()), "JSON_SYNTAX")
        try:
            expect(time >= "1970" and datetime.datetime.strptime(time, TIME).strftime(TIME) == time, "TIME_FORMAT")
        except ValueError:
            raise Bad("TIME_FORMAT", None) from None
        expect(time >= self.time, "TIME_ORDER")
        skew = record.get("clock_skew_us", 1)
        expect(type(skew) is int and skew > 0 and ("clock_skew_us" not in record or time == self.time), "CLOCK_SKEW")
        self.structure(head[3].decode(), record, index, is_first)
        self.seq, self.previous, self.time, self.type = self.seq + 1, tail[2], time, head[3].decode()
        self.subtrees.append(hashlib.sha256(b"\0" + body).digest())
        fold(self.subtrees, self.seq.bit_count())
        self.compare(self.notes.get(self.seq))
        self.compare(self.newest if isinstance(self.newest, tuple) and self.newest[1] == self.seq else None)
    def structure(self, kind, record, index, is_first):
        other = "AFTER_STOP" if self.type == "gateway.stop" and not is_first else "HEADER"
        expect(is_first == (kind in ("log.genesis", "segment.open")), other if self.seq else "GENESIS")
        expect((self.seq == 0) == (kind == "log.genesis"), "GENESIS")
        opening = record.get("segment") if kind == "segment.open" else {}
        self.header(opening, index) if opening else None
        expect(kind != "gateway.start" or self.opens_process, "STRUCTURE")
        self.opens_process = kind == "log.genesis" or opening.get("reason") in ("start", "recovery")
        if kind == "log.genesis":
            log = record.get("log", {})
            expect(log.get("format") == "portcullis-audit/1" and log.get("hash") == "sha256", "GENESIS")
            self.origin = log.get("origin")
    def header(self, opening, index):
        name, records, size, rest = self.before
        torn, reason = opening.get("torn"), opening.get("reason")
        expect((reason == "start") == (self.type == "gateway.stop") and (not torn or reason == "recovery"), "HEADER")
        before = {"name": name, "records": records, "bytes": size}
        expect(opening.get("index") == index and opening.get("prev") == before, "HEADER")
        expect(torn or not rest, "TRAILING_BYTES")
        found = {"offset": size, "bytes": len(rest), "sha256": hashlib.sha256(rest).hexdigest()}
        hidden = any(is_record(line) for line in rest.split(b"\n")[:-1])
        expect(not torn or (torn == found and len(rest) <= TORN_MAX and not hidden), "TORN_MISMATCH")
    def compare(self, note):
        if isinstance(note, Bad):
            raise note
        if note:
            expect(note[0] == self.origin, "ORIGIN", self.seq)
            expect(fold(list(self.subtrees), 1)[0] == note[2], "ROOT_MISMATCH", self.agreed)
            self.agreed = self.seq
    def finish(self):
        for size, note in sorted(self.notes.items()):
            if size > self.seq:
                raise note if isinstance(note, Bad) else Bad("TRUNCATED", None)
        if isinstance(self.newest, Bad):
            raise Bad(self.newest.args[0], max(self.notes, default=0))
        expect(self.newest or not (self.notes or self.is_signed), "CHECKPOINT_MISSING", 0)
        if self.newest:
            size, is_stopped = self.newest[1], self.type == "gateway.stop"
            expect(size <= self.seq, "TRUNCATED")
            expect(size in self.notes, "CHECKPOINT_MISSING", size)
            expect(size == max(self.notes) and (size == self.seq or not is_stopped), "CHECKPOINT_STALE", size)

def read(directory, is_signed):
    log = Log(directory, is_signed)
    try:
        return ("OK", *log.verify())
    except Bad as bad:
        return "BAD", bad.args[0], log.seq if bad.args[1] is None else bad.args[1]

if __name__ == "__main__":
    answers = [read(name, "--signed" in sys.argv) for name in sys.argv[1:] if name != "--signed"]
    print("\n".join(" ".join(map(str, answer)) for answer in answers))
    sys.exit(any(answer[0] == "BAD" for answer in answers))
