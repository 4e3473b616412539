"""Calendar files go out and come back the same; foreign ones are read, what cannot be taken is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.policy import default

import pytest

from crm.domain.calendars.ics import from_ics, title_of, to_ics
from crm.domain.calendars.mails import to_eml
from crm.domain.tasks import Planned

NOW = datetime(2026, 11, 26, 1, 2, 3, tzinfo=UTC)
VISIT = Planned(
    kind="visit",
    title="看厂房；核层高,承重",
    day=date(2026, 11, 27),
    uid="0190-1@xiangtu",
    at=time(9, 30),
    until=time(11),
    place="苏州相城（虚构）" * 6,
    people="李娜",
    outline="1. 层高\n2. 承重",
)
DAY = Planned(kind="task", title="送测算单", day=date(2026, 12, 1), uid="0190-2@xiangtu")
FOREIGN = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:abc@corp\r
SUMMARY:与投资方会谈\r
DTSTART;TZID=Asia/Shanghai:20261202T140000\r
DTEND;TZID=Asia/Shanghai:20261202T153000\r
LOCATION:3号会议室\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:weekly@corp\r
SUMMARY:例会\r
DTSTART:20261203T010000Z\r
RRULE:FREQ=WEEKLY\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:off@corp\r
SUMMARY:取消的\r
DTSTART;VALUE=DATE:20261204\r
STATUS:CANCELLED\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:none@corp\r
SUMMARY:没有日期\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_what_goes_out_is_in_utc_and_no_line_is_longer_than_75_bytes() -> None:
    content = to_ics([(VISIT, "星瀚（虚构）"), (DAY, "")], NOW)
    lines = content.split(b"\r\n")
    assert b"DTSTART:20261127T013000Z" in lines
    assert b"DTSTART;VALUE=DATE:20261201" in lines
    assert b"UID:0190-1@xiangtu" in lines
    assert b"TRIGGER:-PT30M" in lines
    assert max(map(len, lines)) <= 75


def test_what_went_out_comes_back_the_same() -> None:
    [visit, day] = from_ics(to_ics([(VISIT, "星瀚（虚构）"), (DAY, "")], NOW)).entries
    assert (visit.kind, visit.day, visit.at, visit.until, visit.place, visit.uid) == (
        "visit",
        VISIT.day,
        VISIT.at,
        VISIT.until,
        VISIT.place,
        VISIT.uid,
    )
    assert visit.title == title_of(VISIT, "星瀚（虚构）") == "走访 · 星瀚（虚构） · 看厂房；核层高,承重"
    assert visit.outline == "同行：李娜\n1. 层高\n2. 承重"
    assert (day.day, day.at, day.until) == (DAY.day, None, None)


def test_a_foreign_calendar_is_read_and_what_is_left_out_is_told() -> None:
    found = from_ics(FOREIGN.encode())
    assert [(one.title, one.day.day, one.at, one.until) for one in found.entries] == [
        ("与投资方会谈", 2, time(14), time(15, 30)),
        ("例会", 3, time(9), None),
    ]
    assert [note.code for note in found.notes] == ["repeats", "cancelled", "no_day"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "不是日历".encode(), b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n"])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whose words they are, differs with what is wrong)
        from_ics(content)


def test_a_draft_has_no_sender_and_carries_the_invitation() -> None:
    mail = message_from_bytes(to_eml(VISIT, "星瀚（虚构）", NOW, signed="李娜"), policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    assert mail["Subject"] == title_of(VISIT, "星瀚（虚构）")
    body = mail.get_body(("plain",))
    assert body is not None
    assert "时间：2026-11-27 周五 09:30-11:00" in body.get_content()
    [attached] = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert "BEGIN:VEVENT" in attached.get_content()
