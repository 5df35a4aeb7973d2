"""Signatures by which a receiver knows that a message is ours, unchanged and recent.

As the Standard Webhooks specification (1.0) has it, so that its libraries in many languages check them: the
headers `webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`, the last an HMAC with
SHA-256 over "id.timestamp.body".
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

PREFIX = "whsec_"


def secret_as_text(secret: bytes) -> str:
    return PREFIX + b64encode(secret).decode("ascii")


def signed_headers(secret: str, message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers. `secret` is as `secret_as_text` gave it."""
    key = b64decode(secret.removeprefix(PREFIX))
    content = b".".join((message_id.encode(), str(seconds).encode(), body))
    signature = b64encode(hmac.new(key, content, sha256).digest()).decode("ascii")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }
