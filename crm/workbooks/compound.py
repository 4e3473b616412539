"""One stream out of an OLE compound file (MS-CFB), read with care: a chain that bites its tail ends the reading."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterator
from itertools import islice

_HEADER, _ENTRY = 512, 128
_LAST_REGULAR = 0xFFFFFFFA
_IN_HEADER = 109
"""FAT sectors whose numbers stand in the header itself."""


class Compound:
    """The streams of a compound file.

    Raises:
        ValueError: it is no compound file, or a damaged one.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER:
            raise ValueError("no header")
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in {9, 12} or mini_shift != 6:  # noqa: PLR2004  (the only sizes there are)
            raise ValueError("no sector size")
        self._content = content
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _signature, self._cutoff, mini, _minis, more, _count = struct.unpack_from("<7I", content, 48)
        self._fat = self._table(self._fat_sectors(more))
        self._mini_fat = self._table(self._chain(mini, self._fat))
        self._entries = b"".join(map(self._sector, self._chain(directory, self._fat)))
        root = self._find(lambda entry: entry[66] == 5)  # noqa: PLR2004  (the type of the root)
        start, size = struct.unpack_from("<IQ", root, 116)
        self._minis = b"".join(map(self._sector, self._chain(start, self._fat)))[:size]

    def stream(self, *names: str) -> bytes:
        """Return the stream that has one of the names, in any spelling of capitals.

        Raises:
            ValueError: there is none.
        """
        wanted = {name.lower() for name in names}
        entry = self._find(lambda entry: entry[66] == 2 and _name(entry).lower() in wanted)  # noqa: PLR2004  (a stream)
        start, size = struct.unpack_from("<IQ", entry, 116)
        size &= 0xFFFFFFFF
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._fat)))[:size]
        places = (number * self._mini_size for number in self._chain(start, self._mini_fat))
        return b"".join(self._minis[place : place + self._mini_size] for place in places)[:size]

    def _find(self, fits: Callable[[bytes], bool]) -> bytes:
        for place in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            entry = self._entries[place : place + _ENTRY]
            if fits(entry):
                return entry
        raise ValueError("no such stream")

    def _fat_sectors(self, more: int) -> Iterator[int]:
        """Yield the numbers of the sectors that make up the FAT: those in the header, then those chained."""
        yield from self._numbers(self._content[76 : 76 + 4 * _IN_HEADER])
        for _sector in range(len(self._content) // self._size + 1):
            if more > _LAST_REGULAR:
                return
            numbers = self._sector(more)
            yield from self._numbers(numbers[:-4])
            (more,) = struct.unpack("<I", numbers[-4:])

    @staticmethod
    def _numbers(part: bytes) -> Iterator[int]:
        return (number for (number,) in struct.iter_unpack("<I", part) if number <= _LAST_REGULAR)

    def _table(self, sectors: Iterator[int]) -> array[int]:
        """Return the numbers that stand in these sectors."""
        most = len(self._content) // self._size + 1
        table = array("I")
        table.frombytes(b"".join(map(self._sector, islice(sectors, most))))
        if struct.pack("=I", 1) != struct.pack("<I", 1):
            table.byteswap()
        return table

    def _chain(self, start: int, table: array[int]) -> Iterator[int]:
        """Yield the sectors of a chain; one longer than the file has come back to itself."""
        number = start
        for _step in range(len(table) + 1):
            if number > _LAST_REGULAR:
                return
            if number >= len(table):
                raise ValueError("a chain leaves the file")
            yield number
            number = table[number]
        raise ValueError("a chain without end")

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        return self._content[place : place + self._size].ljust(self._size, b"\0")


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
