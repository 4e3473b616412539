"""What ``xiangtu demo`` says at its end: what was done, what was written and where, how long it took, what to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.commands.layout import columns
from crm.domain.fields.words import list_mark
from crm.domain.thresholds import Verdict
from crm.domain.thresholds.explain import verdict_text
from crm.i18n import N_, _
from crm.jobs.demonstration import DAY, Filled
from crm.jobs.demonstration_papers import Written
from crm.jobs.surveys import Fits, Verdicts

STEPS = {
    "open": N_("open the database"),
    "import": N_("import"),
    "follow_ups": N_("follow-up notes"),
    "leads": N_("made-up leads"),
    "duplicates": N_("duplicates"),
    "check": N_("threshold check"),
    "match": N_("matching"),
    "allocate": N_("allocation"),
    "documents": N_("documents"),
    "ledger": N_("ledger"),
    "pictures": N_("pictures"),
}
"""What each step is called."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done.

    Attributes:
        pairs: of leads that may be the same.
        allocation: the document of ``xiangtu allocate``.
        files: documents and ledger; the database stands in ``filled``.
        pictures: PNG pages.
    """

    filled: Filled
    folder: Path
    pairs: int
    verdicts: Verdicts
    fits: Fits
    allocation: Mapping[str, Any]
    files: Sequence[Written]
    pictures: Sequence[Path]


def document_of(done: Done) -> dict[str, Any]:
    """Return the document of the contract (``demo``), with what was found beside it."""
    imports = {name: answer["counts"] for name, answer in done.filled.imports.items()}
    return {
        "folder": str(done.folder),
        "database": str(done.filled.place),
        "files": [str(each) for each in (done.filled.place, *(each.file for each in done.files), *done.pictures)],
        "written": [str(each.file) for each in done.files if each.new],
        "seconds": {step: round(seconds, 3) for step, seconds in done.filled.seconds.items()},
        "on": DAY.isoformat(),
        "imports": imports,
        "follow_ups": done.filled.changed,
        "made_up": done.filled.made,
        "duplicates": done.pairs,
        "leads": done.verdicts.leads,
        "critical": done.verdicts.critical,
        "verdicts": {verdict.value: done.verdicts.by_verdict[verdict.value] for verdict in Verdict},
        "matched": {
            "leads": done.fits.leads,
            "with_community": done.fits.with_community,
            "with_fund": done.fits.with_fund,
        },
        "allocation": {name: done.allocation[name] for name in ("objective_wan", "status", "chosen", "used")},
    }


def report(done: Done) -> str:
    """Return it for people."""
    head = _("Demonstration: every company, project, community and fund is made up. Verdicts are of {day}.")
    parts = [head.format(day=DAY), *_imports(done.filled), *_found(done), "", *_files(done), "", _times(done)]
    return "\n".join([*parts, "", *_next(done)])


def _imports(filled: Filled) -> Iterator[str]:
    yield ""
    yield _("Imported:")
    rows = []
    for name, answer in filled.imports.items():
        counts = _("{data} records: {new} new, {changed} changed, {same} the same").format(**answer["counts"])
        rows.append(("  " + name, counts))
    yield from columns(rows)
    if filled.changed:
        yield _("  Follow-up notes of the officer changed {count} leads.").format(count=filled.changed)
    if filled.made:
        yield _("  {count} leads were made up.").format(count=filled.made)


def _found(done: Done) -> Iterator[str]:
    counts = done.verdicts.by_verdict
    verdicts = list_mark().join(f"{verdict_text(each)} {counts[each.value]}" for each in Verdict if counts[each.value])
    yield ""
    yield _("Found:")
    yield _("  {count} pairs of leads may be the same; nothing was merged.").format(count=done.pairs)
    yield _("  {count} leads against the land-tax thresholds: {verdicts} ({critical} critical).").format(
        count=done.verdicts.leads, verdicts=verdicts, critical=done.verdicts.critical
    )
    yield _("  {leads} leads matched: {communities} with a community, {funds} with a fund.").format(
        leads=done.fits.leads, communities=done.fits.with_community, funds=done.fits.with_fund
    )
    yield _(
        "  Best use of land and money: {count} leads, Σ probability × tax {value} ten thousand yuan a year."
    ).format(count=len(done.allocation["chosen"]), value=done.allocation["objective_wan"])


def _files(done: Done) -> Iterator[str]:
    yield _("Files in {folder}:").format(folder=done.folder)
    rows = [("  " + done.filled.place.name, _("database"))]
    rows += [("  " + each.file.name, _("written") if each.new else _("unchanged")) for each in done.files]
    yield from columns(rows)
    if done.pictures:
        yield _("  {count} pictures of their pages (.png)").format(count=len(done.pictures))


def _times(done: Done) -> str:
    steps = list_mark().join(f"{_(STEPS[step])} {seconds:.1f}" for step, seconds in done.filled.seconds.items())
    total = f"{sum(done.filled.seconds.values()):.1f}"
    return _("Seconds: {steps}; together {total}").format(steps=steps, total=total)


def _next(done: Done) -> Iterator[str]:
    yield _("Try:")
    for words in ("search 光电", "check 跨区协同制造基地（虚构）", "match 自动驾驶算法研发中心（虚构）", "doctor"):
        yield f'  xiangtu --database "{done.filled.place}" {words}'
