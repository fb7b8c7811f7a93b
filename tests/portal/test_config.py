"""Settings, language and headers (配置): what an office may choose, what every answer has."""

from __future__ import annotations

import gettext
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.portal.config.database import DatabaseAddressFault, database_settings
from hexi.portal.config.environment import EnvironmentFault, read_environment, secret_key
from hexi.portal.config.messages import CatalogueFault, compile_catalogue, read_catalogue
from tests.portal.office import Office


def test_sqlite_is_the_default_and_writes_immediately() -> None:
    made = database_settings("", Path("/srv/hexi"))
    assert made["NAME"] == "/srv/hexi/hexi.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://user:p%40ss@db.local:5433/hexi?sslmode=require",
            ("user", "p@ss", "db.local", "5433", "hexi", {"sslmode": "require"}),
        ),
        ("postgres://u@/hexi?host=/run/postgresql", ("u", "", "/run/postgresql", "", "hexi", {})),
        ("postgresql://[::1]/河西", ("", "", "::1", "", "河西", {})),
    ],
)
def test_postgresql_addresses(address: str, expected: tuple[object, ...]) -> None:
    made = database_settings(address, Path("/"))
    keys = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
    assert tuple(made[key] for key in keys) == expected


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host", "hexi.db"])
def test_an_address_that_cannot_be_meant_is_refused(address: str) -> None:
    with pytest.raises(DatabaseAddressFault, match="HEXI_DATABASE_URL"):
        database_settings(address, Path("/"))


def test_the_two_modes() -> None:
    local = read_environment({})
    assert local.public_reading and not local.https and "localhost" in local.hosts
    server = read_environment({"HEXI_MODE": "server", "HEXI_HOSTS": "plan.example, b.example"})
    assert server.https and not server.public_reading
    assert server.hosts == ("plan.example", "b.example")


@pytest.mark.parametrize(
    "wrong",
    [
        {"HEXI_MODE": "cloud"},
        {"HEXI_MODE": "server"},
        {"HEXI_HTTPS": "perhaps"},
        {"HEXI_UPLOAD_FILES": "many"},
        {"HEXI_UPLOAD_FILES": "0"},
        {"HEXI_OPEN_DATA_PREFIX": "gansu"},
    ],
)
def test_a_wrong_variable_is_named(wrong: dict[str, str]) -> None:
    name = next(iter(wrong)) if wrong != {"HEXI_MODE": "server"} else "HEXI_HOSTS"
    with pytest.raises(EnvironmentFault, match=name):
        read_environment(wrong)


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    key = secret_key(tmp_path, {})
    assert len(key) > 50 and secret_key(tmp_path, {}) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert secret_key(tmp_path, {"HEXI_SECRET_KEY": "given"}) == "given"


@given(st.dictionaries(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30)))
def test_a_compiled_catalogue_says_what_the_source_says(messages: dict[str, str]) -> None:
    messages = {k: v for k, v in messages.items() if "\0" not in k + v and "\x04" not in k}
    header = {"": "Content-Type: text/plain; charset=UTF-8\n"}
    compiled = compile_catalogue({**header, **messages})
    known = gettext.GNUTranslations(io.BytesIO(compiled))
    for key, text in messages.items():
        assert known.gettext(key) == text


def test_a_catalogue_is_read_as_gettext_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        '#: a.py:1\nmsgid "one"\nmsgstr "一"\n\n'
        'msgctxt "of measure"\nmsgid "Unit"\nmsgstr "单位"\n\n'
        'msgid "%(n)d plan"\nmsgid_plural "%(n)d plans"\nmsgstr[0] "%(n)d 项规划"\n\n'
        'msgid "long "\n"text"\nmsgstr "长"\n"文"\n\n'
        '#, fuzzy\nmsgid "unsure"\nmsgstr "未定"\n\n'
        '#~ msgid "old"\n#~ msgstr "旧"\n',
        encoding="utf-8",
    )
    known = gettext.GNUTranslations(io.BytesIO(compile_catalogue(read_catalogue(path))))
    assert known.gettext("one") == "一"
    assert known.pgettext("of measure", "Unit") == "单位"
    assert known.ngettext("%(n)d plan", "%(n)d plans", 3) == "%(n)d 项规划"
    assert known.gettext("long text") == "长文"
    assert known.gettext("unsure") == "unsure" and known.gettext("old") == "old"


def test_a_broken_line_of_a_catalogue_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text('msgid "a"\nmsgstr a\n', encoding="utf-8")
    with pytest.raises(CatalogueFault, match=r"x\.po:2"):
        read_catalogue(path)


def test_chinese_is_for_everybody_whatever_the_browser_says(office: Office) -> None:
    client = office.client("", **{"accept-language": "en-US,en;q=0.9"})
    page = client.get("/plans/")
    assert page["Content-Language"] == "zh-hans" and "规划" in page.content.decode()
    english = client.get("/plans/?lang=en")
    assert english["Content-Language"] == "en"
    assert client.get("/plans/")["Content-Language"] == "en", "the cookie remembers"
    assert client.get("/plans/?lang=zh-hans")["Content-Language"] == "zh-hans"
    assert client.get("/plans/?lang=xx")["Content-Language"] == "zh-hans"


def test_every_answer_carries_a_policy_that_lets_nothing_in(office: Office) -> None:
    first, second = (office.client("").get("/") for _ in range(2))
    policy = first["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy
    assert policy != second["Content-Security-Policy"], "a nonce is used once"
    assert first["X-Content-Type-Options"] == "nosniff" and first["X-Frame-Options"] == "DENY"


def test_an_uploaded_file_is_only_ever_downloaded(office: Office) -> None:
    answer = office.client("zone").get(f"/documents/{office.reading.document_id}/file/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_missing_page_says_so_in_the_one_shape(office: Office) -> None:
    page = office.client("").get("/plans/999999/")
    assert page.status_code == 404 and "范围" in page.content.decode()
    answer = office.client("", accept="application/json").get("/plans/999999/")
    assert answer.json()["error"]["code"] == "not_found"


def test_a_server_has_nothing_left_to_warn_of(tmp_path: Path) -> None:
    """Django's own list for an installation; what a gateway holds is silenced with the reason."""
    variables = {
        **os.environ,
        "HEXI_MODE": "server",
        "HEXI_HOSTS": "plan.example",
        "HEXI_HOME": str(tmp_path),
        "HEXI_DATABASE_URL": "",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "hexi.portal",
            "manage",
            "check",
            "--deploy",
            "--fail-level=WARNING",
        ],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "3 silenced" in done.stdout
