"""Addresses to which a token goes."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult

from graders.language import say
from graders.lms.trouble import ExchangeError


def only_safely(parts: SplitResult) -> None:
    """ExchangeError where a token would travel for all to read: what is not encrypted is this machine alone."""
    if parts.scheme != "https" and not _is_here(parts.hostname or ""):
        raise ExchangeError(
            say(
                "{url}: your token would travel unencrypted. Give an address that begins with https://",
                url=parts.geturl()[:300],
            )
        )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
