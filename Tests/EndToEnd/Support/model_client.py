"""Asks model_server.py and hands each piece of its answer, as it comes, to the command that restores it.

  model_client.py HTTP_PORT WEBSOCKET_PORT CASES RESTORE...

CASES is a JSON array of requests for model_server.py, each with a "transport" (json, sse, websocket) beside; RESTORE is the
command line of `portcullis restore` without its format. Prints a JSON array of what the command printed for each case.
"""
import http.client
import json
import subprocess
import sys

from websockets.sync.client import connect

FORMATS = {"json": "json", "sse": "sse", "websocket": "ndjson"}


def over_http(port, request):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps(request)
    connection.request("POST", "/v1/chat/completions", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    while piece := response.read1(65536):
        yield piece
    connection.close()


def over_websocket(port, request):
    with connect(f"ws://127.0.0.1:{port}") as connection:
        connection.send(json.dumps(request))
        while True:
            message = connection.recv()
            yield message.encode() + b"\n"
            if message == "[DONE]":
                return


def main():
    http_port, websocket_port, cases, *restore = sys.argv[1:]
    answers = []
    for case in json.loads(cases):
        transport = case["transport"]
        if transport == "websocket":
            pieces = over_websocket(int(websocket_port), case)
        else:
            pieces = over_http(int(http_port), case | {"stream": transport == "sse"})
        command = restore + ["--format", FORMATS[transport]]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for piece in pieces:
                process.stdin.write(piece)
                process.stdin.flush()
            output, _ = process.communicate()
        answers.append({"status": process.returncode, "output": output.decode()})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
