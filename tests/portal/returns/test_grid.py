"""The grid page (填报页): who fills in and who reads, saving, clashes, explanations, handing in."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from hexi.portal.returns import form_book
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.grid.measures import measure_of, measures
from hexi.portal.returns.models import Return, ReturnState
from tests.portal.returns.bureau import AT, FORM, PERIOD, Bureau, figures_of


def page(bureau: Bureau, row: Return, who: str = "maker") -> str:
    answer = bureau.client(who).get(f"/returns/{row.pk}/fill/")
    assert answer.status_code == 200
    return answer.content.decode()


def data_of(text: str) -> dict[str, Any]:
    match = re.search(r'<script id="grid-data"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert match is not None
    record: dict[str, Any] = json.loads(match[1])
    return record


def send(bureau: Bureau, row: Return, what: str, body: dict[str, Any], who: str = "maker") -> Any:
    return bureau.client(who).post(
        f"/returns/{row.pk}/fill/{what}/",
        json.dumps(body),
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def test_the_reporter_fills_in_and_reviewers_read(bureau: Bureau) -> None:
    row = bureau.filled()
    text = page(bureau, row)
    assert '<input class="cell" name="output" value="1,200.00"' in text
    assert data_of(text)["editable"] is True
    for who in ("park", "zone", "province", "admin"):
        read = page(bureau, row, who)
        assert 'class="cell"' not in read and "1,200.00" in read
        assert data_of(read)["editable"] is False
        assert send(bureau, row, "cells", {"cells": {"output": "1"}}, who).status_code == 403


@pytest.mark.parametrize("who", ["reader", "stranger", "drugs"])
def test_strangers_find_nothing(who: str, bureau: Bureau) -> None:
    row = bureau.filled()
    assert bureau.client(who).get(f"/returns/{row.pk}/fill/").status_code == 404
    for what in ("cells", "check", "explain", "submit"):
        answer = send(bureau, row, what, {"cells": {"output": "1"}}, who)
        assert answer.status_code in (403, 404)


def test_last_period_and_rows_stand_beside(bureau: Bureau) -> None:
    before = bureau.submitted(202609)
    save = {"partner/392/partner_export": "5", "output": "77"}
    assert before.values["output"] == "1200.00"
    row = bureau.opened()
    save_cells(row.pk, save, by=bureau.person("maker"), at=AT)
    found = data_of(page(bureau, row))
    assert found["last"]["output"] == "1200.00"
    assert found["values"]["partner/392/partner_export"] == "5.00"
    assert found["sections"]["partner"]["rows"]["392"] == "日本"


def test_cells_are_saved_one_by_one_and_a_clash_is_told(bureau: Bureau) -> None:
    row = bureau.opened()
    first = send(
        bureau, row, "cells", {"seen": 0, "cells": {"output": "１,２００", "cost": "约30"}}
    )
    body = first.json()
    assert (body["edit"], body["kept"]) == (1, {"output": "1200.00"})
    assert body["refused"]["cost"]["code"] == "not_a_number"
    clash = send(bureau, row, "cells", {"seen": 0, "cells": {"output": "3", "revenue": "4"}}).json()
    assert clash["refused"]["output"]["code"] == "overtaken"
    assert clash["kept"] == {"revenue": "4.00"}
    assert clash["current"]["output"] == "1200.00"
    now = bureau.client("maker").get(f"/returns/{row.pk}/fill/cells/").json()
    assert (now["edit"], now["current"]["revenue"]) == (2, "4.00")


def test_the_page_saves_without_its_script(bureau: Bureau) -> None:
    row = bureau.opened()
    fields = {"seen": "0", "output": "12", "cover.head": "张三"}
    answer = bureau.client("maker").post(f"/returns/{row.pk}/fill/cells/", fields)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.values["output"], row.cover["head"]) == ("12.00", "张三")


@pytest.mark.parametrize("body", ["[1]", "{", '{"cells": 3}', '"x"'])
def test_a_body_that_is_none_is_refused_in_words(body: str, bureau: Bureau) -> None:
    row = bureau.opened()
    answer = bureau.client("maker", accept="application/json").post(
        f"/returns/{row.pk}/fill/cells/", body, content_type="application/json"
    )
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_request"


def test_a_query_is_explained_and_asked_again_when_a_figure_changes(bureau: Bureau) -> None:
    row = bureau.filled()
    send(bureau, row, "cells", {"seen": 1, "cells": {"sales_value": "100"}})
    checked = send(bureau, row, "check", {}).json()
    query = next(f for f in checked["findings"] if f["rule"] == "EM-06")
    assert query["cells"] == {"sales_value": "100.00", "output": "1200.00"}
    assert (checked["queries"], checked["stopping"]) == (1, 1)
    refused = send(bureau, row, "explain", {"rule": "EM-06", "text": "短"})
    assert refused.status_code == 422
    done = send(bureau, row, "explain", {"rule": "EM-06", "text": "订单推迟到下月交付"}).json()
    assert (done["queries"], done["state"]) == (0, ReturnState.CHECKED)
    send(bureau, row, "cells", {"seen": 2, "cells": {"sales_value": "90"}})
    again = send(bureau, row, "check", {}).json()
    assert again["queries"] == 1


def test_handing_in_tells_what_stops_it(bureau: Bureau) -> None:
    row = bureau.opened()
    refused = send(bureau, row, "submit", {"seen": 0})
    assert refused.status_code == 422
    assert "未填" in refused.json()["error"]["message"]
    saved = send(bureau, row, "cells", {"seen": 0, "cells": figures_of(row)}).json()
    stale = send(bureau, row, "submit", {"seen": saved["edit"] - 1})
    assert stale.status_code == 409
    assert send(bureau, row, "submit", {"seen": saved["edit"]}).status_code == 200
    row.refresh_from_db()
    assert row.state == ReturnState.SUBMITTED
    assert data_of(page(bureau, row))["editable"] is False


def test_units_are_offered_where_every_figure_can_be_shown_exactly(bureau: Bureau) -> None:
    form = form_book.form_at(FORM, PERIOD)
    money = measures(form)["万元"]
    assert money.factors == {"万元": (1, 1), "元": (10_000, 1), "亿元": (1, 10_000)}
    land = form_book.book().latest("zone-year")
    for item in land.every_item():
        for unit, (top, bottom) in measure_of(item).factors.items():
            shown = Decimal(7) * top / bottom
            assert item.kept(shown, unit) == 7
