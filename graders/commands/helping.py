"""What `--help` says and what is wrong with a command line, in the language in use.

Sentences of ours are in the catalogue, as everywhere. The parser knows English alone: the few words that it adds are exchanged in
what it wrote, and a sentence of its own that is not known here stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from graders.language import Message, Translate, say

TRANSLATE = "translate"
WORDS: Mapping[str, Message] = {
    r"^Usage: ": say("Usage: "),
    r"^Arguments:$": say("Arguments:"),
    r"^Options:$": say("Options:"),
    r"^Commands:$": say("Commands:"),
    r"\bShow\s+this\s+message\s+and\s+exit\.": say("Show this message."),
    r"\[env\s+var:": say("[or in"),
    r"\bdefault:": say("default:"),
    r"\brequired\]": say("required]"),
}
INVALID = r"Invalid value for '(?P<name>.*?)'(?: \(env var.*?\))?: .*"
FAULTS: Mapping[str, Message] = {
    r"No such option: (?P<name>\S+)[\s\S]*": say("There is no option {name}."),
    r"No such command '(?P<name>[\s\S]*)'\.": say("There is no command {name}."),
    r"Missing (?:argument|option) '(?P<name>.*)'\.": say("{name} is missing."),
    r"Missing command\.": say("A command is missing."),
    r"Option '(?P<name>.*)' requires an argument\.": say("A value is missing after {name}."),
    r"Option '(?P<name>.*)' does not take a value\.": say("{name} takes no value."),
    r"Got unexpected extra argument\(?s?\)? \((?P<name>[\s\S]*)\)": say("Too much: {name}."),
    rf"{INVALID} integer.*": say("{name} wants a whole number."),
    rf"{INVALID} number.*": say("{name} wants a number."),
    rf"{INVALID} greater than or equal to (?P<least>.*)": say("{name} is {least} or more."),
    rf"{INVALID} less than or equal to (?P<most>.*)": say("{name} is {most} or less."),
    rf"{INVALID} (?:not one of|should be) (?P<known>'.*?)\.?": say("{name} is one of {known}."),
}


class Verb(TyperCommand):
    """A command whose help is in the language that the program was started in."""

    def get_help(self, ctx: Any) -> str:
        """All of it."""
        return _exchanged(super().get_help(ctx), ctx)


class Verbs(TyperGroup):
    """Commands, in the same way."""

    def get_help(self, ctx: Any) -> str:
        """All of it."""
        return _exchanged(super().get_help(ctx), ctx)


def speaking(command: Any, translate: Translate) -> None:
    """Translate the help of a command, of its options and arguments, and of the commands below it."""
    command.help = _shown(command.help, translate)
    for given in command.params:
        if isinstance(given, typer.core.TyperOption | typer.core.TyperArgument):
            given.help = _shown(given.help, translate)
    for below in getattr(command, "commands", {}).values():
        speaking(below, translate)


def fault(error: typer.TyperException) -> Message:
    """What is wrong with a command line; the help where nothing was asked for."""
    found = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        return _as_is(found)
    known = ((re.fullmatch(pattern, found), said) for pattern, said in FAULTS.items())
    said = (Message(text=said.text, values=match.groupdict()) for match, said in known if match)
    return say("{problem}\nSee grade.py --help.", problem=next(said, _as_is(found)))


def _as_is(words: str) -> Message:
    return Message(text="{words}", values={"words": words})


def _shown(text: str | None, translate: Translate) -> str | None:
    return translate(Message(text=cleandoc(text))) if text else text


def _exchanged(text: str, ctx: Any) -> str:
    translate: Translate = ctx.find_root().obj[TRANSLATE]
    for pattern, said in WORDS.items():
        text = re.sub(pattern, translate(said), text, flags=re.MULTILINE)
    return text
