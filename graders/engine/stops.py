"""One sentence for each place where reading a submission stopped: where, why, what it cost, what to do."""

from __future__ import annotations

import ast

from graders.language import Message, say
from graders.laws.failure import cell_of, place, told
from graders.observe.observation import Failure
from graders.submissions.binding import Binding

SYNTAX = ("SyntaxError", "IndentationError", "TabError")
NO_CARD = ("Torch not compiled with CUDA", "Found no NVIDIA driver", "CUDA driver")


def stop(problem: Failure, binding: Binding) -> Message | None:
    """What is told of it; nothing where nothing was lost: a program may end itself with its last statement."""
    if _is_last(problem, binding):
        return None
    where = place(problem.file or binding.entry or "?", problem.line)
    if problem.kind in ("absent", "ours"):
        return say("{place}: {what}", place=where, what=told(problem))
    if problem.kind == "timeout":
        return say(
            "{place} did not come to an end within the time limit, and was stopped there. What follows was read. Fewer "
            'epochs, or a training behind `if __name__ == "__main__":`, would be read to the end.',
            place=where,
        )
    words = message(problem).rstrip(".")
    raised = say("{place}: {type}: {message}.", place=where, type=problem.type, message=words)
    said = raised if words else say("{place}: {type}.", place=where, type=problem.type)
    return Message(text="{said} {cost}", values={"said": said, "cost": _cost(problem)})


def message(problem: Failure) -> str:
    """Without the place, which Python puts behind the message of a SyntaxError."""
    name = (problem.file or "").rpartition("/")[2]
    return problem.message.split(f" ({name}", 1)[0] if problem.type in SYNTAX and name else problem.message


def _cost(problem: Failure) -> Message:
    if problem.type in SYNTAX:
        if cell_of(problem.file):
            return say("This cell was not read; the others were run.")
        return say("This part of the file was not read; the rest was.")
    if problem.type == "SystemExit" and problem.message == "2":
        return say(
            "It wants arguments on the command line, and gets none here: what follows was read for its definitions."
        )
    if any(said in problem.message for said in NO_CARD):
        return say(
            'This machine has no graphics card: `torch.device("cuda" if torch.cuda.is_available() else "cpu")` works '
            "everywhere. What follows was read for its definitions."
        )
    if problem.type == "FileNotFoundError":
        return say("Only what is given and what was handed in is there; what follows was read for its definitions.")
    if cell_of(problem.file):
        return say("The rest of the cell that was running was read for its definitions; the cells after it were run.")
    return say("What follows in this file was read for its definitions.")


def _is_last(problem: Failure, binding: Binding) -> bool:
    """Whether a program ended itself where it would have ended."""
    if problem.type != "SystemExit" or problem.message not in ("None", "", "0"):
        return False
    source = next((one for one in binding.sources if one.file == problem.file), None)
    last = _last_line(source.trees[-1:]) if source else None
    return last is not None and last == problem.line


def _last_line(chunks: list[list[ast.stmt]]) -> int | None:
    return max((one.end_lineno or 0 for chunk in chunks for one in chunk), default=None)
