"""Dictionaries and mappings as dated data: what a word means here and now, with where it comes from."""

from __future__ import annotations

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from crm.models.types import BIG, new_uid, text


class Entry(SQLModel, table=True):
    """One entry of a dictionary.

    Attributes:
        dictionary: which one: ``industry_alias`` (word → industry), ``industry_family`` (family → industry),
            ``negative_list`` (class of GB/T 4754 → what is forbidden),
            ``weights`` (version → JSON of the parts), ``stage_probability`` (stage → decimal),
            ``area_mapping`` (text of an address → threshold area), ``functional_area_mapping``,
            ``threshold_setting`` (name → decimal share), ``rate_range`` (currency → JSON ``[low, high]``),
            ``rate`` (currency → decimal CNY for one unit; ``valid_from`` is its day),
            ``deadline`` (key of ``crm.domain.deadlines.limits`` → whole days),
            ``import_memory`` (kind of record and fingerprint of a heading → JSON of what was said of it).
        term: what is looked up.
        meaning: what it stands for; a decimal or a JSON text where the dictionary says so.
        valid_from: ISO day, or NULL for from ever.
        valid_to: ISO day, the last one, or NULL for open.
    """

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_dictionary_term", "dictionary", "term"),)

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    dictionary: str = Field(sa_type=Text())
    term: str = Field(sa_type=Text())
    meaning: str = Field(sa_type=Text())
    valid_from: str | None = text()
    valid_to: str | None = text()
    source: str = Field(sa_type=Text())
