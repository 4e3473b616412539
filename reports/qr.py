"""The QR code on the last page of a document (GB/T 18284, ISO/IEC 18004), as dark runs of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

_MASK = 3
"""011 of the eight of the standard."""

_FILL = (0xEC, 0x11)
"""Bytes in turn after the text, up to the size of the code."""

_ORDER = 255
"""Of the powers of the field the correction is worked out in."""


@lru_cache(maxsize=64)
def code_squares(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return a QR code as the number of its modules a side and its dark runs: row from the top, column, length.

    Error correction of level M: a seventh of the code may be smudged. The mask is a fixed one: to try all eight takes
    ten times as long, and hexadecimal digits are even enough under any of them. reportlab lays the modules out; its way
    to the correction bytes takes longer than a page, so they are worked out here.
    """
    from reportlab.graphics.barcode import qrencoder  # noqa: PLC0415  (the start is budgeted)

    code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.dataCache = _bytes(code, qrencoder)
    code.makeImpl(False, _MASK)
    side = code.getModuleCount()
    return side, tuple(run for row in range(side) for run in _dark(row, [code.isDark(row, at) for at in range(side)]))


def _bytes(code: Any, qrencoder: Any) -> list[int]:  # noqa: ANN401  (of reportlab)
    """Return the bytes of a code: those of the text, filled up, then those that correct, block by block in turn."""
    blocks = qrencoder.QRRSBlock.getRSBlocks(code.version, code.errorCorrectLevel)
    room = sum(block.dataCount for block in blocks)
    buffer = qrencoder.QRBitBuffer()
    for part in code.dataList:
        part.write(buffer, code.version)
    buffer.put(0, min(4, room * 8 - buffer.getLengthInBits()))
    buffer.put(0, -buffer.getLengthInBits() % 8)
    told = list(buffer.buffer[: buffer.getLengthInBits() // 8])
    told += [_FILL[number % 2] for number in range(room - len(told))]
    parts, corrections, start = [], [], 0
    for block in blocks:
        part = told[start : start + block.dataCount]
        start += block.dataCount
        parts.append(part)
        corrections.append(_correction(part, block.totalCount - block.dataCount))
    return [byte for kind in (parts, corrections) for turn in zip_longest(*kind) for byte in turn if byte is not None]


def _correction(data: Sequence[int], count: int) -> list[int]:
    """Return the rest of the division by the generator: so many bytes that correct a block."""
    powers, logs, generator = _field(count)
    rest = [0] * count
    for byte in data:
        factor = byte ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            log = logs[factor]
            rest = [was ^ powers[(one + log) % _ORDER] for was, one in zip(rest, generator, strict=True)]
    return rest


@cache
def _field(count: int) -> tuple[list[int], list[int], list[int]]:
    """Return powers and logarithms of GF(256), and the logarithms of the generator after its first term."""
    from reportlab.graphics.barcode import qrencoder  # noqa: PLC0415  (as above)

    tables: Any = qrencoder
    generator = tables.QRUtil.getErrorCorrectPolynomial(count)
    logs = [tables.LOG_TABLE[generator.get(place)] for place in range(1, count + 1)]
    return tables.EXP_TABLE, tables.LOG_TABLE, logs


def _dark(row: int, modules: Sequence[bool]) -> Iterator[tuple[int, int, int]]:
    start = None
    for column, dark in enumerate((*modules, False)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield row, start, column - start
            start = None
