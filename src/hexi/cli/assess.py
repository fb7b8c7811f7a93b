"""``hexi assess`` (考核评价): a scheme over a table of data, scores, ranks and what follows."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace

from hexi.assessment.certainty import Certainty, perturb
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.explanation import explain, explain_all, history_of
from hexi.assessment.faults import AssessmentError
from hexi.assessment.outcomes import (
    Chance,
    Proposals,
    chances,
    coming_ranks,
    propose,
    round_of,
    rules_for,
)
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.assessment.scheme.loading import Schemes, load_schemes
from hexi.assessment.scheme.nouns import Scheme
from hexi.catalogue import PackError
from hexi.cli.arguments import Parser
from hexi.cli.assess_data import NAMED, Source
from hexi.cli.assess_screen import explained_lines, ranking_lines, risk_lines
from hexi.cli.catalogues import add_pack
from hexi.cli.exits import Exit, Refusal
from hexi.cli.language import Words
from hexi.cli.notices import notice
from hexi.cli.output import deliver, refuse_terminal
from hexi.cli.progress import Progress
from hexi.reports import assessment_docx, assessment_json, assessment_xlsx

__all__ = ["arguments", "run"]

_MOST_DRAWS = 100_000


def arguments(parser: Parser, words: Words) -> None:
    """Options of ``hexi assess``."""
    parser.add_argument(
        "scheme",
        metavar=words("办法", "SCHEME"),
        help=words("数据包中考核办法的代码", "id of a scheme of the pack"),
    )
    parser.add_argument(
        "--year",
        type=int,
        required=True,
        metavar=words("年度", "YEAR"),
        help=words("考核哪一年的数据", "the year of the data assessed"),
    )
    parser.add_argument(
        "--data",
        metavar=words("文件", "FILE"),
        help=words(
            "数据表：xlsx、csv 或 parquet，每行一个主体一年，表头为指标名称或代码；"
            "不给出则采集数据包中的观测值",
            "the data: xlsx, csv or parquet, a row a unit and year, headed by items;"
            " without it the observations of the pack are collected",
        ),
    )
    parser.add_argument(
        "--simulate",
        action="store_true",
        help=words("模拟名次的可信程度", "simulate how sure the ranks are"),
    )
    parser.add_argument(
        "--draws",
        type=int,
        default=1000,
        metavar="N",
        help=words("模拟次数（默认 1000）", "number of simulated runs (1000)"),
    )
    parser.add_argument(
        "--unit",
        metavar=words("责任主体", "UNIT"),
        help=words("说明一个主体的得分", "explain the score of one unit"),
    )
    parser.add_argument(
        "--format",
        choices=("table", "json", "xlsx", "docx"),
        default="table",
        help=words("输出格式（默认 table）", "form of the output (table)"),
    )
    parser.add_argument(
        "--out",
        metavar=words("文件", "FILE"),
        help=words("写入文件，写成才替换", "write to a file, replaced only when complete"),
    )
    parser.add_argument("-o", dest="out", help=words("同 --out", "the same as --out"))
    parser.add_argument(
        "--progress", action="store_true", help=words("总是显示进度", "always show progress")
    )
    add_pack(parser, words)


def run(options: Namespace, words: Words) -> Exit:
    """Compute and hand out; exit 1 where somebody could not be rated or a rule fires."""
    if options.format in ("xlsx", "docx"):
        refuse_terminal(options.format, options.out)
    if not 10 <= options.draws <= _MOST_DRAWS:
        raise Refusal(
            f"--draws {options.draws}：应在10与{_MOST_DRAWS}之间。",
            f"--draws {options.draws}: must be from 10 to {_MOST_DRAWS}.",
            "例如 --draws 1000。",
            "For example --draws 1000.",
        )
    schemes = _schemes(options.pack)
    scheme = _scheme(schemes, options.scheme, options.year)
    progress = Progress(3, words, forced=options.progress)
    try:
        progress.step(words("读数据", "reading the data"))
        source = Source(options.data, options.pack, words)
        matrix = source.matrix(scheme, options.year)
        progress.step(words("计分排名", "scoring and ranking"))
        result = source.assessed(scheme, matrix)
        earlier = _earlier(schemes, options, source.quiet(), matrix.years[:-1])
        last = earlier[-1] if earlier and earlier[-1].year == options.year - 1 else None
        if options.unit and options.unit not in (*matrix.units, *matrix.names):
            raise _unknown_unit(options.unit, matrix)
        progress.step(words("说明和模拟", "explaining and simulating"))
        certainty = _certainty(result, options)
        results = (*earlier, result)
        proposals = _proposals(results, options.pack, words)
        coming = _coming(results, proposals, options) if options.simulate else ()
        chunk = _render(result, last, certainty, proposals, coming, options, words)
    finally:
        progress.close()
    deliver([chunk], options.out)
    open_matters = not result.rated.all() or any(one.proposals for one in proposals)
    return Exit.FINDINGS if open_matters else Exit.FINE


def _schemes(pack: str) -> Schemes:
    try:
        return load_schemes(pack)
    except PackError as error:
        first, more = error.faults[0], len(error.faults) - 1
        raise Refusal(
            f"数据包 {pack}：{first.sentence('zh')}" + (f"（另有 {more} 处）。" if more else "。"),
            f"pack {pack}: {first.sentence('en')}" + (f" (and {more} more)." if more else "."),
            "请改正后再试。",
            "Mend it and try again.",
        ) from error
    except FileNotFoundError as error:
        raise Refusal(
            f"数据包 {pack}：没有这个数据包。", f"pack {pack}: there is no such pack.",
            "用 hexi pack list 看有哪些。", "See hexi pack list.",
        ) from error  # fmt: skip


def _scheme(schemes: Schemes, scheme_id: str, year: int) -> Scheme:
    if scheme_id not in schemes.ids:
        known = "、".join(schemes.ids)
        raise Refusal(
            f"{scheme_id}：数据包中没有这个考核办法。",
            f"{scheme_id}: no such scheme in the pack.",
            f"办法有：{known}。",
            f"Schemes: {', '.join(schemes.ids)}.",
        )
    try:
        return schemes.in_force(scheme_id, year)
    except KeyError as error:
        spans = [f"{one.version}（{one.since}—{one.until or ''}）"
                 for one in schemes.versions(scheme_id)]  # fmt: skip
        raise Refusal(
            f"{scheme_id}：没有适用于{year}年度的版本。",
            f"{scheme_id}: no version is in force for {year}.",
            f"版本有：{'、'.join(spans)}。",
            f"Versions: {', '.join(spans)}.",
        ) from error


def _earlier(
    schemes: Schemes, options: Namespace, source: Source, years: Sequence[int]
) -> tuple[Result, ...]:
    """Results of earlier years, where their data stand in the same file and allow one."""
    found = []
    for year in years:
        try:
            scheme = schemes.in_force(options.scheme, year)
            found.append(assess(scheme, source.matrix(scheme, year)))
        except (KeyError, Refusal, AssessmentError):
            # a year that cannot be assessed has no round; the year asked for is told in full
            continue
    return tuple(found)


def _unknown_unit(unit: str, matrix: Matrix) -> Refusal:
    known = "、".join(matrix.names[:NAMED])
    return Refusal(
        f"--unit {unit}：数据中没有这个主体。",
        f"--unit {unit}: not among the units of the data.",
        f"例如：{known}。",
        f"For example: {', '.join(matrix.names[:NAMED])}.",
    )


def _certainty(result: Result, options: Namespace) -> Certainty | None:
    if not options.simulate:
        return None
    return perturb(result.scheme, result.matrix, draws=options.draws, result=result)


def _proposals(results: Sequence[Result], pack: str, words: Words) -> tuple[Proposals, ...]:
    """What follows from the last of the results, the others being its history."""
    rounds, result = [round_of(one) for one in results], results[-1]
    found = []
    for rules in rules_for(result.scheme, result.year, pack):
        try:
            found.append(propose(rules, rounds))
        except AssessmentError as error:
            first = error.faults[0]
            notice(words(f"{first.place}：{first.text}。", f"{first.place}: {first.text_en}."))
    return tuple(found)


def _coming(
    results: Sequence[Result], proposals: Sequence[Proposals], options: Namespace
) -> tuple[Chance, ...]:
    """How likely each rule fires next year; nothing where the years before are too few."""
    result = results[-1]
    rounds = [round_of(one) for one in results]
    try:
        ranks = coming_ranks(history_of(results).scores, draws=options.draws)
    except ValueError:
        return ()
    named = history_of(results).units
    rows = [named.index(unit) for unit in result.matrix.units]
    coming = replace(rounds[-1], year=result.year + 1)
    return tuple(
        one for some in proposals for one in chances(some.rules, rounds, coming, ranks[rows])
    )


def _render(
    result: Result,
    last: Result | None,
    certainty: Certainty | None,
    proposals: Sequence[Proposals],
    coming: Sequence[Chance],
    options: Namespace,
    words: Words,
) -> bytes:
    language = words.language
    if options.format == "xlsx":
        return assessment_xlsx.render(result, language=language)
    if options.format == "docx":
        return assessment_docx.render(
            result, last=last, certainty=certainty, proposals=proposals, language=language
        )
    unit = _unit_id(options.unit, result.matrix)
    if options.format == "json":
        explained = (explain(result, unit, last=last),) if unit else explain_all(result, last=last)
        found = assessment_json.record(
            result, explained, certainty=certainty, proposals=proposals, coming=coming
        )
        return json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"
    if unit:
        lines = explained_lines(result, last, unit, words)
    else:
        lines = ranking_lines(result, last, certainty, words)
    lines += [
        f"{one.text.zh if language == 'zh' else one.text.en}"
        for some in proposals
        for one in some.proposals
        if not unit or one.unit == unit
    ]
    lines += risk_lines([one for one in coming if not unit or one.unit == unit], words)
    return ("\n".join(lines) + "\n").encode()


def _unit_id(given: str | None, matrix: Matrix) -> str:
    if not given:
        return ""
    return given if given in matrix.units else matrix.units[matrix.names.index(given)]
