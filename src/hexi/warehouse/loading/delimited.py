"""Delimited text (CSV): UTF-8, UTF-16 with a mark or GB18030; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io

import pyarrow as pa
import pyarrow.csv as pa_csv

from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.sheet import Sheet, Unreadable

__all__ = ["decoded", "read_delimited"]

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_delimited(file: str, data: bytes) -> Sheet:
    """The sheet of a CSV file, all cells text; Unreadable where it is none."""
    encoded = decoded(file, data)
    head = encoded[: encoded.find(b"\n") + 1 or None].decode()
    if not head.strip():
        raise Unreadable(LoadFault(file, "", 0, "", "empty"))
    delimiter = max(",;\t", key=head.count)
    header = _header(encoded, delimiter)
    if not encoded[encoded.find(b"\n") + 1 or len(encoded) :].strip():
        raise Unreadable(LoadFault(file, "", 0, "", "empty"))
    wrong: list[pa_csv.InvalidRow] = []

    def keep(row: pa_csv.InvalidRow) -> str:
        wrong.append(row)
        return "skip"

    try:
        table = pa_csv.read_csv(
            io.BytesIO(encoded),
            # one thread: only so are rows numbered
            read_options=pa_csv.ReadOptions(
                use_threads=False,
                column_names=[str(index) for index in range(len(header))],
                skip_rows_after_names=1,
                block_size=1 << 24,
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=b'"' in encoded,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types={str(index): pa.string() for index in range(len(header))},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowException as error:
        raise Unreadable(LoadFault(file, "", 0, "", "broken", str(error))) from error
    columns = tuple(column.combine_chunks() for column in table.columns)
    return _sheet(file, header, columns, wrong)


def _sheet(
    file: str,
    header: tuple[str, ...],
    columns: tuple[pa.Array, ...],
    wrong: list[pa_csv.InvalidRow],
) -> Sheet:
    """The sheet, told of lines that are no row: empty ones pass, others are faults."""
    faults = tuple(
        LoadFault(
            file, "", row.number, "", "ragged", f"{row.actual_columns} ≠ {row.expected_columns}"
        )
        for row in wrong
        if row.text.strip(" ,;\t\r\n")
    )
    # the header is row 1; a line left out shifts the rows after it
    left_out = tuple(row.number - 2 - before for before, row in enumerate(wrong))
    return Sheet(file, "", header, columns, 2, left_out, faults)


def _header(encoded: bytes, delimiter: str) -> tuple[str, ...]:
    reader = csv.reader(
        io.TextIOWrapper(io.BytesIO(encoded), encoding="utf-8", newline=""), delimiter=delimiter
    )
    return tuple(name.strip() for name in next(reader, []))


def decoded(file: str, data: bytes) -> bytes:
    """The text in UTF-8 without mark; Unreadable where the encoding is none of those known."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    tries = ("utf-16",) if data.startswith(_UTF16) else ("utf-8", "gb18030")
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return data if encoding == "utf-8" else text.encode()
    raise Unreadable(LoadFault(file, "", 0, "", "encoding"))
