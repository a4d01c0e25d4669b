"""An S3 service by others (moto) on loopback, that checks signatures by botocore's own signer. Prints `PORT KEY SECRET` once the
bucket `audit` is there, with object lock; then for each line on standard input what the bucket has, a line of JSON."""
import json, logging, sys

import boto3
from botocore.config import Config
from moto import settings
from moto.core.responses import ActionAuthenticatorMixin
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
port = server.get_host_and_port()[1]


def client(service, key, secret):
    return boto3.client(
        service, endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id=key, aws_secret_access_key=secret,
        region_name="eu-central-1", config=Config(retries={"max_attempts": 1}))


iam = client("iam", "any", "any")
iam.create_user(UserName="gateway")
allowed = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
iam.put_user_policy(
    UserName="gateway", PolicyName="archive",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))
made = iam.create_access_key(UserName="gateway")["AccessKey"]
key, secret = made["AccessKeyId"], made["SecretAccessKey"]
s3 = client("s3", key, secret)
s3.create_bucket(
    Bucket="audit", ObjectLockEnabledForBucket=True,
    CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
# Everything from here on must be signed by that key.
settings.INITIAL_NO_AUTH_ACTION_COUNT = ActionAuthenticatorMixin.request_count = 0
print(port, key, secret, flush=True)

for _ in sys.stdin:
    found = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket="audit"):
        for entry in page.get("Contents", []):
            head = s3.head_object(Bucket="audit", Key=entry["Key"])
            body = s3.get_object(Bucket="audit", Key=entry["Key"])["Body"].read()
            until = head.get("ObjectLockRetainUntilDate")
            found[entry["Key"]] = {
                "body": body.decode(), "mode": head.get("ObjectLockMode"), "until": until and f"{until:%Y-%m-%d}"}
    print(json.dumps(found), flush=True)
