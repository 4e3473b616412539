from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from crm.domain.dossier import Change, LeadFacts, Origin, digest
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.matching.explain import community_text, criterion_name, explanation, fund_text, sentence
from crm.domain.quantities import Rate
from crm.domain.thresholds.explain import conclusion, explain, figure_down, figure_up, remedies
from crm.errors import GlyphMissingError
from crm.i18n import use_language
from reports.boxes import SignBox, TextBox
from reports.brief import brief, compose_brief
from reports.dossier import GROUPS, MILESTONES, NOT_PRINTED, compose_dossier, dossier
from reports.match_sheet import compose_match_sheet
from reports.page import Composed
from reports.parts import short
from reports.tables import TableBox
from reports.threshold_sheet import compose_threshold_sheet, threshold_sheet
from reports.typeset import Laid
from tests.reports import made
from tests.reports.made import DOLLARS, DRIVE, LEASE, NOTHING_KNOWN, RANGE, SPREAD, drive, facts, unpacked

AT = datetime(2026, 11, 27, 8, tzinfo=UTC)

Compose = Callable[[LeadFacts], Composed]
ALL: list[Compose] = [compose_brief, compose_dossier, compose_threshold_sheet, compose_match_sheet]

LONG = {
    **DRIVE,
    "name": "赛力康（苏州）生物医药科技股份有限公司细胞治疗药物研发中试及商业化生产总部基地建设项目（虚构）",
    "investor": "Cellicon Biopharmaceuticals International Holdings (Singapore) Private Limited",
    "notes": "年产电驱动总成30万套，含“三合一”产线（一期）；可配套区内整车企业。" * 600,
    "address": "相城区高铁新城南天成路" + "长" * 300,
    "next_step": "，" * 500 + "与自规局会商28亩以内用地方案。" * 200,
    "environment": ["中试", "P2", "动物实验", "甲类溶剂"] + [f"条件{number}" for number in range(60)],
    "industries": [f"产业{number}" for number in range(80)],
}


def cases() -> Iterator[LeadFacts]:
    yield drive()
    for given_values in (SPREAD, RANGE, NOTHING_KNOWN, LEASE, LONG):
        yield facts(given_values)
    yield facts(DOLLARS, rates=[Rate("USD", Decimal("7.10"), "2026-11-22")])


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


def laid_of(composed: Composed) -> Iterator[Laid]:
    for page in composed.pages:
        for placed in page:
            if isinstance(placed.box, TextBox):
                yield placed.box.laid
            elif isinstance(placed.box, TableBox):
                yield from (cell.laid for row in (*placed.box.heads, *placed.box.rows) for cell in row.cells)
            elif isinstance(placed.box, SignBox):
                yield from placed.box.labels


@pytest.mark.parametrize("compose", ALL)
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(compose: Compose) -> None:
    looked_at = 0
    for each in cases():
        for laid in laid_of(compose(each)):
            for paragraph in laid.paragraphs:
                for (_start, end, *_rest), (start, *_more) in pairwise(paragraph.lines):
                    looked_at += 1
                    only_marks = set(paragraph.text[max(0, start - 60) : start]) <= set("，")
                    assert paragraph.text[start] not in "，。、；：！？）》”’】〕%％㎡…" or only_marks
                    assert paragraph.text[end - 1] not in "（《“‘【〔"
    assert looked_at > 30


@pytest.mark.parametrize("compose", ALL)
def test_the_same_facts_give_the_same_bytes(compose: Compose) -> None:
    first = compose(drive()).pdf()
    compose(facts(SPREAD)).pdf()
    assert compose(drive()).pdf() == first


@pytest.mark.parametrize("compose", ALL)
def test_no_page_is_empty_and_nothing_leaves_the_text_area(compose: Compose) -> None:
    for each in cases():
        composed = compose(each)
        for page in composed.pages:
            assert page
            last = page[-1]
            assert last.down + last.box.height <= composed.sheet.height + 0.01


