"""Tables of how things stand: obligations, where leads come from, chains, classes, predicted beside realised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import func, select

from crm.database import Session
from crm.domain.agreements import Standing, commitments, due_day, shortfall, standing
from crm.domain.calibration import CHANNELS, LARGEST, LEAST_CASES, Calibration, groups_of
from crm.domain.chains import gaps
from crm.domain.fields.codes import CULTURE_LINES, FUTURE_INDUSTRIES
from crm.domain.fields.kinds.choices import EVALUATION_CLASSES, OBLIGATION_MEASURES, OBLIGED
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.words import label_of
from crm.domain.origins import top_origins
from crm.domain.quantities import decimal_text
from crm.domain.quantities.display import share_text
from crm.domain.stages.explain import stage_name
from crm.i18n import N_, _
from crm.models import Lead, table_of
from crm.queries.calibration import stage_chances, tax_cases
from crm.queries.records import load

Found: TypeAlias = tuple[Mapping[str, str], list[tuple[Any, ...]]]
"""Key → message of each column, and the rows."""

STANDINGS: Mapping[Standing, str] = {
    Standing.KEPT: N_("performed as agreed"),
    Standing.SHORT: N_("less than agreed"),
    Standing.OVERDUE: N_("overdue"),
    Standing.OPEN: N_("open"),
    Standing.UNDATED: N_("no date entered"),
}
ORDER = (Standing.OVERDUE, Standing.SHORT, Standing.UNDATED, Standing.OPEN, Standing.KEPT)

SIZE_WORDS: Mapping[str, str] = {
    "below_100m": N_("below 100 million yuan"),
    "below_500m": N_("100 to 500 million yuan"),
    "below_2bn": N_("500 million to 2 billion yuan"),
    LARGEST: N_("2 billion yuan and more"),
}
TRAITS: Mapping[str, str] = {"industry": N_("Industry"), "size": N_("Size"), "channel": N_("How it came")}


def _values(session: Session, kind: str) -> list[Mapping[str, Any]]:
    return [record.values for record in load(session, kind)]


def _leads(session: Session, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    columns = table_of(Lead).c
    for row in session.connection().execute(select(*(columns[name] for name in names)).order_by(columns.id)):
        yield dict(zip(names, row, strict=True))


def _obligations(session: Session, on: date) -> Found:
    head = {
        "code": N_("Code"),
        "lead": N_("Lead"),
        "name": N_("Matter"),
        "obliged": N_("Who owes it"),
        "measure": N_("What is owed"),
        "due": N_("Due"),
        "standing": N_("Standing"),
        "shortfall": N_("Shortfall"),
    }
    found = [(each, standing(each, on)) for each in _values(session, "obligations")]
    found.sort(key=lambda line: (ORDER.index(line[1]), due_day(line[0]) or date.max, str(line[0]["code"])))
    return head, [
        (
            each["code"],
            each["lead"],
            each["name"],
            label_of(OBLIGED, str(each["obliged"])),
            label_of(OBLIGATION_MEASURES, str(each["measure"])),
            None if (day := due_day(each)) is None else day.isoformat(),
            _(STANDINGS[how]),
            None if (less := shortfall(each)) is None else decimal_text(less),
        )
        for each, how in found
    ]


def _commitments(session: Session, _on: date) -> Found:
    head = {
        "year": N_("Business year"),
        "measure": N_("What is owed"),
        "currency": N_("Currency"),
        "promised": N_("Promised (10,000)"),
        "performed": N_("Performed (10,000)"),
        "without": N_("Without an amount"),
    }
    return head, [
        (
            None if line.year is None else str(line.year),
            label_of(OBLIGATION_MEASURES, line.measure),
            line.currency,
            decimal_text(line.promised),
            decimal_text(line.performed),
            line.without,
        )
        for line in commitments(_values(session, "obligations"))
    ]


def _origins(session: Session, _on: date) -> Found:
    columns = table_of(Lead).c
    place = func.coalesce(columns.origin_place, columns.country)
    counted = session.connection().execute(select(place, func.count()).group_by(place))
    counts = {name: int(count) for name, count in counted}
    ranked, others, without = top_origins(
        {"origin_place": name} for name, count in counts.items() for _each in range(count)
    )
    head = {"place": N_("Place of origin"), "leads": N_("Leads")}
    rows: list[tuple[Any, ...]] = [*ranked, (_("Other places"), others), (_("not filled in"), without)]
    return head, [*rows, (_("All leads"), sum(counts.values()))]


def _future(session: Session, _on: date) -> Found:
    columns = table_of(Lead).c
    query = select(columns.future_industry, columns.culture_line, func.count())
    grouped = session.connection().execute(query.group_by(columns.future_industry, columns.culture_line))
    counts = Counter({(row[0], row[1]): int(row[2]) for row in grouped})
    head = {"industry": N_("Future industry"), "line": N_("Line of culture"), "leads": N_("Leads")}
    rows: list[tuple[Any, ...]] = []
    for industry in FUTURE_INDUSTRIES:
        own = {line: count for (code, line), count in counts.items() if code == industry.code}
        rows.append((_(industry.label), None, sum(own.values())))
        if industry.code == "culture":
            rows += [(None, _(line.label), own.get(line.code, 0)) for line in CULTURE_LINES]
            rows.append((None, _("not filled in"), own.get(None, 0)))
    rows.append((_("not filled in"), None, sum(count for (code, _line), count in counts.items() if code is None)))
    return head, [*rows, (_("All leads"), None, sum(counts.values()))]


def _chains(session: Session, _on: date) -> Found:
    head = {"cluster": N_("Industry cluster"), "gap": N_("Gap in the chain"), "leads": N_("Leads")}
    clusters = _values(session, "clusters")
    names = {str(each["code"]): str(each.get("name") or each["code"]) for each in clusters}
    leads = [lead for lead in _leads(session, ("code", "cluster", "chain_position")) if lead["cluster"]]
    rows = [
        (names[each.cluster], each.name or _("all of the cluster"), list(each.leads)) for each in gaps(clusters, leads)
    ]
    return head, rows


def _leading(session: Session, _on: date) -> Found:
    head = {
        "firm": N_("Leading firm"),
        "leads": N_("Leads it brought"),
        "firms": N_("Enterprises it brought"),
    }
    firms = _values(session, "enterprises")
    leads = [lead for lead in _leads(session, ("code", "led_by")) if lead["led_by"]]
    rows = []
    for firm in firms:
        names = {firm["code"], firm.get("name")}
        brought = [lead["code"] for lead in leads if lead["led_by"] in names]
        followed = [each["code"] for each in firms if each.get("led_by") == firm["code"]]
        if firm.get("leading") or brought or followed:
            rows.append((firm.get("name") or firm["code"], brought, followed))
    known = {name for firm in firms for name in (firm["code"], firm.get("name"))}
    others = sorted({str(lead["led_by"]) for lead in leads} - known)
    rows += [(name, [lead["code"] for lead in leads if lead["led_by"] == name], []) for name in others]
    return head, rows


def _classes(session: Session, _on: date) -> Found:
    head = {
        "enterprise": N_("Enterprise"),
        "year": N_("Business year"),
        "grade": N_("Class"),
        "consequence": N_("Consequence of a class"),
    }
    texts = {
        str(each.get("head") or each.get("name")): each.get("text")
        for each in _values(session, "texts")
        if each.get("kind") == "consequence"
    }
    names = {str(each["code"]): str(each.get("name") or each["code"]) for each in _values(session, "enterprises")}
    graded = [each for each in _values(session, "evaluations") if each.get("grade")]
    graded.sort(key=lambda each: (-each["year"], str(each["grade"]), str(each["enterprise"])))
    return head, [
        (
            names.get(str(each["enterprise"]), str(each["enterprise"])),
            str(each["year"]),
            label_of(EVALUATION_CLASSES, str(each["grade"])),
            texts.get(str(each["grade"])),
        )
        for each in graded
    ]


def _calibration(session: Session, on: date) -> Found:
    head = {
        "by": N_("Grouped by"),
        "group": N_("Group"),
        "cases": N_("Cases"),
        "median": N_("Realised of promised tax"),
        "low": N_("Interval from"),
        "high": N_("Interval to"),
    }
    cases = tax_cases(session, on)
    rows: list[tuple[Any, ...]] = []
    for by, name in TRAITS.items():
        for group, found in groups_of(cases, by).items():
            rows.append((_(name), _group_word(by, group), *_factor(found)))
    return head, rows


def _group_word(by: str, group: str) -> str:
    if not group:
        return _("not filled in")
    if by == "size":
        return _(SIZE_WORDS[group])
    if by == "channel":
        return _(LEAD_FIELDS[group].label) if group in CHANNELS else _("other ways")
    return group


def _factor(found: Calibration | int) -> tuple[Any, ...]:
    if not isinstance(found, Calibration):
        return found, _("fewer than {count} cases").format(count=LEAST_CASES), None, None
    return found.cases, *(share_text(share) for share in (found.median, found.low, found.high))


def _probabilities(session: Session, on: date) -> Found:
    head = {
        "stage": N_("Stage"),
        "predicted": N_("Expected share"),
        "cases": N_("Cases"),
        "registered": N_("Registered here"),
        "realised": N_("Realised share"),
    }
    return head, [
        (
            stage_name(each.stage),
            None if each.predicted is None else decimal_text(each.predicted),
            each.cases,
            each.registered,
            _("fewer than {count} cases").format(count=LEAST_CASES)
            if each.realised is None
            else share_text(each.realised),
        )
        for each in stage_chances(session, on)
    ]


STANDING_TABLES: Mapping[str, tuple[str, str, Callable[[Session, date], Found]]] = {
    "obligations": (
        N_("Obligations under agreements"),
        N_("Overdue ones first; shortfall in ten thousand of the currency, or in the number's own unit."),
        _obligations,
    ),
    "commitments": (
        N_("Promised and paid in, by year"),
        N_("What enterprises owe; each currency by itself, nothing converted."),
        _commitments,
    ),
    "origins": (
        N_("Places of origin"),
        N_("Counted: leads, by province and city of origin, else by country; the ten most frequent."),
        _origins,
    ),
    "future": (N_("Future industries"), N_("Counted: leads, each once, as entered."), _future),
    "chains": (
        N_("Clusters and gaps"),
        N_("Leads that name the cluster; for a gap, those whose place in the chain names it."),
        _chains,
    ),
    "leading": (N_("Brought by leading firms"), N_("Leads and enterprises that name the firm."), _leading),
    "classes": (
        N_("Classes and consequences"),
        N_("The text is the one entered for the class; without a text nothing is said."),
        _classes,
    ),
    "calibration": (
        N_("Promised and realised tax"),
        N_("Statistics of the past, from 20 cases on; they change no verdict and are printed in no brief."),
        _calibration,
    ),
    "probabilities": (
        N_("Expected and realised success"),
        N_("Leads that were registered or ended, by the stages they stood in; statistics from 20 cases on."),
        _probabilities,
    ),
}
"""By the word of the command line: name, what is counted, what makes it."""
