"""Text that only this installation can read: sealed by keys that are derived from SECRET_KEY."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unopenable(Exception):
    """What was sealed cannot be opened: SECRET_KEY is another one now, or the text was damaged."""


def seal(text: str, *, purpose: str) -> str:
    """The text, encrypted (Fernet). It opens for the same purpose only."""
    return _keys(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: str) -> str:
    """What was sealed, also with a SECRET_KEY that is among SECRET_KEY_FALLBACKS now. Raises Unopenable."""
    try:
        return _keys(purpose).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unopenable from error


def _keys(purpose: str) -> MultiFernet:
    """The first one seals, all of them open."""
    return MultiFernet(
        [Fernet(_key(secret, purpose)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str, purpose: str) -> bytes:
    """HKDF (RFC 5869): a key for one purpose tells nothing about SECRET_KEY, nor about another's."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"annotator {purpose}".encode())
    return urlsafe_b64encode(derived.derive(secret.encode()))
