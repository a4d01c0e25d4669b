#!/usr/bin/env python3
"""Measures `audit verify` on a log of its own, on one core and on all, beside OpenSSL's SHA-256 at 1 kB.

    Benchmarks/verify.py BINARY [--megabytes N] [--directory DIR]

BINARY is portcullis or portcullis-verify. The log, of N MB (1,000), is made in DIR (a folder of /var/tmp) and removed. Each
byte of a log is hashed twice, for the chain and for the tree.
"""
import argparse, base64, hashlib, os, pathlib, re, shutil, subprocess, sys, tempfile, time

ORIGIN, SEGMENT_BYTES, CHECKPOINT_RECORDS = "bank.example/benchmark", 64 << 20, 50_000
REQUEST = (
    '"type":"request.end","req":{"id":"01JD%022d","trace":"0af7651916cd43dd8448eb211c80319c","conn":%d,'
    '"received":"2026-11-20T08:00:00.000000Z","method":"POST","path":"/v1/ask","proto":"HTTP/1.1","bytes":%d,'
    '"peer":"203.0.113.9:4431"},"tls":{"version":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384"},"principal":{"cert":{'
    '"subject":"CN=branch-17,O=Example Bank,C=PK","issuer":"CN=Example Bank Device CA,O=Example Bank,C=PK",'
    '"serial":"4f00a1b2c3d4e5f60718","san":["spiffe://bank.example/branch/17"],"sha256":"' + "ab" * 32 + '"},"token":{'
    '"iss":"https://id.bank.example","sub":"emp-00042","jti":"0190f1c2-7a31-7c55","kid":"k1","roles":["agent"],'
    '"exp":1800000000}},"path":[{"stage":"edge","outcome":"pass","us":%d},{"stage":"identify","outcome":"pass","us":12},'
    '{"stage":"authenticate","outcome":"pass","us":12},{"stage":"authorise","outcome":"pass","us":12},{"stage":"admit",'
    '"outcome":"pass","us":12},{"stage":"redact","outcome":"pass","us":12},{"stage":"answer","outcome":"pass","us":12},'
    '{"stage":"restore","outcome":"pass","us":12}],"decision":{"result":"allow","reason":"ok"},"redaction":{"in":{'
    '"email":1},"out":{}},"ratelimit":{"key":"principal:ask","limit":60,"window_s":60,"remaining":59,"reset_ms":1000},'
    '"agent":{"route":"knowledge","tools":[],"confidence_ppm":875000,"citations":["faq-12"],"escalated":false},'
    '"response":{"status":200,"bytes":812,"us":1204},"policy":{"version":"t1","sha256":"' + "cd" * 32 + '"}')

