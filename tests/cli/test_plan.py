"""``hexi plan`` works on a real home directory, through the portal's own acts."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from hexi.samples import sample_bytes
from tests.cli.home import run_in
from tests.writers.plan import plan_docx

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "sample.docx"
    path.write_bytes(sample_bytes("docx"))
    return path


@pytest.fixture(scope="module")
def imported(home: Path, sample: Path) -> dict[str, object]:
    done = run_in(home, "plan", "import", str(sample), "--format", "json")
    assert done.returncode == 0, done.stderr
    (record,) = json.loads(done.stdout)
    return dict(record)


def test_import_reads_the_file_and_says_what_is_in_it(imported: dict[str, object]) -> None:
    assert imported["known"] is False
    assert imported["state"] == "ready"
    assert "云岭经济开发区" in str(imported["title"])
    assert int(str(imported["statements"])) > 150
    assert int(str(imported["faults"])) >= 10


def test_the_same_file_is_not_imported_twice(
    home: Path, sample: Path, imported: dict[str, object]
) -> None:
    done = run_in(home, "plan", "import", str(sample))
    assert done.returncode == 0, done.stderr
    assert "已在库中" in done.stdout
    listed = json.loads(run_in(home, "plan", "list", "--format", "json").stdout)
    assert [p["id"] for p in listed if "云岭" in p["title"]] == [imported["id"]]


def test_list_holds_the_plans_of_the_pack_with_their_verdicts(
    home: Path, imported: dict[str, object]
) -> None:
    listed = json.loads(run_in(home, "plan", "list", "--format", "json").stdout)
    pack = [plan for plan in listed if plan["source"] == "pack"]
    assert len(pack) >= 4
    assert sum(plan["met"] + plan["missed"] for plan in pack) > 0
    table = run_in(home, "plan", "list", language="en").stdout
    assert "on the way" in table


def test_show_by_number_or_words_of_the_title(home: Path, imported: dict[str, object]) -> None:
    by_words = run_in(home, "plan", "show", "云岭经济")
    by_number = run_in(home, "plan", "show", str(imported["id"]))
    assert by_words.returncode == by_number.returncode == 0
    assert by_words.stdout == by_number.stdout
    assert "地区生产总值" in by_words.stdout
    assert "[G1]" in by_words.stdout


def test_an_unknown_plan_is_one_message(home: Path, imported: dict[str, object]) -> None:
    done = run_in(home, "plan", "show", "没有这样的规划")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "没有这样的规划" in done.stderr


@pytest.mark.parametrize("form", ["json", "csv", "md", "xlsx"])
def test_export_in_every_form(
    form: str, home: Path, tmp_path: Path, imported: dict[str, object]
) -> None:
    out = tmp_path / f"plan.{form}"
    done = run_in(home, "plan", "export", str(imported["id"]), "--format", form, "--out", str(out))
    assert done.returncode == 0, done.stderr
    data = out.read_bytes()
    if form == "json":
        assert json.loads(data)["horizon"]["start"] == 2021
    elif form == "xlsx":
        assert data.startswith(b"PK")
    else:
        assert "地区生产总值" in data.decode("utf-8-sig")


def test_a_bad_file_leaves_a_message_and_the_good_one_is_imported(
    home: Path, tmp_path: Path, imported: dict[str, object]
) -> None:
    bad, good = tmp_path / "坏.docx", tmp_path / "好.docx"
    bad.write_bytes(plan_docx()[:-300])
    good.write_bytes(plan_docx())
    done = run_in(home, "plan", "import", str(bad), str(good))
    assert done.returncode == 2
    assert "坏.docx" in done.stderr
    assert "Traceback" not in done.stderr
    assert "好.docx" in done.stdout


def test_up_prepares_a_home_without_serving(tmp_path: Path) -> None:
    done = run_in(tmp_path / "home", "up", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "home").is_dir()


def test_up_says_at_once_that_a_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_in(tmp_path / "home", "up", "--port", str(port))
    assert done.returncode == 4
    assert str(port) in done.stderr
    assert done.stderr.count("\n") == 1
