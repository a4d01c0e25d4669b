"""A collector of OpenTelemetry traces on loopback, for tests: decodes by the published definitions, prints JSON lines.

    collector.py [--status 503] [--retry-after 1] [--failures 2] [--delay 0.5] [--certificate FILE --key FILE]

Prints `port N` first, then one line for each span that it took. The first `--failures` requests get `--status`.
"""

import argparse
import json
import ssl
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1 import trace_service_pb2

parser = argparse.ArgumentParser()
parser.add_argument("--status", type=int, default=503)
parser.add_argument("--retry-after", type=int)
parser.add_argument("--failures", type=int, default=0)
parser.add_argument("--delay", type=float, default=0)
parser.add_argument("--certificate")
parser.add_argument("--key")
options = parser.parse_args()
left = [options.failures]


def value_of(value):
    return getattr(value, value.WhichOneof("value"))


def attributes_of(pairs):
    return {pair.key: value_of(pair.value) for pair in pairs}


class Collector(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(options.delay)
        if left[0] > 0:
            left[0] -= 1
            print(json.dumps({"refused": options.status, "at": time.monotonic()}), flush=True)
            return self.answer(options.status, b"")
        if self.path != "/v1/traces" or self.headers["Content-Type"] != "application/x-protobuf":
            return self.answer(400, b"")
        request = trace_service_pb2.ExportTraceServiceRequest()
        request.ParseFromString(body)
        for resource_spans in request.resource_spans:
            for scope_spans in resource_spans.scope_spans:
                for span in scope_spans.spans:
                    self.show(span, scope_spans.scope, resource_spans.resource)
        self.answer(200, trace_service_pb2.ExportTraceServiceResponse().SerializeToString())

    def show(self, span, scope, resource):
        print(
            json.dumps(
                {
                    "trace": span.trace_id.hex(),
                    "span": span.span_id.hex(),
                    "parent": span.parent_span_id.hex(),
                    "state": span.trace_state,
                    "name": span.name,
                    "kind": span.kind,
                    "start": span.start_time_unix_nano // 1000,
                    "end": span.end_time_unix_nano // 1000,
                    "status": span.status.code,
                    "flags": span.flags,
                    "attributes": attributes_of(span.attributes),
                    "resource": attributes_of(resource.attributes),
                    "scope": scope.name,
                    "at": time.monotonic(),
                }
            ),
            flush=True,
        )

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", str(len(body)))
        if status != 200 and options.retry_after is not None:
            self.send_header("Retry-After", str(options.retry_after))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(f"port {server.server_address[1]}", flush=True)
server.serve_forever()
