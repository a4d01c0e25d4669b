"""OpenID providers for the tests of external issuers: one that works, by Authlib, and servers that do not.

Usage: oidc_provider.py CERTIFICATE KEY

Every issuer is https://127.0.0.1:PORT/NAME, with its discovery document and its keys below. `good` signs tokens, for
a client's credentials, by RFC 9068; the other names stand for what is wrong with them (see `hostile`). Prints the port,
then answers each line of standard input with one line of JSON:

    token SUBJECT GROUP[,GROUP...] [ALG]   a token of `good`
    forge NAME                             a token that the keys of hostile issuer NAME would verify
    rotate                                 `good` signs with new keys and publishes them alone
    stop | start                           the server, on the same port
    other                                  a second port, where the keys of `elsewhere` are
    fetches                                how often the keys of `good` were asked for
"""
import hmac
import base64
import json
import logging
import secrets
import ssl
import sys
import threading
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry
from werkzeug.serving import make_server

CERTIFICATE, KEY = sys.argv[1:3]
AUDIENCE = "portcullis"
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
JWSRegistry.recommended.extend(["PS256", "EdDSA"])
logging.getLogger("werkzeug").setLevel(logging.ERROR)
app = Flask(__name__)
port = 0
fetches = 0


def issuer(name):
    return f"https://127.0.0.1:{port}/{name}"


class Keys:
    """The keys of `good`: one for each algorithm, told apart by a generation in their names."""

    def __init__(self):
        self.generation = 0
        self.rotate()

    def rotate(self):
        self.generation += 1
        make = {"RS256": lambda p: RSAKey.generate_key(2048, p), "PS256": lambda p: RSAKey.generate_key(2048, p),
                "ES256": lambda p: ECKey.generate_key("P-256", p), "EdDSA": lambda p: OKPKey.generate_key("Ed25519", p)}
        self.keys = {name: make[name]({"kid": f"{name}-{self.generation}", "alg": name, "use": "sig"})
                     for name in ALGORITHMS}

    def published(self):
        return {"keys": [key.as_dict(private=False) for key in self.keys.values()]}


keys = Keys()


class TestClient(ClientMixin):
    """A client that may do all that this server does; its name carries what its tokens say."""

    def __init__(self, name):
        self.name = name

    def get_client_id(self):
        return self.name.split("|")[0]

    def check_client_secret(self, secret):
        return hmac.compare_digest(secret, "test-secret")

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_grant_type(self, grant_type):
        return grant_type == "client_credentials"

    def get_allowed_scope(self, scope):
        return scope or ""


class Tokens(JWTBearerTokenGenerator):
    """Access tokens of RFC 9068 that name groups."""

    def __init__(self, algorithm):
        super().__init__(issuer=issuer("good"), alg=algorithm)

    def get_jwks(self):
        return {"keys": [keys.keys[self.alg].as_dict(private=True)]}

    def get_audiences(self, client, user, scope):
        return [AUDIENCE, "another-service"]

    def get_extra_claims(self, client, grant_type, user, scope):
        return {"realm": {"groups": client.name.split("|")[1].split(",")}}

    def _get_expires_in(self, client, grant_type):
        return 600


server = AuthorizationServer(app, query_client=TestClient, save_token=lambda token, request: None)
server.register_grant(grants.ClientCredentialsGrant)


@app.post("/good/token")
def token():
    server.register_token_generator("default", Tokens(request.args["alg"]))
    return server.create_token_response()


def metadata(name, **changed):
    document = {"issuer": issuer(name), "jwks_uri": issuer(name) + "/keys", "token_endpoint": issuer(name) + "/token",
                "response_types_supported": ["token"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ALGORITHMS}
    return jsonify({**document, **changed})


# What a hostile issuer's tokens are signed with, where it has anything.
hostile = {
    "redirect": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "slow": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "full": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "huge": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "status": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "garbage": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "symmetric": OctKey.import_key(b"0123456789abcdef0123456789abcdef", {"kid": "k", "alg": "HS256"}),
    "impostor": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "elsewhere": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
    "private": ECKey.generate_key("P-256", {"kid": "k", "alg": "ES256"}),
}


@app.get("/<name>/.well-known/openid-configuration")
def discovery(name):
    if name == "elsewhere":
        return metadata(name, jwks_uri=f"https://127.0.0.1:{other.port}/elsewhere/keys")
    return metadata(name, issuer=issuer("good")) if name == "impostor" else metadata(name)


@app.get("/good/keys")
def good_keys():
    global fetches
    fetches += 1
    return jsonify(keys.published())


@app.get("/<name>/keys")
def hostile_keys(name):
    published = {"keys": [hostile[name].as_dict(private=name in ("private", "symmetric"))]}
    text = json.dumps(published)
    if name == "redirect":
        return redirect(issuer("redirected") + "/keys")
    if name == "slow":
        def drip():
            for character in text:
                time.sleep(0.2)
                yield character
        return Response(drip(), mimetype="application/json")
    if name in ("full", "huge"):  # as large as a set may be, and one byte more
        size = 262_144 + (name == "huge")
        return Response(text[:-1] + " " * (size - len(text)) + "}", mimetype="application/json")
    if name == "status":
        return Response(text, status=500, mimetype="application/json")
    if name == "garbage":
        return Response(text[:-20], mimetype="application/json")
    return Response(text, mimetype="application/json")


@app.get("/redirected/keys")
def redirected_keys():
    return jsonify({"keys": [hostile["redirect"].as_dict(private=False)]})


class Server:
    """The HTTPS server, which can be stopped and started again on its port."""

    def __init__(self, port=0):
        self.port = port

    def start(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, KEY)
        self.http = make_server("127.0.0.1", self.port, app, threaded=True, ssl_context=context)
        self.http.daemon_threads = True
        self.port = self.http.server_port
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


def issue(subject, groups, algorithm="RS256"):
    """By the token endpoint, as a client would, without the way over the network: the server may be stopped."""
    response = app.test_client().post(
        f"/good/token?alg={algorithm}", data={"grant_type": "client_credentials"},
        headers={"Authorization": "Basic " + base64.b64encode(f"{subject}|{groups}:test-secret".encode()).decode()},
        base_url=f"https://127.0.0.1:{port}")
    return response.get_json()["access_token"]


def forge(name):
    key = hostile[name]
    now = int(time.time())
    claims = {"iss": issuer(name), "aud": AUDIENCE, "sub": "mallory", "role": "admin", "iat": now, "exp": now + 600,
              "jti": secrets.token_urlsafe(16)}
    return jwt.encode({"alg": key.alg, "kid": "k", "typ": "JWT"}, claims, key)


def answer(words):
    if words[0] == "token":
        return {"token": issue(*words[1:])}
    if words[0] == "forge":
        return {"token": forge(words[1])}
    if words[0] == "rotate":
        keys.rotate()
    elif words[0] == "stop":
        http.stop()
    elif words[0] == "start":
        http.start()
    elif words[0] == "other":
        return {"port": other.port}
    elif words[0] == "fetches":
        return {"fetches": fetches}
    return {"done": words[0]}


if __name__ == "__main__":
    http, other = Server(), Server()
    http.start()
    other.start()
    port = http.port
    print(port, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(line.split())), flush=True)
