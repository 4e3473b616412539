"""The change log of a record: what was changed, by whom, why, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from crm.domain.dossier import Change
from crm.domain.fields.registry import Field
from crm.domain.quantities import CHINA_TIME
from crm.i18n import _, pgettext
from reports.content import Block, Line, Note, Tone, Words, line
from reports.parts import grid, past_words
from reports.text import cap, clean

CHANGES_MOST = 400
"""Lines of the change log a document prints, the newest; it says how many more there are."""

Shown = Callable[[str, object], str]
"""Field and value -> the words of the screen."""


def changes_blocks(changes: Sequence[Change], fields: Mapping[str, Field], shown: Shown) -> Iterator[Block]:
    """Yield the newest changes; those of one moment, officer and reason stand under one line that tells them."""
    newest = changes[-CHANGES_MOST:]
    heads = (pgettext("page", "Field"), pgettext("page", "Before"), pgettext("page", "After"))
    for moment, together in groupby(newest, lambda one: (moment_text(one), one.by, one.why)):
        yield Note(_change_line(*moment), with_next=True)
        rows = [
            (_field(one, fields), side(one, one.before, fields, shown), side(one, one.after, fields, shown))
            for one in together
        ]
        yield grid(heads, rows, (24, 38, 38))
    left = len(changes) - len(newest)
    text = _("{count} changes in all").format(count=len(changes))
    if left:
        text = _("{text}; the oldest {left} are not printed here").format(text=text, left=left)
    yield Note(line(_("{sentence}. ").format(sentence=text).strip()))


def moment_text(change: Change) -> str:
    """Return the moment of a change, by the clock of the district."""
    return f"{change.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"


def side(change: Change, value: object, fields: Mapping[str, Field], shown: Shown) -> Line:
    """Return what a field held before or after; a stretch of text is capped, the record itself has all of it."""
    known = fields.get(change.field)
    if known is None:
        return line("—")
    if value is None:
        return (Words(pgettext("page", "empty"), Tone.GREY),)
    return (past_words(cap(clean(shown(change.field, value)), 200), _(known.label)),)


def _change_line(at: str, by: str, why: str) -> Line:
    """Return what stands over the lines of one change: moment, officer and reason, with wide blanks between them."""
    words = [Words(at)]
    for text, name in ((by, pgettext("page", "By")), (why, pgettext("page", "Why"))):
        words += [Words("　" + text, where=past_words("", name).where, past=True)] if text else []
    return tuple(words)


def _field(change: Change, fields: Mapping[str, Field]) -> str:
    if change.field:
        return _(fields[change.field].label) if change.field in fields else change.field
    return {"created": _("record made"), "deleted": _("record deleted")}.get(change.action, change.action)
