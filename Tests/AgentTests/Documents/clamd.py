"""Plays ClamAV's daemon on a loopback port, which it prints: clamd.py PART.

scan     does what clamd does; it knows one virus
refuse   says at the first piece that the document is too large, and closes
close    closes without an answer
half     answers without the zero byte, and closes
http     is another service
endless  answers without an end
silent   reads everything and never answers
deaf     reads nothing
"""
import socket
import struct
import sys
import threading
import time

part = sys.argv[1]
VIRUS = b"FAKE-VIRUS"


def take(stream, count):
    data = b""
    while len(data) < count:
        piece = stream.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def document(stream):
    assert take(stream, 10) == b"zINSTREAM\0"
    data = b""
    while True:
        (length,) = struct.unpack(">I", take(stream, 4))
        if length == 0:
            return data
        data += take(stream, length)
        if part == "refuse":
            return data


def serve(stream):
    try:
        if part == "deaf":
            time.sleep(30)
            return
        if part == "close":
            take(stream, 10)
            return
        data = document(stream)
        if part == "silent":
            time.sleep(30)
        answer = {
            "scan": b"stream: Fake.Virus FOUND\0" if VIRUS in data else b"stream: OK\0",
            "refuse": b"INSTREAM size limit exceeded. ERROR\0",
            "half": b"stream: OK",
            "http": b"HTTP/1.1 400 Bad Request\r\n\r\n",
            "endless": b"stream: " + b"x" * 100_000,
        }[part]
        stream.sendall(answer)
        if part == "refuse":
            # What is still on its way would make the kernel reset the connection, and the answer be lost.
            stream.shutdown(socket.SHUT_WR)
            while stream.recv(65536):
                pass
    except (EOFError, OSError):
        pass
    finally:
        stream.close()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
