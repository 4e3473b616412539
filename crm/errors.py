"""What can go wrong that is not a bug: each error says in one sentence where it is and what to do."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend; shown in its own words, exit code 1.

    Attributes:
        kind: a stable code for scripts (``--json`` gives it as ``error.kind``).
        message: one clear sentence in the user's language.
        where: the place it is about (file, sheet, row, cell or field), or None.
    """

    kind = "error"

    def __init__(self, message: str, *, where: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where


class ValueRefusedError(UserError):
    """A value given for a field cannot be read as what the field holds."""

    kind = "value"


class NotFoundError(UserError):
    """The record named is not there (any more)."""

    kind = "not_found"


class AmbiguousError(UserError):
    """A name stands for several records."""

    kind = "ambiguous"


class ConflictError(UserError):
    """Somebody else changed the record meanwhile."""

    kind = "conflict"


class StepNotAllowedError(UserError):
    """The record may not take this step now.

    Attributes:
        wants_reason: whether it may once somebody says why.
    """

    kind = "step"

    def __init__(self, message: str, *, where: str | None = None, wants_reason: bool = False) -> None:
        super().__init__(message, where=where)
        self.wants_reason = wants_reason


class WorkbookError(UserError):
    """A file cannot be read as a workbook."""

    kind = "workbook"


class DatabaseError(UserError):
    """A database cannot be opened, read or written as asked."""

    kind = "database"


class BusyError(DatabaseError):
    """The server broke a transaction off for the sake of another one; done again, it may go through."""


class PasswordError(DatabaseError):
    """An encrypted database was opened without its password, or with another one.

    Attributes:
        given: a password was given, and it does not open the file.
    """

    kind = "password"

    def __init__(self, message: str, *, where: str | None = None, given: bool = False) -> None:
        super().__init__(message, where=where)
        self.given = given


class FileRefusedError(UserError):
    """A file cannot be written or read where the user said."""

    kind = "file"


class GlyphMissingError(UserError):
    """No font at hand has a character that a page needs."""

    kind = "glyph"


class ScreenMissingError(UserError):
    """The window was asked for where nobody could see it."""

    kind = "screen"
