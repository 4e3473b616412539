"""What a file leaves open about the area a project counts to: only a confirmed mapping decides (decisions 27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm.domain.imports.cells import Reading
from crm.domain.imports.grid import column_letter
from crm.domain.imports.headers import Column
from crm.domain.imports.notes import Note
from crm.domain.imports.places import area_named, is_elsewhere, proposal
from crm.domain.imports.questions import Proof, Questions
from crm.domain.imports.rows import CellNote, RowRecord
from crm.domain.imports.texts import plain


@dataclass(frozen=True, slots=True)
class AreaQuestions:
    """Asks about the areas of one table.

    Attributes:
        sheet: its name.
        columns: of the table.
        questions: of the file.
    """

    sheet: str
    columns: Sequence[Column]
    questions: Questions

    def of_cell(self, raw: str, proof: Proof, column: Column) -> Reading:
        """Return the reading of a cell that is no name of an area: what was answered, or that it is asked."""
        word = plain(raw)
        answer = self._ask_area(word, raw, proof, column_letter(column.index))
        if answer is None:
            return Reading(notes=(Note("asked_area", {"raw": raw.strip()}, doubtful=True),))
        note = Note("area_answered", {"raw": raw.strip(), "area": answer})
        return Reading({} if answer == "none" else {"area": answer}, (note,))

    def _ask_area(self, word: str, raw: str, proof: Proof, letter: str) -> str | None:
        return self.questions.ask(
            f"area:{word}",
            "area",
            sheet=self.sheet,
            column=letter,
            proof=proof,
            raw=raw.strip(),
            proposed=proposal(word) or "",
        )

    def check(self, record: RowRecord) -> None:
        """Ask about a row whose address is elsewhere, or whose site or bureau only proposes an area."""
        address, area = record.values.get("address"), record.values.get("area")
        if area and isinstance(address, str) and is_elsewhere(address):
            self._ask_about_place(record, str(area), address)
        elif not area and not any(column.field == "area" for column in self.columns):
            self._ask_about_site(record)
            if "area" not in record.values:
                self._ask_about_bureau(record)

    def _ask_about_place(self, record: RowRecord, area: str, address: str) -> None:
        proof = Proof(record.row, f"{area} / {address}")
        answer = self.questions.ask(
            f"area:{area}@{plain(address)}",
            "area_elsewhere",
            sheet=self.sheet,
            proof=proof,
            raw=area,
            address=address,
        )
        if answer in (None, "none"):
            del record.values["area"]
        else:
            record.values["area"] = answer
        if answer is None:
            note = Note("asked_area_elsewhere", {"raw": area, "address": address}, doubtful=True)
            record.notes.append(CellNote("", note))

    def _ask_about_site(self, record: RowRecord) -> None:
        """Ask once for each area that sites name whether they count to it; a site never decides (decisions 27)."""
        for name in ("site", "address"):
            given = record.values.get(name)
            area = area_named(given) if isinstance(given, str) else ""
            letters = [column_letter(column.index) for column in self.columns if column.field == name]
            if not area or not letters:
                continue
            answer = self.questions.ask(
                f"site_area:{area}",
                "site_area",
                sheet=self.sheet,
                column=letters[0],
                proof=Proof(record.row, str(given)),
                raw=area,
                proposed=area,
            )
            if answer is None:
                record.notes.append(CellNote(letters[0], Note("asked_site_area", {"area": area}, doubtful=True)))
                return
            if answer != "none":
                record.values["area"] = answer
                record.notes.append(CellNote(letters[0], Note("area_answered", {"raw": str(given), "area": answer})))
                return

    def _ask_about_bureau(self, record: RowRecord) -> None:
        """Ask once for each bureau whether its projects are in the area it proposes (decisions 27).

        Only where the row asks for land: a threshold is what the area decides, and nothing else says where it is.
        """
        bureau = record.values.get("bureau")
        if "land" not in record.values or not isinstance(bureau, str) or proposal(bureau) is None:
            return
        letter = next(column_letter(column.index) for column in self.columns if column.field == "bureau")
        answer = self._ask_area(plain(bureau), bureau, Proof(record.row, bureau), letter)
        if answer and answer != "none":
            record.values["area"] = answer
            record.notes.append(CellNote(letter, Note("area_answered", {"raw": bureau, "area": answer})))
