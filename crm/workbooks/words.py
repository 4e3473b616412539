"""What is said about a workbook: why it is not read, and what to know about one that is."""

from __future__ import annotations

from crm.errors import WorkbookError
from crm.i18n import N_, _

REFUSALS: dict[str, str] = {
    "blank": N_("{place} is empty: there is nothing to read in it."),
    "file_size": N_("{place} is larger than {detail} MB, the most that is read. Split it into several files."),
    "not_a_workbook": N_("{place} is not a workbook. Files of the kinds xlsx, xls, ods and csv can be read."),
    "pdf": N_("{place} is a PDF, not a workbook. Ask for the workbook it was made from."),
    "word": N_("{place} is a Word document. Copy its table into Excel or WPS and save it as xlsx."),
    "picture": N_("{place} is a picture. Its table has to be typed into a workbook."),
    "archive": N_("{place} is a compressed file. Unpack it first, then choose the workbook inside."),
    "numbers": N_("{place} is from Apple Numbers. Export it as xlsx there, then try again."),
    "html": N_("{place} is a web page without a table in it. Open it in Excel or WPS and save it as xlsx."),
    "xml_workbook": N_("{place} is an XML spreadsheet of 2003. Open it in Excel or WPS and save it as xlsx."),
    "old_excel": N_("{place} is from an Excel before 1997. Open it in Excel or WPS and save it as xlsx."),
    "encrypted": N_(
        "{place} is protected by a password. Open it in Excel or WPS, remove the password, save, try again."
    ),
    "truncated": N_("{place} is incomplete: its end is missing. Copy or download it again."),
    "damaged": N_("{place} is damaged ({detail}). Open it in Excel or WPS, let it be repaired, and save it as xlsx."),
    "bomb": N_("{place} would unpack to more than a workbook ever needs (over {detail} MB). It is not opened."),
    "document_type": N_("{place} declares a document type, which no spreadsheet program writes. It is not opened."),
    "outside": N_("{place} names a part outside of itself ({detail}). It is not opened."),
    "rows": N_("{place} is filled beyond row {detail}, the last that is read. Delete what stands below, or split it."),
    "columns": N_("{place} is filled beyond the {detail} columns that are read. Delete what stands to the right."),
    "cells": N_("{place} holds more than {detail} cells. Delete blank formatted rows and columns, or split it."),
    "grid": N_("{place} spreads over more than {detail} cells. Delete stray entries far from the table, or split it."),
    "merges": N_("{place} has more merged cells than any table needs (over {detail} ranges). Take the merges away."),
    "strings": N_("{place} holds more or longer texts than are read (limit {detail}). Split it into several files."),
    "styles": N_("{place} has more than {detail} cell styles. Copy the cells into a new workbook, then try again."),
    "text": N_("{place} holds a text of more than {detail} characters. Shorten it, then try again."),
    "encoding": N_(
        "{place} is in none of the encodings UTF-8, UTF-16, GB18030 and Big5. Save it as xlsx, or as CSV UTF-8."
    ),
    "encoding_doubt": N_("{place} may be in one encoding or the other. Say which one reads right: {detail}"),
    "encoding_damaged": N_("{place} has wrong characters ({detail}). Save it again as xlsx, or as CSV UTF-8."),
    "quote": N_("{place} has a quotation mark that is never closed, on line {detail}. Mend that line, then try again."),
    "memory": N_("{place} needs more memory than a workbook may take. Split it, or save it as xlsx in Excel or WPS."),
    "time": N_("{place} could not be read within {detail} seconds. Split it, or save it as xlsx in Excel or WPS."),
    "stopped": N_("{place} is damaged: reading it broke off. Open it in Excel or WPS and save it as xlsx."),
}
"""The sentence for each code of ``limits.Refusal``."""

NOTES: dict[str, str] = {
    "macros": N_("The workbook holds macros; they are not read and not run."),
    "external_links": N_("The workbook refers to other files; they are not opened, the stored values are used."),
    "dde": N_("A formula of the workbook calls another program; it is not run."),
    "hidden_unknown": N_("In this kind of file it is not known which rows and columns are hidden."),
    "controls": N_("Sheet {sheet}: control characters were taken out of {detail} cells."),
    "big5": N_("The text file was read as Big5 (traditional Chinese); check that the words are right."),
    "quotes": N_("Some quotation marks of the text file are not used as CSV asks; check the rows that hold them."),
    "named_otherwise": N_("The file is really of the kind {detail}; it was read as such."),
}
"""The sentence for each code of ``reading.Note``."""


def refused(code: str, file: str, *, sheet: str = "", cell: str = "", detail: str = "") -> WorkbookError:
    """Return the error that tells why a workbook is not read; ``where`` is file/sheet/cell, as far as known."""
    place = file
    if sheet:
        place = _("{file}, sheet {sheet}").format(file=file, sheet=sheet)
    if sheet and cell:
        place = _("{file}, sheet {sheet}, cell {cell}").format(file=file, sheet=sheet, cell=cell)
    elif cell:
        place = _("{file}, cell {cell}").format(file=file, cell=cell)
    message = _(REFUSALS[code]).format(place=place, detail=detail)
    return WorkbookError(message, where="/".join(part for part in (file, sheet, cell) if part))


def note_text(code: str, *, sheet: str = "", detail: str = "") -> str:
    """Return the sentence of a note."""
    return _(NOTES[code]).format(sheet=sheet, detail=detail)
