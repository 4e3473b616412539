"""The search index of the leads: kept in the same transaction as the leads, asked with tokens (decisions 9).

SQLite: a contentless FTS5 table whose rows are numbered as the leads. PostgreSQL: a tsvector of the same tokens under
GIN. Tokens propose; ``crm.domain.companies.search.matches`` has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from crm.domain.companies.search import Query, search_text, search_tokens

SEARCHED = ("name", "investor")
"""The fields of a lead that are searched."""

CHUNK = 5_000

FIRST_AHEAD, MOST_AHEAD = 64, 1_024
"""Rows read at once, of a first page and of a long run."""


def put(connection: Connection, names: Iterable[tuple[int, Sequence[str | None]]]) -> None:
    """Index leads by their names (``SEARCHED``, in that order), instead of what was indexed of them before."""
    source = iter(names)
    while chunk := list(islice(source, CHUNK)):
        remove(connection, [lead_id for lead_id, _texts in chunk])
        put_new(connection, ((lead_id, search_text(texts)) for lead_id, texts in chunk))


def put_new(connection: Connection, tokens: Iterable[tuple[int, str]]) -> None:
    """Index leads that were not indexed before, by the ``search_text`` of their names."""
    made = "?" if connection.dialect.name == "sqlite" else "array_to_tsvector(string_to_array(%s, ' '))"
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    sql = f"INSERT INTO lead_search (rowid, tokens) VALUES ({mark}, {made})"  # noqa: S608  (marks of ours)
    source = (row for row in tokens if row[1])
    while chunk := list(islice(source, CHUNK)):
        connection.exec_driver_sql(sql, chunk)


def remove(connection: Connection, lead_ids: Sequence[int]) -> None:
    """Take leads out of the index."""
    if lead_ids:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        sql = f"DELETE FROM lead_search WHERE rowid = {mark}"  # noqa: S608  (a mark of ours)
        connection.exec_driver_sql(sql, [(lead_id,) for lead_id in lead_ids])


def rebuild(connection: Connection) -> int:
    """Index every lead anew; return how many leads there are."""
    connection.exec_driver_sql("DELETE FROM lead_search")
    rows = connection.exec_driver_sql(f"SELECT id, {', '.join(SEARCHED)} FROM leads ORDER BY id").all()  # noqa: S608
    put_new(connection, ((row[0], search_text(row[1:])) for row in rows))
    return len(rows)


def tokens_of(texts: Sequence[str | None]) -> list[str]:
    """Return the tokens of a lead's names, each once; no pair crosses from one name to the other."""
    return search_tokens(*filter(None, texts))


def newest(connection: Connection, query: Query, limit: int) -> list[int]:
    """Return the ids of the newest leads that have the tokens of a query."""
    where, words = _where(connection, query)
    sql = f"SELECT rowid FROM lead_search {where} ORDER BY rowid DESC LIMIT {int(limit)}"  # noqa: S608  (our own names)
    return list(connection.exec_driver_sql(sql, (words,)).scalars())


def count(connection: Connection, query: Query) -> int:
    """Return how many leads have the tokens of a query."""
    where, words = _where(connection, query)
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM lead_search {where}", (words,)).scalar_one())  # noqa: S608


def names(connection: Connection, query: Query, but_not: Query = ()) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    """Yield id and names (``SEARCHED``) of the leads that have the tokens of a query, newest first, as they are used.

    Args:
        connection: of the session.
        query: not ``()``.
        but_not: leads that have the tokens of this query are left out.
    """
    where, words = _where(connection, query, but_not)
    columns = ", ".join(f"leads.{name}" for name in SEARCHED)
    rows = connection.exec_driver_sql(
        f"SELECT leads.id, {columns} FROM lead_search JOIN leads ON leads.id = lead_search.rowid {where} "  # noqa: S608
        "ORDER BY lead_search.rowid DESC",
        (words,),
        execution_options={"stream_results": True, "max_row_buffer": MOST_AHEAD},
    )
    size = FIRST_AHEAD
    while some := rows.fetchmany(size):
        for row in some:
            yield row[0], tuple(row[1:])
        size = min(2 * size, MOST_AHEAD)


def _where(connection: Connection, query: Query, but_not: Query = ()) -> tuple[str, str]:
    """Return the condition that finds the tokens of a query, and its one parameter."""
    if connection.dialect.name == "sqlite":
        words = _fts5(query)
        return "WHERE lead_search MATCH ?", f"({words}) NOT ({_fts5(but_not)})" if but_not else words
    words = _tsquery(query)
    return "WHERE lead_search.tokens @@ %s::tsquery", f"({words}) & !({_tsquery(but_not)})" if but_not else words


def _fts5(query: Query) -> str:
    """Return the query in FTS5's language: all words, of each word one alternative, of it all tokens."""
    words = (" OR ".join(_all_of(tokens, '"', " AND ") for tokens in alternatives) for alternatives in query)
    return " AND ".join(f"({word})" for word in words)


def _tsquery(query: Query) -> str:
    """Return the query in PostgreSQL's language."""
    words = (" | ".join(_all_of(tokens, "'", " & ") for tokens in alternatives) for alternatives in query)
    return " & ".join(f"({word})" for word in words)


def _all_of(tokens: Sequence[str], quote: str, both: str) -> str:
    return "(" + both.join(f"{quote}{token}{quote}" for token in tokens) + ")"


def kept_tokens(connection: Connection) -> dict[str, int]:
    """Return every token of the index with the number of leads that have it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.search_words USING fts5vocab(main, lead_search, row)")
        try:
            return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT term, doc FROM temp.search_words")}
        finally:
            connection.exec_driver_sql("DROP TABLE temp.search_words")
    sql = "SELECT word, ndoc FROM ts_stat('SELECT tokens FROM lead_search')"
    return {row[0]: row[1] for row in connection.exec_driver_sql(sql)}
