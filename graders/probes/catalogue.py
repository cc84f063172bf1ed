"""The probes by name: what a request may ask for."""

from __future__ import annotations

from collections.abc import Callable

from graders.probes.call import call
from graders.probes.datasets import dataset, loaders, program_loaders
from graders.probes.files import prepared, ran, written
from graders.probes.made_loaders import made_loaders
from graders.probes.network import answers, forward, initial_weights
from graders.probes.rerun import drawn, reading, rerun
from graders.probes.steps import steps
from graders.probes.training import training
from graders.probes.wire import Value

PROBES: dict[str, Callable[..., Value]] = {
    probe.__name__: probe
    for probe in (
        call,
        forward,
        answers,
        initial_weights,
        training,
        dataset,
        loaders,
        program_loaders,
        prepared,
        ran,
        written,
        steps,
        reading,
        drawn,
        rerun,
        made_loaders,
    )
}