def test_a_brief_has_two_pages_at_most_whatever_the_record_holds() -> None:
    assert [compose_brief(each).count <= 2 for each in cases()] == [True] * 7
    assert "（全文见项目档案）" in text_of(brief(facts(LONG)))


def test_a_threshold_sheet_has_one_page() -> None:
    assert [compose_threshold_sheet(each).count for each in cases() if "notes" not in each.values] == [1] * 4
    assert compose_threshold_sheet(drive()).count == 1


def test_the_sheet_prints_the_very_figures_and_sentences_of_check() -> None:
    for each in cases():
        judgement, printed = each.judgement, text_of(threshold_sheet(each))
        assert squeezed(explain(judgement)) in printed
        assert squeezed(conclusion(judgement)) in printed
        assert squeezed(remedies(judgement)) in printed
        for test in judgement.tests:
            assert figure_down(test.actual) in printed
        for other in each.elsewhere:
            assert figure_up(other.required) in printed
            assert figure_up(other.gap_tax) in printed
        for year in judgement.by_year:
            assert figure_down(year.tax) in printed
            assert figure_down(year.tax_per_mu) in printed


def test_a_miss_by_rounding_is_seen_as_a_miss() -> None:
    printed = text_of(
        threshold_sheet(facts({**DRIVE, "annual_tax": "5000万元", "land": "25.0005亩", "tax_by_year": None}))
    )
    assert "25.0005亩" in printed
    assert "亩均税收199.99200−0.01不达标" in printed


def test_the_dossier_prints_every_sentence_of_match() -> None:
    each = facts({**DRIVE, "land": "无供地", "tax_by_year": None})
    assert each.match is not None
    assert each.match.communities is not None
    assert each.match.funds is not None
    printed = text_of(dossier(each))
    funds = {fund.code: fund for fund in each.match.targets.funds}
    assert each.match.communities.ranked
    assert each.match.funds.ranked
    for one in each.match.communities.ranked:
        assert squeezed(community_text(one, each.match.weights)) in printed
    for one in each.match.funds.ranked:
        assert squeezed(fund_text(one, funds[one.code], each.match.need, each.match.weights)) in printed
    for told in explanation(each.match).splitlines():
        assert squeezed(told) in printed, told


def test_the_dossier_prints_every_field_as_the_screen_shows_it() -> None:
    each = facts({**LONG, "next_step": DRIVE["next_step"], "financing_use": "扩产、研发", "probability": "60%"})
    printed = text_of(dossier(each))
    assert "60%" not in printed
    for name, value in each.values.items():
        if name not in NOT_PRINTED | {"notes"}:
            assert squeezed(value_to_text(LEAD_FIELDS[name], value)) in printed, name


def test_every_field_has_its_place_in_the_dossier() -> None:
    placed = {field for fields in GROUPS.values() for field in fields}
    others = {*MILESTONES, *NOT_PRINTED, "stage", "status", "status_reason", "notes", "confidential"}
    assert placed | others == set(LEAD_FIELDS)


def test_what_is_not_known_is_printed_as_such_and_never_as_zero() -> None:
    each = facts(NOTHING_KNOWN)
    printed = text_of(brief(each))
    assert printed.count("待补充") >= 20
    assert "达产年税收待补充亩均税收待补充" in printed
    assert "0.00" not in printed
    assert "试算结论（待核口径）：待补充" in printed


def test_plots_in_several_areas_have_no_common_average() -> None:
    whole = text_of(brief(facts(SPREAD)))
    assert "选址高铁新城、开发区" in whole
    assert "亩均税收分地块核算，跨片区不作平均" in whole
    split = [{**plot, "tax": tax} for plot, tax in zip(SPREAD["plots"], ("2500万元", "2700万元"), strict=True)]  # type: ignore[call-overload]
    assert "亩均税收高铁新城250.00、开发区90.00万元/亩" in text_of(brief(facts({**SPREAD, "plots": split})))


def test_without_land_there_is_no_tax_per_mu_to_be_given() -> None:
    assert "亩均税收不适用（无供地）" in text_of(brief(facts(LEASE)))


