"""What the settings of every engine that asks a service have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import regex

from articles.engines.base import Secret, Setting, SettingsError
from articles.engines.web.addresses import AddressRefused, Allowance, read_url

if TYPE_CHECKING:
    import httpx

KEY = Setting(
    "key",
    "secret",
    "Key",
    "If the service asks for one. It is sent to this address only.",
    meant_for="address",
)
_SENDABLE = regex.compile(r"[\x21-\x7e]{1,2000}")


def read_address(settings: Mapping[str, Any], allowance: Allowance) -> httpx.URL:
    """Where the service is. Raises SettingsError for an address that must not be used, or not with a key."""
    address = settings.get("address")
    if not isinstance(address, str) or not address.strip():
        raise SettingsError({"address": "Enter the address of the service."})
    try:
        url = read_url(address, allowance)
    except AddressRefused as refusal:
        raise SettingsError({"address": str(refusal)}) from refusal
    if url.scheme == "http" and settings.get("key") and not allowance.trusts(url.host):
        raise SettingsError({"address": "A key is sent only to an https:// address: others could read it."})
    return url


def read_key(settings: Mapping[str, Any]) -> Secret | None:
    """Raises SettingsError when the key cannot be sent."""
    key = settings.get("key")
    if not key:
        return None
    if not isinstance(key, Secret) or not _SENDABLE.fullmatch(key.reveal()):
        raise SettingsError({"key": "A key is made of Latin letters, digits and signs, without spaces."})
    return key


def read_number(settings: Mapping[str, Any], name: str, *, default: int, most: int, least: int = 1) -> int:
    """A whole number from `least` to `most`. Raises SettingsError."""
    value = settings.get(name)
    if value is None or value == "":
        return default
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise SettingsError({name: f"Enter a number from {least} to {most:,}."})
    return int(value)
