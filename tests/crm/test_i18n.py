"""The catalogue says what gettext says, message by message."""

from __future__ import annotations

import gettext
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from crm.i18n import _, _Catalogue, ngettext, pgettext, use_language
from crm.resources import resource_folder


def _source() -> Catalog:
    with (resource_folder() / "locale" / "zh_CN" / "LC_MESSAGES" / "xiangtu.po").open("rb") as file:
        return read_po(file)


def _compiled(catalogue: Catalog) -> BytesIO:
    target = BytesIO()
    write_mo(target, catalogue)
    target.seek(0)
    return target


def test_every_message_is_said_as_gettext_says_it() -> None:
    source = _source()
    theirs = gettext.GNUTranslations(_compiled(source))
    for message in source:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            singular, plural = message.id
            assert [ngettext(singular, plural, count) for count in (0, 1, 2)] == [(message.string or [""])[0]] * 3
            assert theirs.ngettext(singular, plural, 2) == (message.string or [""])[0]
        elif message.context:
            assert pgettext(message.context, str(message.id)) == theirs.pgettext(message.context, str(message.id))
        else:
            assert _(str(message.id)) == theirs.gettext(str(message.id))


def test_a_message_is_found_only_whole() -> None:
    catalogue = Catalog(locale="zh_CN")
    catalogue.add("land", "土地")
    catalogue.add(("one lead", "leads"), ("条线索",))
    catalogue.add("lead", "线索")
    ours = _Catalogue(_compiled(catalogue).getvalue())
    assert ours.text("land", "?") == "土地"
    assert [ours.text(key, "?") for key in ("lan", "and", "leads", "", "land\0")] == ["?"] * 5


def test_what_no_catalogue_has_is_said_in_english_and_english_has_its_plural() -> None:
    assert _("no such message") == "no such message"
    assert [ngettext("{n} x", "{n} xs", count) for count in (1, 2)] == ["{n} x", "{n} xs"]
    with use_language("en"):
        assert [ngettext("{count} lead", "{count} leads", count) for count in (1, 2)] == [
            "{count} lead",
            "{count} leads",
        ]
        assert _("Undo") == "Undo"
