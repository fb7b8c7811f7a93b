"""``hexi load``, ``ls``, ``show``, ``verify``, ``vacuum``: a warehouse from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from hexi.cli import main
from hexi.warehouse import Warehouse


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a register and a month's figures."""
    register = tmp_path / "register"
    register.mkdir()
    tables = {
        "form": "id,code,frequency\n1,QY01,month\n",
        "item": "id,code,name\n1,output,工业总产值\n2,tax,税收\n",
        "reporter": "id,code,name,since,until\n1,A1,甲厂,,\n2,B2,=乙厂,202001,\n",
    }
    for name, text in tables.items():
        (register / f"{name}.csv").write_text(text, encoding="gb18030")
    (tmp_path / "jan.csv").write_text("单位代码,output,tax\nA1,10.50,1\nB2,7,\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("单位代码,output\nC3,约10\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hexi(*arguments: str) -> int:
    return main(["--lang", "zh", *arguments, "--warehouse", "w"])


LOAD = ("load", "jan.csv", "--form", "QY01", "--period", "2024-01")


def test_figures_are_loaded_listed_shown_and_verified(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert hexi(*LOAD, "--register", "register", "--actor", "统计科") == 0
    assert "jan.csv：2 家，3 个数。" in capfd.readouterr().out
    assert hexi("ls") == 0
    assert "QY01  202401" in capfd.readouterr().out
    assert hexi("ls", "--snapshots") == 0
    assert "统计科" in capfd.readouterr().out
    assert hexi("show", "facts", "--form", "QY01", "--format", "csv") == 0
    rows = capfd.readouterr().out.lstrip("\ufeff").splitlines()
    assert rows[1] == "QY01,202401,A1,output,0,10.5,,0"
    assert hexi("verify") == 0
    assert hexi("vacuum", "--thin", "30") == 0
    assert hexi(*LOAD) == 0
    assert "没有新内容" in capfd.readouterr().out


def test_a_revision_is_explained(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hexi(*LOAD, "--register", "register")
    (desk / "jan.csv").write_text("单位代码,output,tax\nA1,12,1\n", encoding="utf-8")
    hexi(*LOAD)
    asked = ("--form", "QY01", "--item", "output", "--format", "jsonl")
    capfd.readouterr()
    assert hexi("show", "difference", *asked, "--before", "2") == 0
    row = json.loads(capfd.readouterr().out)
    assert (row["reporter"], row["before"], row["after"], row["change"]) == (
        "A1",
        "10.5",
        "12",
        "1.5",
    )
    assert hexi("show", "triangle", *asked) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [row["value"] for row in rows] == ["17.5", "19"]
    assert hexi("show", "history", *asked, "--reporter", "A1", "--period", "2024-01") == 0
    assert len(capfd.readouterr().out.splitlines()) == 2
    assert (
        hexi(
            "show", "facts", *asked[:4], "--as-of", "2", "--format", "parquet", "--out", "f.parquet"
        )
        == 0
    )
    assert pq.read_table(desk / "f.parquet").num_rows == 2


def test_a_faulty_file_is_answered_and_the_other_is_loaded(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert hexi("load", "bad.csv", *LOAD[1:], "--register", "register") == 1
    told = capfd.readouterr()
    assert "bad.csv 第 2 行：名录中没有这个单位：C3" in told.err
    assert "bad.csv 第 2 行 output：数值格中是文字：约10" in told.err
    assert "jan.csv：2 家" in told.out
    assert hexi("load", "bad.csv", "--form", "QY01", "--period", "2024-01", "--json") == 1
    record = json.loads(capfd.readouterr().out)
    assert [fault["code"] for fault in record["files"][0]["faults"]] == [
        "unknown_reporter",
        "not_number",
    ]


def test_damage_is_found(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hexi(*LOAD, "--register", "register")
    segment = Warehouse.open(desk / "w").segments()[0]
    path = desk / "w" / segment.path
    path.write_bytes(path.read_bytes()[:-1])
    assert hexi("verify") == 1
    assert path.name in capfd.readouterr().err
    assert hexi("show", "facts", "--form", "QY01") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ls",), "没有数据仓库"),
        (("load", "jan.csv"), "没有说明报表"),
        (("load",), "没有要装载的文件"),
        (("load", "jan.csv", "--form", "QY99"), "QY99"),
        (("load", "--register", "nowhere"), "没有名录文件"),
        (("vacuum", "--grace", "0"), "至少为 1"),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    assert hexi(*arguments) == 2
    assert told in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "facts", "--form", "QY09"), "没有这个报表：QY09"),
        (("show", "facts", "--form", "QY01", "--item", "x"), "没有这个指标：x"),
        (("show", "facts", "--form", "QY01", "--period", "2024"), "没有这样的时期"),
        (("show", "facts", "--form", "QY01", "--as-of", "昨天"), "看不懂的日期"),
        (("show", "facts", "--form", "QY01", "--as-of", "2001-01-01"), "还没有任何数据"),
        (("show", "difference", "--form", "QY01"), "与何时比"),
        ((*LOAD[:-1], "2999-01"), "尚未开始"),
    ],
)
def test_what_is_not_there_is_said(
    desk: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    hexi(*LOAD, "--register", "register")
    assert hexi(*arguments) == 2
    assert told in capfd.readouterr().err


def test_without_a_portal_the_folder_must_be_named(
    desk: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEXI_HOME", str(desk / "home"))
    monkeypatch.delenv("HEXI_DATABASE_URL", raising=False)
    assert main(["--lang", "en", "ls"]) == 4
    assert "no warehouse" in capfd.readouterr().err
