"""Against the example of the Standard Webhooks specification's own libraries."""

from __future__ import annotations

from articles.domain.signatures import secret_as_text, signed_headers

# The example that the reference libraries test themselves with.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'


def test_the_published_example_is_signed_as_published() -> None:
    headers = signed_headers(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_whatever_is_changed_changes_the_signature() -> None:
    def sign(secret: str = SECRET, message: str = "m", seconds: int = 1, body: bytes = BODY) -> str:
        return signed_headers(secret, message, seconds, body)["webhook-signature"]

    other = secret_as_text(b"x" * 32)
    assert len({sign(), sign(other), sign(message="n"), sign(seconds=2), sign(body=BODY + b" ")}) == 5