def test_the_figures_say_where_they_come_from() -> None:
    printed = text_of(threshold_sheet(drive()))
    assert "月度台账.xlsx，11月台账，第9行：“30”" in printed
    assert "刘某录入，2026-11-22" in printed
    assert "月度台账.xlsx，11月台账，第9行" in text_of(dossier(drive()))


def test_the_history_is_printed_with_old_and_new_values() -> None:
    printed = text_of(dossier(drive()))
    assert "2026-11-2214:03刘某企业来函更正字段变更前变更后达产年税收5,200万元5,400万元" in printed
    assert "2026-11-2114:03刘某首次洽谈字段变更前变更后所处阶段线索在谈" in printed
    assert "共3条变更" in printed


def test_invented_data_are_marked_on_every_page() -> None:
    pages = PdfReader(io.BytesIO(dossier(drive()))).pages
    assert all("（虚构）演示数据" in page.extract_text() for page in pages)
    assert "演示数据" not in text_of(brief(facts(NOTHING_KNOWN)))


def test_a_brief_is_no_official_document() -> None:
    plain = text_of(brief(drive()))
    for word in ("密级", "机密", "秘密", "发文", "〔", "签发"):
        assert word not in plain
    headed = drive(header="相城区招商工作情况", marking="内部资料")
    printed = text_of(brief(headed))
    assert printed.startswith("相城区招商工作情况")
    assert "内部资料" in printed


def test_what_a_page_leaves_out_is_said() -> None:
    each = facts({**DRIVE, "notes": "说明" * 3_000})
    assert "（余2000字见系统记录）" in text_of(dossier(each))
    assert "（全文见项目档案）" not in text_of(dossier(each))
    assert "（全文见项目档案）" in text_of(brief(each))


def test_a_confidential_project_says_so() -> None:
    assert "保密项目：仅限指定人员查阅" in text_of(brief(facts({**DRIVE, "confidential": True})))
    assert "保密项目" not in text_of(brief(drive()))


def test_the_landing_points_of_a_fund_stay_in_the_house() -> None:
    each = facts({**DRIVE, "land": "无供地", "tax_by_year": None})
    assert each.match is not None
    assert each.match.funds is not None
    assert each.match.funds.ranked
    for compose in (compose_brief, compose_dossier, compose_match_sheet):
        assert "落地贡献" not in text_of(compose(each).pdf())


def test_a_match_sheet_tells_every_criterion_of_the_best() -> None:
    each = facts({**DRIVE, "land": "无供地", "tax_by_year": None})
    assert each.match is not None
    assert each.match.communities is not None
    printed = text_of(compose_match_sheet(each).pdf())
    for one in each.match.communities.ranked[:3]:
        for criterion in one.criteria:
            assert squeezed(criterion_name(criterion.name)) in printed
            assert squeezed(sentence(criterion.reason)) in printed
    assert "（YS-F-06）推荐对接95分" in printed


def test_the_last_line_ties_the_page_to_facts_and_history() -> None:
    each = drive()
    assert squeezed(short(digest(each, "brief-1/zh_CN"))) in text_of(brief(each))
    assert "历史链第41号：9f3a9f3a9f3a9f3a" in text_of(brief(each))
    reader = PdfReader(io.BytesIO(brief(each)))
    assert reader.metadata is not None
    assert str(reader.metadata["/Keywords"]) == digest(each, "brief-1/zh_CN")


def test_text_of_a_field_is_no_link_no_image_no_script() -> None:
    evil = "<a href='http://x/'>点</a><img src='file:///etc/passwd'/><script>1</script>&lt; javascript:alert(1)"
    fields = ("name", "investor", "notes", "next_step", "owner", "bureau", "address", "source", "status_reason")
    each = facts({**DRIVE, **dict.fromkeys(fields, evil)})
    for render in (brief, dossier, threshold_sheet):
        pdf = render(each)
        assert squeezed(evil) in text_of(pdf)
        plain = unpacked(pdf)
        assert b"/StructTreeRoot" in plain
        for word in (b"/Annots", b"/JS", b"/JavaScript", b"/URI", b"/Launch", b"/XObject", b"/Image"):
            assert word not in plain


