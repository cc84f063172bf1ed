"""icecream: prints what it is given, and gives it back."""

from __future__ import annotations

from graders.sandbox.standins.made import package


class IceCream:
    """`ic`."""

    enabled = True

    def __call__(self, *values: object) -> object:
        """Print the values; one comes back as it is, several as a tuple."""
        if self.enabled:
            print("ic|", *values)
        return values[0] if len(values) == 1 else values or None

    def format(self, *values: object) -> str:
        """What would be printed."""
        return " ".join(["ic|", *map(str, values)])

    def enable(self) -> None:
        """Print from now on."""
        self.enabled = True

    def disable(self) -> None:
        """Print no more."""
        self.enabled = False

    def configureOutput(self, **_: object) -> None:
        """The output is what it is."""


ic = IceCream()


def install(*_: object) -> None:
    """Every import has it."""


MODULES = package("icecream", ic=ic, install=install)
