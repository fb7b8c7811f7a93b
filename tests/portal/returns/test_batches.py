"""Uploads in batches (批量上传): each file answers for itself, and nothing counts twice."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.acts.keep_token import make_token
from hexi.portal.core.leases import LEASE
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.returns.acts.apply_batch import apply_batch
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.upload_batch import upload_batch
from hexi.portal.returns.batches import archive, child
from hexi.portal.returns.batches.claim import claim
from hexi.portal.returns.batches.worker import take_waiting
from hexi.portal.returns.models import Batch, Filler, Reporter, Return, ReturnState
from hexi.portal.returns.workbooks.template import template_of
from tests.portal.returns.bureau import AT, FORM, PERIOD, Bureau, figures_of
from tests.portal.returns.workbook_edits import filled_in, packed


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    """Uploads of these tests lie in a folder of their own."""
    from dataclasses import replace

    settings.HEXI = replace(settings.HEXI, home=tmp_path)


@pytest.fixture
def both(bureau: Bureau) -> Bureau:
    """The person of the first enterprise fills in for the second as well."""
    Filler.objects.create(reporter=bureau.drugs, person=bureau.person("maker"))
    return bureau


def template(bureau: Bureau, reporter: Reporter) -> bytes:
    """The template of a return that nobody has opened yet."""
    row = Return(
        form=FORM, form_version="2026", period=PERIOD, reporter=reporter, unit=reporter.home,
        due=AT.date(),
    )  # fmt: skip
    return template_of(row)


def sent(bureau: Bureau, data: bytes, name: str = "一批.zip", **options: Any) -> Batch:
    batch = upload_batch([data], name, by=bureau.person("maker"), at=AT, **options)
    take_waiting()
    batch.refresh_from_db()
    return batch


def states(batch: Batch) -> dict[str, str]:
    return dict(batch.lines.values_list("name", "state"))


def codes(batch: Batch, name: str) -> set[str]:
    return {one["code"] for one in batch.lines.get(name=name).answers}


def test_a_zip_is_previewed_then_applied_and_the_rest_goes_on(both: Bureau) -> None:
    good = filled_in(template(both, both.maker), {("填报", "D6"): 1200})
    bad = filled_in(template(both, both.drugs), {("填报", "D6"): "约30"})
    batch = sent(both, packed({"甲.xlsx": good, "乙.xlsx": bad, "说明.docx": b"x", "里.zip": b"x"}))
    assert (batch.state, batch.total, batch.done) == ("read", 4, 4)
    assert states(batch) == {
        "甲.xlsx": "good", "乙.xlsx": "refused", "说明.docx": "refused", "里.zip": "refused",
    }  # fmt: skip
    assert codes(batch, "乙.xlsx") == {"not_number"}
    assert codes(batch, "里.zip") == {"nested"}
    assert not Return.objects.exists()
    apply_batch(batch.pk, by=both.person("maker"), at=AT)
    take_waiting()
    batch.refresh_from_db()
    assert (batch.state, states(batch)["甲.xlsx"]) == ("applied", "applied")
    row = Return.objects.get()
    assert (row.reporter, row.values["output"]) == (both.maker, "1200.00")
    assert both.acts_of(row) == ["open_return", "save_cells", "import_return"]
    assert both.acts_of(batch) == ["upload_batch", "finish_batch", "apply_batch", "finish_batch"]


def test_the_same_file_again_is_the_same_batch(both: Bureau) -> None:
    data = packed({"甲.xlsx": filled_in(template(both, both.maker), {("填报", "D6"): 1200})})
    first = sent(both, data, at_once=True)
    assert first.state == "applied"
    events = both.events()
    again = sent(both, data, "另一个名字.zip", at_once=True)
    assert (again.pk, again.state, both.events()) == (first.pk, "applied", events)
    assert Return.objects.count() == 1


def test_a_double_inside_a_zip_counts_once(both: Bureau) -> None:
    one = filled_in(template(both, both.maker), {("填报", "D6"): 1200})
    other = filled_in(template(both, both.maker), {("填报", "D6"): 1300})
    batch = sent(both, packed({"a.xlsx": one, "b.xlsx": one, "c.xlsx": other}))
    assert states(batch) == {"a.xlsx": "good", "b.xlsx": "same", "c.xlsx": "refused"}
    assert codes(batch, "c.xlsx") == {"twice"}


def test_what_is_asked_is_applied_only_when_it_is_confirmed(both: Bureau) -> None:
    both.submitted(202609)
    row = both.opened()
    batch = sent(both, filled_in(template_of(row), {("填报", "D6"): 12_000_000}), "甲.xlsx")
    assert states(batch) == {"甲.xlsx": "asked"}
    by = both.person("maker")
    with pytest.raises(Refusal, match="nothing_to_apply"):
        apply_batch(batch.pk, by=by, at=AT)
    apply_batch(batch.pk, by=by, at=AT, confirmed=[1])
    take_waiting()
    row.refresh_from_db()
    assert row.values["output"] == "12000000.00"


def test_complete_returns_are_submitted_where_that_was_asked_for(both: Bureau) -> None:
    row = both.opened()
    save_cells(row.pk, {**figures_of(row), "output": ""}, by=both.person("maker"), at=AT)
    row.refresh_from_db()
    full = filled_in(template_of(row), {("填报", "D6"): 1200})
    thin = filled_in(template(both, both.drugs), {("填报", "D6"): 5, ("封面", "B11"): "张三"})
    batch = sent(both, packed({"甲.xlsx": full, "乙.xlsx": thin}), at_once=True, submit=True)
    assert set(states(batch).values()) == {"applied"}
    found = {r.reporter_id: r.state for r in Return.objects.all()}
    assert found == {both.maker.pk: ReturnState.SUBMITTED, both.drugs.pk: ReturnState.DRAFT}
    assert "unfilled" in codes(batch, "乙.xlsx")


def test_a_return_that_was_submitted_meanwhile_is_left_alone(both: Bureau) -> None:
    row = both.opened()
    data = filled_in(template_of(row), {("填报", "D6"): 1200})
    batch = sent(both, data, "甲.xlsx")
    both.submitted()
    apply_batch(batch.pk, by=both.person("maker"), at=AT)
    take_waiting()
    assert states(batch) == {"甲.xlsx": "refused"}
    assert "not_editable" in codes(batch, "甲.xlsx")


def test_a_batch_goes_on_where_it_was_cut_off(both: Bureau, monkeypatch: Any) -> None:
    files = {
        f"{n}.xlsx": filled_in(template(both, who), {("填报", "D6"): 100 + n})
        for n, who in enumerate((both.maker, both.drugs))
    }
    batch = upload_batch([packed(files)], "批.zip", by=both.person("maker"), at=AT)

    class Bell:
        rung = False

    def ring(*args: Any, **kwargs: Any) -> Any:
        line = made(*args, **kwargs)
        Bell.rung = True
        return line

    from hexi.portal.returns.batches import worker

    made = worker.line_of
    monkeypatch.setattr(worker, "line_of", ring)
    take_waiting(Bell())
    batch.refresh_from_db()
    assert (batch.state, batch.lines.count()) == ("queued", 1)
    take_waiting()
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == ("read", {"0.xlsx": "good", "1.xlsx": "good"})


def test_a_batch_of_a_dead_worker_is_taken_up(both: Bureau) -> None:
    batch = upload_batch([packed({"a.xlsx": b"x"})], "批.zip", by=both.person("maker"), at=AT)
    assert claim("one", at=AT) == batch
    assert claim("two", at=AT) is None
    assert claim("two", at=AT + 2 * LEASE) == batch


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (packed({"a.xlsx": b"x" * 999})[:-40], "半.zip", "broken"),
        (b"not a zip", "坏.zip", "broken"),
        (packed({}), "空.zip", "empty"),
        (b"MZ", "程序.exe", "unknown_format"),
        (packed({f"{n}.xlsx": b"x" for n in range(501)}), "多.zip", "too_many"),
        (packed({"弹.xlsx": b"\0" * 60_000_000}), "弹.zip", "expands"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版或加密.xlsx", "other_workbook"),
        (packed({"mimetype": b"x", "content.xml": b"x"}), "甲.ods", "other_workbook"),
        (
            packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"}),
            "说明.docx",
            "unknown_format",
        ),
    ],
    ids=["half", "no zip", "empty", "program", "too many", "bomb", "locked", "ods", "docx"],
)
def test_a_zip_that_cannot_be_taken_is_told_so(
    data: bytes, name: str, code: str, both: Bureau
) -> None:
    batch = sent(both, data, name)
    assert (batch.state, batch.error["code"]) == ("failed", code)
    assert batch.error["message"] and batch.error["message_en"] != batch.error["message"]


def test_names_in_the_old_chinese_encoding_are_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        info = zipfile.ZipInfo("x")
        info.filename = "甲企业.xlsx".encode("gb18030").decode("cp437")
        target.writestr(info, b"x")
    assert not out.getvalue().count("甲".encode())
    path = Path(__file__).with_suffix(".none")
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as packed_zip:
        raw = packed_zip.infolist()[0]
        raw.flag_bits &= ~0x800
        raw.filename = "甲企业.xlsx".encode("gb18030").decode("cp437")
    assert archive._name(raw) == "甲企业.xlsx" and not path.exists()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_table_of_many_enterprises_is_read(encoding: str, both: Bureau) -> None:
    head = "统一社会信用代码,报表,报告期,output,cover.head\n"
    lines = [
        f"{both.maker.code},甘开统 101 表,2026-10,1200,张三",
        f"{both.drugs.code},enterprise-month,202610,约三十,",
        f"{both.drugs.code},enterprise-month,2026年13月,1,",
        f"{both.drugs.code},zone-quarter,202610,1,",
        f"{both.drugs.code},月报,202610,1,",
        "91620300MA71TEST2M,enterprise-month,202610,5,",
    ]
    batch = sent(both, (head + "\n".join(lines)).encode(encoding), "汇总.csv")
    found = [(line.state, [a["code"] for a in line.answers]) for line in batch.lines.all()]
    assert found[0][0] == "good"
    assert found[1] == ("refused", ["not_a_number"])
    assert found[2] == found[3] == ("refused", ["period_wrong"])
    assert found[4] == ("refused", ["form_unknown"])
    assert found[5] == ("refused", ["reporter_unknown"])
    assert both.client("maker").get(f"/returns/batches/{batch.pk}/").status_code == 200
    assert batch.lines.get(number=2).answers[0]["cell"] == "3 output"


def test_a_table_without_an_end_is_told_and_read_as_far_as_it_goes(both: Bureau) -> None:
    head = f"reporter,form,period,output\n{both.maker.code},enterprise-month,202610,7\n"
    batch = sent(both, (head + '"' + "x" * 200_000).encode(), "长.csv")
    assert [line.state for line in batch.lines.all()] == ["good", "refused"]


def test_a_file_that_kills_its_reader_is_refused_and_the_rest_goes_on(
    both: Bureau, monkeypatch: Any
) -> None:
    files = {
        "a.xlsx": filled_in(template(both, both.maker), {("填报", "D6"): 100}),
        "杀手.xlsx": b"die",
        "b.xlsx": filled_in(template(both, both.drugs), {("填报", "D6"): 100}),
    }
    read = child.read_workbook

    def deadly(data: bytes, name: str) -> Any:
        if data == b"die":
            os._exit(1)
        return read(data, name)

    monkeypatch.setattr(child, "read_workbook", deadly)
    batch = sent(both, packed(files))
    assert states(batch) == {"a.xlsx": "good", "杀手.xlsx": "refused", "b.xlsx": "good"}
    assert codes(batch, "杀手.xlsx") == {"reader_fault"}


def test_a_row_that_the_file_no_longer_has_is_emptied(both: Bureau) -> None:
    row = both.opened()
    rows = {"partner/392/partner_export": "5", "partner/410/partner_export": "6"}
    save_cells(row.pk, rows, by=both.person("maker"), at=AT)
    row.refresh_from_db()
    fewer = filled_in(template_of(row), {("国别", "A7"): "", ("国别", "B7"): ""})
    sent(both, fewer, "甲.xlsx", at_once=True)
    row.refresh_from_db()
    assert row.values == {"partner/392/partner_export": "5.00"}


def test_a_batch_is_seen_by_whoever_sent_it(both: Bureau) -> None:
    batch = sent(both, packed({"a.xlsx": template(both, both.maker)}))
    for who in ("drugs", "park", "province", "reader", "stranger"):
        answer = both.client(who).get(f"/returns/batches/{batch.pk}/")
        assert answer.status_code == 404
        with pytest.raises((NotFound, Refusal)):
            apply_batch(batch.pk, by=both.person(who), at=AT)
    assert both.client("maker").get(f"/returns/batches/{batch.pk}/").status_code == 200


def test_the_pages_lead_from_a_file_to_its_return(both: Bureau) -> None:
    client = both.client("maker")
    data = filled_in(template(both, both.maker), {("填报", "D6"): 1200, ("填报", "D7"): 1300})
    answer = client.post("/returns/batches/", {"files": [SimpleUploadedFile("甲.xlsx", data)]})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "hx-trigger" in client.get(page).content.decode()
    take_waiting()
    text = client.get(page).content.decode()
    assert "1200.00" in text and "填报 D7" in text
    assert client.get("/returns/batches/").status_code == 200
    assert "D7" in client.get(f"{page}result.csv").content.decode()
    assert client.get(f"{page}result.xlsx").content[:2] == b"PK"
    assert client.post(f"{page}apply/").status_code == 302
    take_waiting()
    row = Return.objects.get()
    assert f"/returns/{row.pk}/fill/" in client.get(page).content.decode()
    empty = client.post("/returns/batches/", {}, headers={"accept": "application/json"})
    assert empty.status_code == 400


def test_a_template_is_downloaded_by_whoever_sees_the_return(both: Bureau) -> None:
    row = both.opened()
    for who, status in (("maker", 200), ("park", 200), ("drugs", 404), ("reader", 404)):
        assert both.client(who).get(f"/returns/{row.pk}/template.xlsx").status_code == status


def test_a_program_uploads_and_applies_with_a_token(both: Bureau) -> None:
    person = both.person("maker")
    assert person is not None
    secret = make_token(person, "工具", at=AT)
    client = both.client("", authorization=f"Bearer {secret}")
    row = both.opened()
    got = client.get(f"/api/returns/{row.pk}/template")
    assert got.content[:2] == b"PK"
    file = SimpleUploadedFile("甲.xlsx", filled_in(got.content, {("填报", "D6"): 1200}))
    made = client.post("/api/batches", {"files": [file]})
    assert made.status_code == 202
    number = made.json()["batches"][0]["id"]
    take_waiting()
    assert client.get(f"/api/batches/{number}").json()["state"] == "read"
    line = client.get(f"/api/batches/{number}/lines").json()["items"][0]
    assert line["state"] == "good" and line["changes"][0]["cell"] == "D6"
    applied = client.post(f"/api/batches/{number}/apply", "{}", content_type="application/json")
    assert applied.status_code == 202
    take_waiting()
    row.refresh_from_db()
    assert row.values["output"] == "1200.00"
    assert client.get("/api/batches").json()["page"]["total"] == 1
    assert client.post("/api/batches", {}).status_code == 400
    assert both.client("").get(f"/api/batches/{number}").status_code in (401, 403, 404)
    assert both.client("drugs").get(f"/api/batches/{number}").status_code == 404


def test_nothing_is_half_written_when_the_import_breaks(both: Bureau, monkeypatch: Any) -> None:
    batch = sent(
        both, packed({"a.xlsx": filled_in(template(both, both.maker), {("填报", "D6"): 1})})
    )

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("hexi.portal.returns.acts.import_return.record", fail)
    apply_batch(batch.pk, by=both.person("maker"), at=AT)
    take_waiting()
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert not Return.objects.exists()
