"""Runs cases, each with a bucket of its own, and prints one JSON line a case: {"case", "ok", "message"}."""

import json
import logging
import os
import re
import sys
import traceback
import zlib

from qcloud_cos import CosConfig, CosS3Client
from qcloud_cos.cos_exception import CosServiceError

ADDRESS = os.environ["COFFER_ADDRESS"]
APPID = os.environ["COFFER_APPID"]
REGION = os.environ["COFFER_REGION"]
KEYS = {"SecretId": os.environ["COFFER_SECRET_ID"], "SecretKey": os.environ["COFFER_SECRET_KEY"]}
SCRATCH = os.environ["COFFER_SCRATCH"]
# Whether programs run as for the real service, led here by the proxy that the environment names.
BY_HTTPS = "HTTPS_PROXY" in os.environ

# The SDK logs every refusal it is told to expect.
logging.disable(logging.CRITICAL)

CASES = []


def case(function):
    """Marks a function of a Context as a case."""
    CASES.append(function)
    return function


def client(**options):
    """A client that keeps the names of the real service and reaches the server by address."""
    settings = dict(KEYS, Region=REGION)
    if not BY_HTTPS:
        host, port = ADDRESS.rsplit(":", 1)
        settings.update(Scheme="http", IP=host, Port=int(port), ServiceDomain=ADDRESS)
    settings.update(options)
    return CosS3Client(CosConfig(**settings), retry=0)


def proxied(**options):
    """A client that takes the server for its forward proxy."""
    return client(**dict({"IP": None, "Port": None, "Proxies": {"http": "http://" + ADDRESS}}, **options))


class Context:
    """What a case gets: a client, a bucket and files."""

    def __init__(self, name):
        words = re.sub("[^a-z0-9]+", "-", name.lower())
        tail = "%x" % (zlib.crc32(name.encode()) & 0xFFFFFF)
        self.bucket = "py-%s-%s-%s" % (words[:8].strip("-"), tail, APPID)
        self.host = "%s.cos.%s.tencentcos.cn" % (self.bucket, REGION)
        self.cos = client()
        self.cos.create_bucket(Bucket=self.bucket)
        self.folder = os.path.join(SCRATCH, name)
        os.makedirs(self.folder, exist_ok=True)

    def put(self, key, body, **headers):
        return self.cos.put_object(Bucket=self.bucket, Key=key, Body=body, **headers)

    def get(self, key, **options):
        return self.cos.get_object(Bucket=self.bucket, Key=key, **options)["Body"].get_raw_stream().read()

    def file(self, name, size):
        """A file of that many bytes, the same every time."""
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(pattern(size))
        return path


def pattern(size):
    """Bytes that differ from block to block."""
    return b"".join(b"%015d\n" % i for i in range(size // 16 + 1))[:size]


def equal(actual, expected):
    assert actual == expected, "expected %r but was %r" % (expected, actual)


def refused(status, code, call):
    """Runs a call that must be refused so; hands back the error."""
    try:
        call()
    except CosServiceError as error:
        equal((error.get_status_code(), error.get_error_code()), (status, code))
        return error
    raise AssertionError("not refused")


def main():
    for function in CASES:
        result = {"case": function.__name__, "ok": True, "message": ""}
        try:
            function(Context(function.__name__))
        except Exception:  # whatever it is, it is this case's failure
            result.update(ok=False, message=traceback.format_exc())
        print(json.dumps(result), flush=True)
    sys.exit(0)
