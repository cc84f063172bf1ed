"""The sandboxes of a template, one in use at a time. The next one opens while the judge still judges the last submission."""

from __future__ import annotations

from contextlib import suppress

from graders.sandbox.box import Box
from graders.sandbox.rlimits import Limits
from graders.sandbox.session import SandboxError
from graders.sandbox.warm import Template


class Sandboxes:
    """A warm template, and perhaps a sandbox of it that nobody has entered yet."""

    def __init__(self, level: str, slot: int = 0) -> None:
        """Start the template; see there."""
        self.template = Template(level, slot)
        self._next: Box | None = None

    @property
    def alive(self) -> bool:
        """Whether the template still runs."""
        return self.template.process.poll() is None

    def take(self, limits: Limits, *, wide: bool) -> Box:
        """A sandbox like that; nothing of those before is left. SandboxError where none opens."""
        self.template.settle()
        box, self._next = self._next, None
        if box and (box.limits, box.wide) != (limits, wide):
            box.close()
            box = None
        return box or Box(self.template, limits, wide=wide)

    def open_ahead(self, limits: Limits, *, wide: bool) -> None:
        """Begin to open the next one. It has a user of its own only inside of namespaces: without them what is left of the
        last submission would be counted with it."""
        if self.template.level == "full" and self._next is None:
            with suppress(SandboxError, OSError):  # told where somebody wants it
                self._next = Box(self.template, limits, wide=wide)

    def renew(self) -> None:
        """Start another template in place of this one."""
        self._drop()
        self.template.renew()

    def close(self) -> None:
        """End the template and all its sandboxes."""
        self._drop()
        self.template.close()

    def _drop(self) -> None:
        if self._next:
            self._next.close()
        self._next = None
