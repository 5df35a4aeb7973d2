"""Secrets that are shown once and stored as a digest."""

import hashlib
import secrets


def new_token(prefix: str) -> str:
    """A fresh secret of 256 bits, recognisable by its prefix (secret scanners look for one)."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest(token: str) -> str:
    """SHA-256 in hex. A random secret of 256 bits needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
