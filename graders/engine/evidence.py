"""A submission's observations, kept under what they were made from, in one zip beside its report."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import cast

from graders.observe.observation import Failure, Observation
from graders.probes.wire import Value, decode, encode
from graders.sandbox.failures import observed
from graders.sandbox.session import Loaded, Ran
from graders.submissions.archive import UNREADABLE

LOADED = "loaded"
DAMAGED = (*UNREADABLE, OSError)
MALFORMED = (ValueError, TypeError, LookupError)


class Evidence:
    """What was seen of one submission; `base` stands for its files, the environment and the probes' code."""

    def __init__(self, path: Path, base: str) -> None:
        """Read what is there; what was made from something else is forgotten when it is written."""
        self.path, self.base, self.changed, self.asked = path, base, False, False
        self.frames = _read(path, base)
        self._decoded: dict[str, Observation] = {}

    def get(self, key: str) -> Observation | None:
        """The observation of a request that was made before."""
        if key not in self._decoded and key in self.frames:
            try:
                self._decoded[key] = _observation(self.frames[key])
            except MALFORMED:  # somebody's, not ours: asked again
                del self.frames[key]
        return self._decoded.get(key)

    def put(self, key: str, observation: Observation) -> None:
        """Keep an observation."""
        self.frames[key] = _frame(observation)
        self._decoded[key] = observation
        self.changed = self.asked = True

    @property
    def loaded(self) -> Loaded | None:
        """What happened when the files were read."""
        if LOADED not in self.frames:
            return None
        try:
            return _loaded(self.frames[LOADED])
        except MALFORMED:
            self.frames.clear()
            return None

    @loaded.setter
    def loaded(self, loaded: Loaded) -> None:
        only = loaded.definitions_only
        kept: Value = {
            "problems": [asdict(one) for one in loaded.problems],
            "seconds": loaded.seconds,
            "definitions_only": asdict(only) if only else None,
            "ran": [asdict(one) for one in loaded.ran],
            "surroundings": [list(one) for one in loaded.surroundings],
        }
        self.frames[LOADED] = encode(kept)
        self.changed = True

    def write(self) -> None:
        """Put everything on disk at once, or nothing."""
        if not self.changed:
            return
        temporary = self.path.with_suffix(".part")
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            archive.comment = self.base.encode()
            for key in sorted(self.frames):
                archive.writestr(zipfile.ZipInfo(key), self.frames[key])
        os.replace(temporary, self.path)
        self.changed = False

    def seconds(self) -> dict[str, float]:
        """The time that each request's probe took, by its own account."""
        seen = {key: self.get(key) for key in list(self.frames) if key != LOADED}
        return {key: one.seconds for key, one in sorted(seen.items()) if one is not None}


def _read(path: Path, base: str) -> dict[str, bytes]:
    """Every frame, or none: what cannot be read whole was never seen, and is asked again."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist() if archive.comment == base.encode() else []
            return {name: archive.read(name) for name in names}
    except DAMAGED:
        return {}


def _loaded(frame: bytes) -> Loaded:
    kept = cast("Mapping[str, object]", decode(frame))
    problems = tuple(_failure(one) for one in cast("list[Mapping[str, object]]", kept["problems"]))
    only = cast("Mapping[str, object] | None", kept["definitions_only"])
    ran = tuple(_ran(one) for one in cast("list[Mapping[str, object]]", kept["ran"]))
    notes = tuple((kind, name) for kind, name in cast("list[list[str]]", kept["surroundings"]))
    return Loaded(problems, cast("float", kept["seconds"]), _failure(only) if only else None, ran, notes)


def _frame(observation: Observation) -> bytes:
    """What came out of the sandbox is kept as it came; a failure may be what we say of it."""
    if isinstance(observation, Failure):
        return encode({"failure": asdict(observation)})
    return observation.frame or encode({"value": observation.value, "seconds": observation.seconds})


def _observation(frame: bytes) -> Observation:
    kept = decode(frame)
    failure = kept.get("failure") if isinstance(kept, Mapping) else None
    return _failure(cast("Mapping[str, object]", failure)) if failure else observed(kept, frame)


def _ran(kept: Mapping[str, object]) -> Ran:
    raised = cast("Mapping[str, object] | None", kept["raised"])
    return Ran(**{**kept, "raised": _failure(raised) if raised else None})  # type: ignore[arg-type]  # as below


def _failure(kept: Mapping[str, object]) -> Failure:
    return Failure(**kept)  # type: ignore[arg-type]  # written by us, from the same fields
