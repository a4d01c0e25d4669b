"""A server that plays a model: it says back what it was told, with the tokens in it altered and its words cut anywhere.

POST /v1/chat/completions answers in JSON, or with "stream": true in Server-Sent Events; a WebSocket answers a request of
the same form in messages. Beside the members that such servers take it reads "alter" (a key of ALTERATIONS), "delta"
(characters a delta) and "wire" (bytes a write or a frame): events and characters are then cut in their middle.

Prints the ports of both servers on one line when they listen. Ends when its standard input does.
"""
import http.server
import json
import re
import sys
import threading

from websockets.sync.server import serve

TOKEN = re.compile(r"\[([A-Z]+)_(\d+)\]")

ALTERATIONS = {
    "same": r"[\1_\2]",
    "lower": lambda m: m.group(0).lower(),
    "spaced": r"[ \1 \2 ]",
    "hyphen": r"[\1-\2]",
    "bare": r"\1_\2",
    "curly": r"{\1_\2}",
    "round": r"(\1_\2)",
    "plural": r"[\1S_\2]",
    "escaped": r"\\[\1\\_\2\\]",
    "reference": r"&#91;\1_\2&#93;",
    "lenticular": r"【\1_\2】",
    "bold": r"**[\1_\2]**",
    "quoted": r'"[\1_\2]"',
    "code": r"`[\1_\2]`",
}


def words(request):
    """What the model says."""
    return TOKEN.sub(ALTERATIONS[request["alter"]], request["messages"][-1]["content"])


def deltas(request):
    """The answer's messages, a few characters each, with the odd message that has no words."""
    text, size = words(request), request["delta"]
    yield {"id": "x", "created": 1.50, "choices": [{"index": 0, "delta": {"role": "assistant"}}]}
    for start in range(0, len(text), size):
        choice = {"index": 0, "delta": {"content": text[start : start + size]}, "finish_reason": None}
        yield {"id": "x", "created": 1.50, "choices": [choice]}
    yield {"id": "x", "created": 1.50, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}


def pieces(data, size):
    return [data[start : start + size] for start in range(0, len(data), size)]


def encoded(message):
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if request.get("stream"):
            end = request.get("line_end", "\n").encode()
            body = b": the model begins" + end + end
            body += b"".join(b"data: " + encoded(delta) + end + end for delta in deltas(request))
            body += b"data: [DONE]" + end + end
            kind = "text/event-stream"
        else:
            body = encoded({"choices": [{"index": 0, "message": {"role": "assistant", "content": words(request)}}]})
            kind = "application/json"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in pieces(body, request["wire"]):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def talk(connection):
    for message in connection:
        request = json.loads(message)
        for delta in deltas(request):
            # One message in several frames, which may end within a character.
            connection.send(iter(pieces(encoded(delta), request["wire"])), text=True)
        connection.send("[DONE]")


def main():
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sockets = serve(talk, "127.0.0.1", 0)
    for server in (web, sockets):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(web.server_address[1], sockets.socket.getsockname()[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
