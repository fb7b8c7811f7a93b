"""Where ``hexi assess`` takes its data from (考核数据来源): a file, or what the pack observed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hexi.assessment.data.collecting import (
    KINDS,
    LEVELS,
    Candidate,
    assessable,
    empty_matrix,
    filled,
)
from hexi.assessment.data.completeness import completeness
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.data.tables import matrix_of, read_matrix
from hexi.assessment.faults import AssessmentError
from hexi.assessment.outcomes import asked_by
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.assessment.scheme.nouns import Scheme
from hexi.cli.catalogues import load_catalogue
from hexi.cli.exits import Refusal
from hexi.cli.language import Words
from hexi.cli.notices import notice

__all__ = ["NAMED", "Source"]

#: faults named one by one; beyond them only their number
NAMED = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A file where one is given, else what the pack observed of the units of the scheme's kind."""

    file: str | None
    pack: str
    words: Words
    #: tell how complete the collected data are
    told: bool = True

    def quiet(self) -> Source:
        """The same for earlier years, of which nothing more is said."""
        return replace(self, told=False)

    def matrix(self, scheme: Scheme, year: int) -> Matrix:
        """The data of the year and before; `Refusal` with what stands in the way."""
        return self._read(self.file, scheme, year) if self.file else self._collected(scheme, year)

    def assessed(self, scheme: Scheme, matrix: Matrix) -> Result:
        """The result; `Refusal` with every fault of the data."""
        try:
            return assess(scheme, matrix)
        except AssessmentError as error:
            raise self._refused(error) from error

    def _read(self, file: str, scheme: Scheme, year: int) -> Matrix:
        try:
            if file.lower().endswith(".parquet"):
                return matrix_of(pq.read_table(file), scheme, year=year)
            asked = asked_by(scheme, year, self.pack)
            return read_matrix(file, scheme, year=year, asked=asked)
        except AssessmentError as error:
            raise self._refused(error) from error
        except (OSError, pa.ArrowInvalid) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise Refusal(
                f"{file}：读不了（{said}）。",
                f"{file}: cannot be read ({said}).",
                "请检查文件名和格式。",
                "Check the name and the format of the file.",
            ) from error

    def _collected(self, scheme: Scheme, year: int) -> Matrix:
        """Units of the register that any figure of the year is known of, and the year before."""
        pack = load_catalogue(self.pack)
        candidates = assessable(scheme, tuple(_candidates(self.pack, scheme)))
        matrix = empty_matrix(scheme, candidates, (year - 1, year))
        matrix, _count = filled(scheme, matrix, pack.observations)
        known = np.flatnonzero((~np.isnan(matrix.values[-1])).any(axis=1)).tolist()
        kept = replace(
            matrix,
            units=tuple(matrix.units[row] for row in known),
            names=tuple(matrix.names[row] for row in known),
            values=matrix.values[:, known],
            attributes={
                name: tuple(of[row] for row in known) for name, of in matrix.attributes.items()
            },
        )
        if self.told:
            self._tell(scheme, kept, len(candidates), year)
        return kept

    def _tell(self, scheme: Scheme, matrix: Matrix, candidates: int, year: int) -> None:
        found = completeness(scheme, matrix)
        items, there = len(found.items), sum(one.present for one in found.items)
        empty = sum(1 for one in found.items if not one.present)
        units = len(matrix.units)
        share = there / max(units * items, 1)
        notice(
            self.words(
                f"数据包观测值：{candidates}个主体中{units}个有{year}年数据；"
                f"{units * items}个数据中有{there}个（{share:.1%}），"
                f"{items}项指标中{empty}项没有任何数据。",
                f"observations of the pack: {units} of {candidates} units have data of {year};"
                f" {there} of {units * items} values are there ({share:.1%}),"
                f" {empty} of {items} items have none at all.",
            )
        )

    def _refused(self, error: AssessmentError) -> Refusal:
        named, more = error.faults[:NAMED], len(error.faults) - NAMED
        zh = "；".join(f"{one.place}：{one.text}" for one in named)
        en = "; ".join(f"{one.place}: {one.text_en}" for one in named)
        where = self.file or self.words("数据包观测值", "observations of the pack")
        wanted = "请在数据中改正后再试。" if self.file else "请用 --data 给出补全的数据表。"
        wanted_en = "Mend the data and try again." if self.file else "Give the rest with --data."
        return Refusal(
            f"{where}：{zh}" + (f"；另有{more}处。" if more > 0 else "。"),
            f"{where}: {en}" + (f"; and {more} more." if more > 0 else "."),
            wanted,
            wanted_en,
        )


def _candidates(pack: str, scheme: Scheme) -> Iterator[Candidate]:
    for unit in load_catalogue(pack).units:
        if unit.kind in KINDS[scheme.kind]:
            level = LEVELS.get(unit.level, unit.level)
            attributes = {"region": unit.region, "zone_type": unit.zone_type, "level": level}
            yield Candidate(unit.id, unit.name, attributes)
