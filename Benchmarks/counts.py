"""Counts what one request costs: instructions and allocations of the process, by valgrind's callgrind.

    counts.py BINARY          prints the counts of each path beside its limits
    counts.py BINARY --check  the same; exit code 1 where a count is over its limit

Counts hardly depend on the machine and on what else runs, so a regression shows without a quiet machine. They are not
times: callgrind's processor has no SHA and no AVX-512 instructions, so hashing and RSA weigh more here than they do. The
limits are in counts.txt: raise one with the change that needs it, and say why in its message.
"""
import os, re, shutil, signal, socket, ssl, subprocess, sys, tempfile, time

import callgrind

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
MESSAGE = b'{"message":"What are the opening hours of your branch in the city centre on Saturday, please?"}'
TOKENS = 40


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


class Gateway:
    """The gateway under callgrind, with certificates of its own, and one client."""

    def __init__(self, binary, folder):
        self.folder, self.state = folder, folder + "/state"
        self.certs = self.state + "/certs"
        # callgrind 3.19 cannot read the debug information of the release build.
        stripped = folder + "/portcullis"
        shutil.copy(binary, stripped)
        run("strip", "-g", stripped)
        run(ROOT + "/scripts/prepare.sh", binary, self.state)
        shutil.copytree(ROOT + "/policies", folder + "/policies")
        shutil.copy(HERE + "/ratelimits.json5", folder + "/policies/ratelimits.json5")
        rsa = self.certs + "/rsa.key"
        run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", rsa)
        os.chmod(rsa, 0o600)
        run("openssl", "pkey", "-in", rsa, "-pubout", "-out", self.certs + "/rsa.pub")
        self.configure()
        issue = lambda key, n: run(binary, "token", "issue", "--unrecorded", "--role", "customer", "--key", key, "--subject", f"c-{n}",
                                   "--issuer", "https://rsa.test" if key == rsa else "https://portcullis.dev").strip().encode()
        self.es256 = [issue(self.certs + "/token-keys/signing.key", n) for n in range(TOKENS)]
        self.rs256 = [issue(rsa, n) for n in range(TOKENS)]
        # Valgrind makes code as it goes, which a confined process may not.
        self.process = subprocess.Popen(
            ["valgrind", "-q", "--tool=callgrind", "--instr-atstart=no", "--callgrind-out-file=" + folder + "/out",
             stripped, "serve", "--config", folder + "/policies/gateway.json5", "--state", self.state, "--port", "0",
             "--metrics-port", "0", "--sandbox=off"],
            stdout=subprocess.PIPE, stderr=open(folder + "/log", "wb"), cwd=folder)
        line = self.process.stdout.readline().decode()
        ready = re.match(r"ready https://[^:]+:(\d+)", line)
        if not ready:
            sys.exit("counts: the gateway does not start:\n" + open(folder + "/log").read())
        self.port = int(ready.group(1))
        self.context = ssl.create_default_context(cafile=self.certs + "/ca.crt")
        self.context.load_cert_chain(self.certs + "/clients/customer.crt", self.certs + "/clients/customer.key")
        self.kept = self.connect()

    def configure(self):
        path = self.folder + "/policies/gateway.json5"
        text = open(path).read()
        mark = "    issuers: [\n"
        assert text.count(mark) == 1
        text = text.replace(mark, mark + '      { issuer: "https://rsa.test", audience: "portcullis",\n'
                            '        keys: [{ file: "certs/rsa.pub", algorithm: "RS256" }] },\n')
        # A checkpoint comes with time and not with a request: none but the first falls into what is counted.
        text = text.replace("loops: 0,", "loops: 1,").replace("checkpoint_s: 10,", "checkpoint_s: 3600,")
        text = text.replace("checkpoint_records: 1000,", "checkpoint_records: 1000000,")
        open(path, "w").write(text)

    def connect(self, session=None):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        return self.context.wrap_socket(plain, server_hostname="localhost", session=session)

    def exchange(self, connection, request, wanted):
        connection.sendall(request)
        answer = b""
        while True:
            answer += connection.recv(65536)
            head, _, body = answer.partition(b"\r\n\r\n")
            length = re.search(rb"\r\nContent-Length: (\d+)", head)
            if length and len(body) >= int(length.group(1)):
                break
        if int(answer[9:12]) != wanted:
            sys.exit(f"counts: wanted {wanted}, found {answer.decode()}")

    def health(self, connection):
        self.exchange(connection, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 200)

    def ask(self, token, wanted=200):
        head = (b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + token + b"\r\nContent-Length: %d\r\n\r\n" % len(MESSAGE))
        self.exchange(self.kept, head + MESSAGE, wanted)

    def handshakes(self, count, resumes):
        session = None
        for _ in range(count + 1 if resumes else count):
            connection = self.connect(session if resumes else None)
            self.health(connection)
            if resumes:
                assert session is None or connection.session_reused
                session = connection.session
            connection.close()

    def control(self, *words):
        run("callgrind_control", *words, str(self.process.pid))

    def settle(self):
        """Waits until the gateway does nothing of its own: what it still does after a start is no request's."""
        busy = lambda: sum(map(int, open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()[11:13]))
        for _ in range(60):
            before = busy()
            time.sleep(0.5)
            # Ticks of 10 ms; what is looked at 50 times a second stays.
            if busy() - before <= 5:
                return
        sys.exit("counts: the gateway does not come to rest after its start")

    def count(self, name, times, work):
        """Instructions and allocations of one of the `times` that `work` is done."""
        self.control("-i", "on")
        self.control("-z")
        work()
        time.sleep(0.2)
        self.control("--dump=" + name)
        self.control("-i", "off")
        found = [file for file in os.listdir(self.folder) if file.startswith("out.")]
        profile = open(f"{self.folder}/{found[0]}").read()
        os.rename(f"{self.folder}/{found[0]}", f"{self.folder}/profile-{name}")
        return callgrind.instructions(profile) // times, round(callgrind.allocations(profile) / times, 1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def measure(binary, folder):
    gateway = Gateway(binary, folder)
    try:
        known, fresh_es, fresh_rs = gateway.es256[0], gateway.es256[20:], gateway.rs256[20:]
        forged = known[:-8] + b"AAAAAAA" + b"A"
        for token in gateway.es256[:20] + gateway.rs256[:20]:
            gateway.ask(token)
        for _ in range(20):
            gateway.health(gateway.kept)
        gateway.ask(forged, 401)
        gateway.handshakes(5, False)
        gateway.handshakes(5, True)
        gateway.settle()
        each = lambda tokens: lambda: [gateway.ask(token) for token in tokens]
        yield "healthz", *gateway.count("healthz", 200, lambda: [gateway.health(gateway.kept) for _ in range(200)])
        yield "ask-known", *gateway.count("ask-known", 200, each([known] * 200))
        yield "ask-rs256", *gateway.count("ask-rs256", len(fresh_rs), each(fresh_rs))
        yield "ask-es256", *gateway.count("ask-es256", len(fresh_es), each(fresh_es))
        yield "ask-401", *gateway.count("ask-401", 20, lambda: [gateway.ask(forged, 401) for _ in range(20)])
        yield "full", *gateway.count("full", 20, lambda: gateway.handshakes(20, False))
        # One full handshake more than counted begins the series.
        yield "resumed", *gateway.count("resumed", 40, lambda: gateway.handshakes(40, True))
    finally:
        gateway.stop()


def main():
    binary, is_check = os.path.abspath(sys.argv[1]), "--check" in sys.argv[2:]
    limits = {}
    for line in open(HERE + "/counts.txt"):
        if line.strip() and not line.startswith("#"):
            path, instructions, allocated = line.split()
            limits[path] = int(instructions.replace(",", "")), float(allocated)
    over, seen = [], set()
    with tempfile.TemporaryDirectory(prefix="portcullis-counts-") as folder:
        print(f"counts: {'path':10} {'instructions':>12} {'limit':>10} {'allocations':>11} {'limit':>6}")
        for path, instructions, allocated in measure(binary, folder):
            seen.add(path)
            most, many = limits.get(path, (0, 0))
            print(f"counts: {path:10} {instructions:12,} {most:10,} {allocated:11} {many:6}", flush=True)
            if instructions > most or allocated > many:
                over.append(path)
        if keep := os.environ.get("KEEP"):
            shutil.copytree(folder, keep, dirs_exist_ok=True)
    if is_check and (over or seen != set(limits)):
        wrong = ", ".join(over) or "the paths and counts.txt's are not the same"
        sys.exit(f"counts: over the limit: {wrong}. KEEP=DIR keeps the profiles for callgrind_annotate.")


main()
