"""argparse in the language in use, and stricter: an option that is not a list may be given once.

argparse looks its words up under the name ``_`` of its own module, where gettext's function stands; while ours stands
there, they come from our catalogue like all others. gettext's own way would read the whole catalogue at each start.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from crm.i18n import N_, _

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("%(heading)s:"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)
"""What argparse says to people, of every Python from 3.11 on."""

_GIVEN = "options_given"


class StoreOnce(argparse.Action):
    """Stores a value; the same option again is refused, for the first one would be lost without a word."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  (argparse calls it so)
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep the value.

        Raises:
            ArgumentError: the option was given before.
        """
        given = vars(namespace).setdefault(_GIVEN, set())
        if option_string is not None and self.dest in given:
            raise argparse.ArgumentError(self, _("it may be given only once"))
        given.add(self.dest)
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """A parser whose plain options may be given once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (what argparse takes)
        super().__init__(*args, **kwargs)
        self.register("action", None, StoreOnce)
        self.register("action", "store", StoreOnce)


def whole_number(text: str) -> int:
    """Return the number an option takes.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is not a whole number.").format(text=text)) from None


def how_many(text: str) -> int:
    """Return the number of things an option takes: 1 or more.

    Raises:
        ArgumentTypeError: it is none.
    """
    number = whole_number(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("{number} is less than 1.").format(number=number))
    return number


@contextmanager
def translated() -> Iterator[None]:
    """While open, argparse speaks the language in use."""
    own = vars(argparse)
    before = own["_"]
    own["_"] = _
    try:
        yield
    finally:
        own["_"] = before
