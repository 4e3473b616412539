"""From a sign-up of a campaign to a lead or a talent (S43): what came of it stays linked to the campaign."""

from __future__ import annotations

from typing import Any

from crm.database import Session
from crm.errors import ConflictError
from crm.i18n import _
from crm.queries.known import certain_known
from crm.queries.records import Record, load, load_one
from crm.services.records import create, update

INVESTMENT, TALENT = "investment", "talent"
NEW, LINK = "new", "link"


def convert_sign_up(session: Session, ref: str | int, *, into: str | None = None, known: str | None = None) -> Record:
    """Make a lead or a talent of a sign-up and return it; the sign-up names it from then on.

    Args:
        session: of ``Database.write``.
        ref: the sign-up.
        into: investment or talent; what the person came for when None, investment when that is not known.
        known: where a lead is plainly the same: ``new`` makes another one, ``link`` names the known one; None asks.

    Raises:
        NotFoundError: there is no such sign-up.
        ConflictError: it was converted before, or a lead is plainly the same and nobody said what to do.
    """
    sign_up = load_one(session, "sign-ups", ref)
    done = sign_up.values.get("lead") or sign_up.values.get("talent")
    if done:
        message = _("The sign-up {code} has become {record} already.")
        raise ConflictError(message.format(code=sign_up.code, record=done), where=sign_up.code)
    campaign = load_one(session, "campaigns", str(sign_up.values["campaign"]))
    if (into or sign_up.values.get("wants")) == TALENT:
        made = create(session, "talents", _talent(sign_up, campaign))
        update(session, "sign-ups", sign_up.id, {"talent": made.code})
    else:
        values = _lead(sign_up, campaign)
        found = [] if known == NEW else certain_known(session, values)
        if found and known != LINK:
            message = _("{code}: {name} may be known already ({why}). Say whether it is that one or a new one.")
            told = {"code": sign_up.code, "name": found[0][1], "why": found[0][2]}
            raise ConflictError(message.format(**told), where=sign_up.code)
        made = load(session, "leads", [found[0][0]])[0] if found else create(session, "leads", values)
        update(session, "sign-ups", sign_up.id, {"lead": made.code})
    return made


def _lead(sign_up: Record, campaign: Record) -> dict[str, Any]:
    said, name = sign_up.values, str(campaign.values["name"])
    return {
        "name": said.get("topic") or said.get("organisation") or name,
        "investor": said.get("organisation"),
        "kind": INVESTMENT,
        "source": name,
        "campaign": campaign.code,
        "station": campaign.values.get("station"),
        "country": campaign.values.get("country"),
        "contact": said.get("name"),
        "contact_phone": said.get("phone"),
        "stage": "lead",
    }


def _talent(sign_up: Record, campaign: Record) -> dict[str, Any]:
    said = sign_up.values
    return {
        "name": said["name"],
        "organisation": said.get("organisation"),
        "field": said.get("topic"),
        "phone": said.get("phone"),
        "campaign": campaign.code,
        "station": campaign.values.get("station"),
        "state": "found",
        "source": campaign.values["name"],
    }