@pytest.mark.parametrize("render", [brief, dossier, threshold_sheet])
def test_a_character_no_font_has_is_named_with_its_field(render: Callable[[LeadFacts], bytes]) -> None:
    each = facts({**DRIVE, "name": "澄芯\U00020000项目", "land_use": "工业"})
    with pytest.raises(GlyphMissingError, match=r"U\+20000"):
        render(each)
    with pytest.raises(GlyphMissingError) as caught:
        brief(facts({**DRIVE, "investor": "شركة"}))
    assert "投资方" in caught.value.message


def test_words_of_the_past_print_with_stand_ins() -> None:
    lead = {**DRIVE, "name": "澄芯项目", "annual_tax": "5400万元"}
    raw = {"annual_tax": "5400万\U00020000", "owner": "王\U00020007"}
    origin = Origin("台账\U00020003.xlsx", "11月\U00020004", 5, raw, (), 1)
    changes = [
        Change(AT, "王\U00020001", "改名\U00020002", "updated", "name", "澄\U00020005芯", "澄芯项目", 2),
        Change(AT, "李", "推进\U00020006", "updated", "stage", "lead", "negotiation", 3),
    ]
    each = replace(facts(lead), origins=(origin,), changes=tuple(changes), givers={"annual_tax": 1})
    composed = compose_dossier(each)
    printed = text_of(composed.pdf())
    for code in ("20000", "20001", "20002", "20003", "20004", "20005", "20006", "20007"):
        assert f"〔U+{code}〕" in printed, code
    places = {character: where for where, character in composed.stand_ins}
    assert places["\U00020005"] == "项目名称（历史文字）"
    assert "以码位代替：" in printed
    assert compose_dossier(facts(lead)).stand_ins == ()
    assert "〔U+20000〕" in text_of(threshold_sheet(each))


@pytest.mark.parametrize("compose", [compose_brief, compose_dossier, compose_threshold_sheet, compose_match_sheet])
def test_todays_words_print_with_stand_ins_when_asked(compose: Callable[..., Any]) -> None:
    composed = compose(facts({**DRIVE, "name": "澄芯\U00020000项目", "land_use": "工业"}), stand_ins=True)
    printed = text_of(composed.pdf())
    assert "澄芯〔U+20000〕项目" in printed
    assert ("项目名称", "\U00020000") in composed.stand_ins


def test_rare_names_are_printed() -> None:
    names = "昇璟喆䶮𬭎㛃𠮷镕堃翀龘犇"
    printed = text_of(brief(facts({**DRIVE, "owner": names, "next_step": "☐ 约谈 ✗ 取消 −25 ㎡ ≥ ±"})))
    assert names in printed
    assert "☐约谈✗取消−25㎡≥±" in printed


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="税亩元项目昇璟𬭎☐Łé㎡−（）“”，。<>&%/- aZ09\n\u202e\u200b", max_size=300))
def test_any_text_survives(text: str) -> None:
    each = facts(DRIVE)
    each = replace(each, values={**each.values, "next_step": text, "investor": text, "notes": text})
    assert compose_brief(each).count <= 2
    assert dossier(each).startswith(b"%PDF")


def test_hostile_lengths_survive_in_time() -> None:
    begun = time.process_time()
    each = facts(DRIVE)
    values = {**each.values, "notes": "x" * 80_000, "next_step": "漢" * 64_000, "address": "，" * 20_000}
    each = replace(each, values=values)
    assert compose_brief(each).count <= 2
    assert len(dossier(each)) > 10_000
    assert time.process_time() - begun < 20  # quadratic work would take minutes


def test_documents_speak_english_too() -> None:
    with use_language("en"):
        composed = compose_brief(drive())
        printed = text_of(composed.pdf())
    assert composed.document.language == "en"
    assert "Projectbrief:" in printed
    assert "Trialconclusion" in printed
    assert "待补充" not in printed


def test_the_sample_targets_are_there() -> None:
    assert len(made.targets().communities) >= 4
    assert len(made.targets().funds) >= 4
