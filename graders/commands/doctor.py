"""`grade.py doctor`: what isolation this machine gives."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console

from graders.commands.usage import Lang, Language
from graders.language import say, translator
from graders.sandbox.layers import probe

MEANING = {
    "full": say("Untrusted submissions can be graded here."),
    "partial": say("Untrusted submissions can be graded here, if no answers lie in this container."),
    "none": say("Untrusted submissions are refused here; --no-isolation runs code that you trust."),
}


def doctor(lang: Lang = Language.FR) -> int:
    """Say which layers of isolation work here, found by trying them, and what is missing."""
    layers = probe()
    console = Console(highlight=False)
    for name, value in asdict(layers).items():
        if name != "reasons":
            console.print(f"{'✔' if value else '✘'} {name}{f' (ABI {value})' if name == 'landlock' and value else ''}")
    for reason in layers.reasons:
        console.print(f"  {reason}", markup=False)
    level = say("level: {level}. {meaning}", level=layers.level, meaning=MEANING[layers.level])
    console.print(translator(lang.value)(level), soft_wrap=True)
    return 0 if layers.level != "none" else 1
