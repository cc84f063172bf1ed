"""Ask a submission what was never asked of it: the only place that opens a sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.assignment import DeclarationError
from graders.engine.evidence import Evidence
from graders.judge.unbelieved import guarded
from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Probe, asked
from graders.observe.request import Request
from graders.probes.wire import Array
from graders.sandbox.loading import Job, Source
from graders.sandbox.session import Session
from graders.submissions.binding import Binding
from graders.submissions.submission import Submission

Gathered = dict[Probe[object], list[Observation]]
# Far beyond the most that any plan has ways: who asks on is our bug, and nobody's answer is read as if it were whole.
MOST_ROUNDS = 200


class Observer:
    """One submission that can be asked; its sandbox opens with the first request that was never made."""

    def __init__(self, evidence: Evidence, open_session: Callable[[], Session]) -> None:
        """Nothing is opened yet."""
        self.evidence, self._open = evidence, open_session
        self._session: Session | None = None

    def __enter__(self) -> Observer:
        """Ask inside `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the sandbox."""
        if self._session:
            self._session.close()

    def gather(self, probes: Sequence[Probe[object]], context: Context) -> Gathered:
        """Every observation that the probes want, round after round, until none has another question."""
        gathered: Gathered = {probe: [] for probe in probes}
        for _ in range(MOST_ROUNDS):
            wanted = {probe: _questions(probe, context, seen) for probe, seen in gathered.items()}
            if not any(wanted.values()):
                return gathered
            self._observe([request for requests in wanted.values() for request in requests])
            for probe, requests in wanted.items():
                gathered[probe] += [self._kept(request) for request in requests]
        raise DeclarationError(f"a probe still asks after {MOST_ROUNDS} rounds")

    def _kept(self, request: Request) -> Observation:
        observation = self.evidence.get(request.key)
        assert observation is not None, "it was just observed"
        return observation

    def _observe(self, requests: Sequence[Request]) -> None:
        """Observe the requests that were never made, group by group."""
        groups: dict[str, dict[str, Request]] = {}
        for request in requests:
            if self.evidence.get(request.key) is None:
                groups.setdefault(request.group, {})[request.key] = request
        for group in groups.values():
            seen = self._opened().observe(list(group.values()))
            for request, observation in zip(group.values(), seen, strict=True):
                self.evidence.put(request.key, observation)

    def _opened(self) -> Session:
        if not self._session:
            self._session = self._open()
            self.evidence.loaded = self._session.loaded
        return self._session

    def read(self, context: Context) -> None:
        """Read the files where nothing was asked of them: what ended them is told all the same."""
        if self.evidence.loaded is None and context.binding.entry is not None:
            self._opened()


def _questions(probe: Probe[object], context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
    """What a probe asks next; nothing where what was seen has no form that it knows, which is told where it is read."""
    questions = guarded(lambda: list(asked(probe, context, seen))) if seen else list(asked(probe, context, seen))
    return [] if isinstance(questions, Failure) else questions


def job(
    submission: Submission, binding: Binding, given: Mapping[str, bytes], elsewhere: Mapping[str, str] | None = None
) -> Job:
    """What a sandbox starts with: the files handed in, the given ones over them, and what is to be read."""
    folder = binding.entry.rsplit("/", 1)[0] if binding.entry and "/" in binding.entry else ""
    ours = {f"{folder}/{name}".lstrip("/"): content for name, content in given.items()}
    tops = {f"{folder}/{name.split('/', 1)[0]}".lstrip("/") for name in given}
    kept = {
        name: content
        for name, content in submission.files.items()
        if not any(f"{name}/".startswith(f"{top}/") for top in tops)
    }
    sources = [
        Source(file=one.file, module=one.module, chunks=list(one.chunks), define=one.file in binding.only_defined)
        for one in binding.sources
    ]
    return Job(
        files={name: _bytes(content) for name, content in {**kept, **ours}.items()},
        sources=sources,
        folder=folder,
        run=True,
        given=sorted(given),
        elsewhere=dict(elsewhere or {}),
    )


def _bytes(content: bytes) -> Array:
    return np.frombuffer(content, np.uint8)
