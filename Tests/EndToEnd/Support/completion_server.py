"""A server of OpenAI's chat completions that does what the last message says; its failures are real ones.

"say: TEXT" says TEXT, in events of a few characters where a stream is asked for; "fail: STATUS" answers that status; "break: TEXT"
says TEXT and closes in the middle; "silence: TEXT" says TEXT and then nothing; "load: WORDS INTERVAL_MS" says so many words, at most
1,000, one each so many milliseconds; anything else is answered with five words. Where it is offered tools, it calls
query_account_balance, and says the amount of the result in the form that the gateway's prompt asks for. Prints its port. Ends when its
standard input does.
"""
import asyncio
import json
import re
import sys

USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
WORDS = ["Hello "] + [f"word{n} " for n in range(1, 1000)]


def chunk(delta, reason=None, usage=None):
    choices = [] if usage else [{"index": 0, "delta": delta, "finish_reason": reason}]
    body = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices}
    if usage:
        body["usage"] = usage
    return b"data: " + json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"


def framed(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


class Server:
    def __init__(self):
        # What is said in every load is written once.
        self.events = [framed(chunk({"content": word})) for word in WORDS]
        self.opening = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + framed(chunk({"role": "assistant", "content": ""}))
        )

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
                )
                request = json.loads(await reader.readexactly(length))
                if not await self.answer(request, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    async def answer(self, request, writer):
        last = request["messages"][-1]
        if last["role"] == "tool":
            amount = re.search(r"[0-9][0-9,]*\.[0-9]{2} [A-Z]{3}", last["content"])
            said = f"You have {amount.group(0)}." if amount else "I do not know."
            form = {"answer": said, "confidence": 0.9, "escalate": not amount, "actions": []}
            return self.whole(writer, {"role": "assistant", "content": json.dumps(form)}, "stop")
        if request.get("tools"):
            function = {"name": "query_account_balance", "arguments": "{}"}
            calls = [{"id": "call_0", "type": "function", "function": function}]
            return self.whole(writer, {"role": "assistant", "content": None, "tool_calls": calls}, "tool_calls")
        command, _, text = last["content"].partition(": ")
        if command == "fail":
            writer.write(b"HTTP/1.1 %s Failed\r\nContent-Length: 0\r\n\r\n" % text.encode())
            return True
        words = [text[n : n + 3] for n in range(0, len(text), 3)]
        count, interval = 5, 0
        if command == "load":
            count, interval = int(text.split()[0]), float(text.split()[1]) / 1000
        if command not in ("say", "break", "silence"):
            text, words = "".join(WORDS[:count]), None
        if not request.get("stream"):
            return self.whole(writer, {"role": "assistant", "content": text}, "stop")
        writer.write(self.opening)
        for event in self.events[:count] if words is None else (framed(chunk({"content": word})) for word in words):
            writer.write(event)
            if interval:
                await asyncio.sleep(interval)
        if command == "break":
            await writer.drain()
            return False
        if command == "silence":
            await asyncio.sleep(3600)
        end = framed(chunk({}, reason="stop"))
        if request.get("stream_options", {}).get("include_usage"):
            end += framed(chunk({}, usage=USAGE))
        writer.write(end + framed(b"data: [DONE]\n\n") + b"0\r\n\r\n")
        return True

    def whole(self, writer, message, reason):
        choices = [{"index": 0, "message": message, "finish_reason": reason}]
        body = json.dumps({"id": "x", "model": "m", "choices": choices, "usage": USAGE}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        return True


async def main():
    server = await asyncio.start_server(Server().serve, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
