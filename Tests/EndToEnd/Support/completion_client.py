"""Asks the gateway for completions by OpenAI's own client library, as an application would.

  completion_client.py URL CA CERTIFICATE KEY TOKEN

Prints one JSON object: the models, a whole answer, a streamed one in its pieces, and what errors the library makes of
refusals.
"""
import json
import ssl
import sys

import httpx2
import openai


def main():
    url, ca, certificate, key, token = sys.argv[1:]
    tls = ssl.create_default_context(cafile=ca)
    tls.load_cert_chain(certificate, key)
    client = openai.OpenAI(
        base_url=url + "/v1", api_key=token, max_retries=0, http_client=httpx2.Client(verify=tls, trust_env=False)
    )
    ask = {"model": "assistant", "messages": [{"role": "user", "content": "say: write to jane.doe@example.org now"}]}
    seen = {"models": [model.id for model in client.models.list()]}

    whole = client.chat.completions.create(**ask)
    seen["whole"] = whole.choices[0].message.content
    seen["finish"] = whole.choices[0].finish_reason
    seen["tokens"] = whole.usage.total_tokens

    pieces = []
    with client.chat.completions.create(**ask, stream=True, stream_options={"include_usage": True}) as stream:
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                pieces.append(chunk.choices[0].delta.content)
            if chunk.usage:
                seen["streamed_tokens"] = chunk.usage.total_tokens
    seen["pieces"] = pieces

    seen["errors"] = []
    wrong = [
        ask | {"model": "gpt-4o"},
        ask | {"tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]},
        ask | {"messages": [{"role": "user", "content": "fail: 503"}]},
        ask | {"messages": [{"role": "user", "content": "break: one two"}], "stream": True},
    ]
    for request in wrong:
        try:
            answer = client.chat.completions.create(**request)
            if request.get("stream"):
                for _ in answer:
                    pass
            seen["errors"].append("none")
        except openai.APIError as error:
            status = getattr(error, "status_code", None)
            seen["errors"].append([type(error).__name__, status, error.code, error.body.get("param")])
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
