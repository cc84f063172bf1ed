"""Handed in beside every attack: what it looks for, and how it tells what it got."""

import json
import os
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name("where.json").read_text())


def got(**tried):
    """End the reading with what was got, if anything was."""
    won = {name: what for name, what in tried.items() if what}
    if won:
        raise SystemExit(f"GOT {won}"[:400])


def names(folder):
    """What a folder holds, nothing where it cannot be listed."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def done(tried):
    """Of attempts by their name, those that worked."""
    return [name for name, what in tried.items() if what == "done"]


def holds(content):
    """How many canaries are in it. They are told backwards, so that looking for one makes none."""
    return sum(_told(content, backwards) for backwards in WHERE["canaries"])


def _told(content, backwards):
    head, tail = backwards[:-9:-1].encode(), backwards[:-8].encode()
    place = content.find(head)
    while place >= 0:
        start = place + len(head)
        if content[start : start + len(tail)][::-1] == tail:
            return True
        place = content.find(head, start)
    return False
