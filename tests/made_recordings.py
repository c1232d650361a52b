"""A television recording with teletext subtitles, byte by byte: no program we test with makes one.

Source: ISO/IEC 13818-1 (transport streams), ETSI EN 300 472 and EN 300 706 (teletext in them).
"""

from __future__ import annotations

from collections.abc import Sequence

TABLE_PID, TELETEXT_PID, CLOCK_PID = 0x100, 0x101, 0x102
HAMMING = bytes.fromhex("1502495e6473382fd0c78c9ba1b6fdea")
REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
FILLING = b"\xff\x2c" + b"\xff" * 44

Subtitle = tuple[int, int, str]
"""Start and end in milliseconds, and one line of text."""


def make_recording(subtitles: Sequence[Subtitle]) -> bytes:
    """Make a recording in which page 888 shows some subtitles, marked as such."""
    packets = [_pack_table(0, _table(0, b"\x00\x01" + _pid(TABLE_PID))), _pack_table(1, _program())]
    count = 0
    for at_ms, text in (*_changes(subtitles), (subtitles[-1][1] + 2_000, "")):
        packets.append(_pack_clock(at_ms))
        # a page is complete when the header of another one follows
        rows = [_header_row(8, 8), *([_text_row(20, text)] if text else []), _header_row(15, 15)]
        for part in _split(_pes(at_ms, rows)):
            is_first = part.startswith(b"\x00\x00\x01\xbd")
            flags = TELETEXT_PID | (0x4000 if is_first else 0)
            packets.append(b"\x47" + flags.to_bytes(2) + bytes((0x10 | count % 16,)) + part)
            count += 1
    return b"".join(packets)


def _changes(subtitles: Sequence[Subtitle]) -> list[tuple[int, str]]:
    return [change for start, end, text in subtitles for change in ((start, text), (end, ""))]


def _pid(number: int) -> bytes:
    return (0xE000 | number).to_bytes(2)


def _table(table_id: int, body: bytes) -> bytes:
    section = b"\x00\x01\xc1\x00\x00" + body
    head = bytes((table_id,)) + (0xB000 | len(section) + 4).to_bytes(2)
    return head + section + _crc(head + section)


def _program() -> bytes:
    # a teletext descriptor: German, subtitles, magazine 8, page 88
    descriptor = b"\x56\x05ger" + bytes((2 << 3, 0x88))
    stream = b"\x06" + _pid(TELETEXT_PID) + (0xF000 | len(descriptor)).to_bytes(2) + descriptor
    return _table(2, _pid(CLOCK_PID) + b"\xf0\x00" + stream)


def _pack_table(number: int, section: bytes) -> bytes:
    pid = (0x4000 | (TABLE_PID if number else 0)).to_bytes(2)
    return (b"\x47" + pid + b"\x10\x00" + section).ljust(188, b"\xff")


def _ticks(at_ms: int) -> int:
    return at_ms * 90 + 900_000


def _pack_clock(at_ms: int) -> bytes:
    clock = (_ticks(at_ms) - 9_000) << 15 | 0x7E00
    head = b"\x47" + CLOCK_PID.to_bytes(2) + b"\x20\xb7\x10"
    return (head + clock.to_bytes(6)).ljust(188, b"\xff")


def _crc(data: bytes) -> bytes:
    """Return the check of a table, CRC-32 of MPEG-2."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc.to_bytes(4)


def _pes(at_ms: int, rows: Sequence[bytes]) -> bytes:
    units = [b"\x03\x2c" + bytes((0xE7 + place,)) + b"\xe4" + row for place, row in enumerate(rows)]
    units += [FILLING] * (-(len(units) + 1) % 4)  # whole packets
    ticks = _ticks(at_ms)
    clock = bytes(
        (
            0x21 | ticks >> 29 & 0x0E,
            *((ticks >> 15 & 0x7FFF) << 1 | 1).to_bytes(2),
            *((ticks & 0x7FFF) << 1 | 1).to_bytes(2),
        )
    )
    header = b"\x84\x80\x24" + clock.ljust(36, b"\xff")
    body = header + b"\x10" + b"".join(units)
    return b"\x00\x00\x01\xbd" + len(body).to_bytes(2) + body


def _split(pes: bytes) -> list[bytes]:
    return [pes[at : at + 184] for at in range(0, len(pes), 184)]


def _header_row(tens: int, units: int) -> bytes:
    # no subcode; the page is erased (C4), holds subtitles (C6), and hides its header (C7)
    digits = (0, 0, units, tens, 0, 8, 0, 8, 1, 0)
    return _reverse(bytes(HAMMING[digit] for digit in digits) + _with_parity(" " * 32))


def _text_row(row: int, text: str) -> bytes:
    head = bytes((HAMMING[(row & 1) << 3], HAMMING[row >> 1]))
    return _reverse(head + _with_parity(f"\x0b\x0b{text}\x0a\x0a".ljust(40)))


def _with_parity(text: str) -> bytes:
    return bytes(code | (0x80 if code.bit_count() % 2 == 0 else 0) for code in text.encode("ascii"))


def _reverse(data: bytes) -> bytes:
    return data.translate(REVERSED)