class Log:
    """Writes a log as `docs/formats/audit-log.md` says."""
    def __init__(self, directory):
        self.directory, self.seq, self.previous, self.subtrees = pathlib.Path(directory), 0, "0" * 64, []
        (self.directory / "checkpoints").mkdir()
        self.key = self.directory / ".key.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True)
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"], check=True,
                                capture_output=True).stdout[-32:]
        self.identifier = hashlib.sha256(ORIGIN.encode() + b"\n\1" + public).digest()[:4]
        self.vkey = "%s+%s+%s" % (ORIGIN, self.identifier.hex(), base64.b64encode(b"\1" + public).decode())
    def add(self, middle):
        body = '{"v":1,"seq":%d,"time":"2026-11-20T%02d:%02d:%02d.%06dZ",%s,"prev":"%s"' % (
            self.seq, self.seq // 36_000_000, self.seq // 600_000 % 60, self.seq // 10_000 % 60, self.seq % 10_000 * 100,
            middle, self.previous)
        self.previous = hashlib.sha256(b"portcullis.audit.record.v1\n" + body.encode()).hexdigest()
        line = ('%s,"hash":"%s"}' % (body, self.previous)).encode()
        self.seq += 1
        self.subtrees.append(hashlib.sha256(b"\0" + line).digest())
        while len(self.subtrees) > bin(self.seq).count("1"):
            self.subtrees[-2:] = [hashlib.sha256(b"\1" + self.subtrees[-2] + self.subtrees[-1]).digest()]
        return line + b"\n"
    def write(self, size):
        written, before, index = 0, None, 0
        while written < size:
            first, lines, count = self.seq, [], 0
            if before is None:
                lines.append(self.add('"type":"log.genesis","log":{"origin":"%s","format":"portcullis-audit/1",'
                                      '"hash":"sha256","vkey":"%s"}' % (ORIGIN, self.vkey)))
            else:
                lines.append(self.add('"type":"segment.open","segment":{"index":%d,"reason":"size","prev":{"name":"%s",'
                                      '"records":%d,"bytes":%d}}' % ((index,) + before)))
            while count < min(SEGMENT_BYTES, size - written):
                lines.append(self.add(REQUEST % (self.seq, self.seq % 97, self.seq % 1000, self.seq % 50)))
                count += len(lines[-1])
                if self.seq % CHECKPOINT_RECORDS == 0:
                    self.sign()
            name, data = "seg-%020d.jsonl" % first, b"".join(lines)
            (self.directory / name).write_bytes(data)
            before, index, written = (name, self.seq - first, len(data)), index + 1, written + len(data)
        self.sign()
        return written
    def sign(self):
        hashes = list(self.subtrees)
        while len(hashes) > 1:
            hashes[-2:] = [hashlib.sha256(b"\1" + hashes[-2] + hashes[-1]).digest()]
        text = "%s\n%d\n%s\n" % (ORIGIN, self.seq, base64.b64encode(hashes[0]).decode())
        signed = self.directory / ".text"
        signed.write_text(text)
        signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.key, "-in", signed],
                                   check=True, capture_output=True).stdout
        encoded = base64.b64encode(self.identifier + signature).decode()
        note = "%s\n\u2014 %s %s\n" % (text, ORIGIN, encoded)
        (self.directory / "checkpoints" / ("%020d.note" % self.seq)).write_text(note)
        (self.directory / "checkpoint").write_text(note)

def measure(command, cores):
    """Seconds, and the most memory in kB."""
    words = ["taskset", "-c", cores] + command
    start = time.monotonic()
    child = subprocess.Popen(words, stdout=subprocess.PIPE)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    if status != 0 or not output.startswith(b"OK "):
        raise SystemExit("%s: %s" % (" ".join(words), output.decode()))
    return seconds, usage.ru_maxrss

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--directory", default="/var/tmp")
    arguments = parser.parse_args()
    directory = tempfile.mkdtemp(dir=arguments.directory)
    try:
        # In a process of its own: one that is forked from this one is measured with the memory that this one has used.
        make = "import sys; sys.path.insert(0, sys.argv[1]); import verify; log = verify.Log(sys.argv[2]); " \
            "print(log.write(int(sys.argv[3]) * 1_000_000), log.seq, log.vkey)"
        words = [sys.executable, "-c", make, os.path.dirname(os.path.abspath(__file__)), directory, str(arguments.megabytes)]
        size, records, vkey = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
        size = int(size)
        verb = [] if arguments.binary.endswith("portcullis-verify") else ["audit", "verify"]
        command = [arguments.binary] + verb + [directory, "--vkey", vkey]
        print("%d records, %.0f MB, %d cores" % (int(records), size / 1e6, os.cpu_count()))
        for name, cores in [("one core", "0"), ("all cores", "0-%d" % (os.cpu_count() - 1))]:
            # The first run brings the log into the page cache; of the others the best is nearest to an idle machine's.
            runs = [measure(command, cores) for _ in range(4)][1:]
            print("%s: %.0f MB/s (%s), %.1f MB of memory" % (
                name, size / min(runs)[0] / 1e6, " ".join("%.0f" % (size / s / 1e6) for s, _ in runs),
                max(memory for _, memory in runs) / 1024))
        speed = subprocess.run(["taskset", "-c", "0", "openssl", "speed", "-seconds", "3", "-bytes", "1024", "sha256"],
                               capture_output=True, text=True).stdout
        print("openssl speed -bytes 1024 sha256, one core: %.0f MB/s" % (float(re.findall(r"([\d.]+)k", speed)[-1]) / 1e3))
    finally:
        shutil.rmtree(directory)

if __name__ == "__main__":
    main()
