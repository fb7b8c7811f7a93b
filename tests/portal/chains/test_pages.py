"""Pages of the chains: what each shows to whom, and that nothing of a return is given away."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from xml.etree import ElementTree as Xml

import pytest
from python_calamine import CalamineWorkbook

from hexi.chains import load_chains
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.models import TargetFirm
from hexi.portal.returns.models import Enterprise
from tests.portal.chains.makers import AT, FIRMS, TODAY, Makers

BOOK = load_chains()
PAGES = (
    "/chains/",
    "/chains/nonferrous/",
    "/chains/nonferrous/cable/",
    "/chains/fit/",
    "/chains/fit/?what=3252&land=100&near=lz",
    "/chains/nearness/",
    "/chains/sites/",
)
EVERYBODY = ("admin", "province", "zone", "park", "reader", "stranger", "maker", "")


def words(page: str) -> str:
    """What a page says, without tags."""
    body = re.sub(r"<script.*?</script>", " ", page[page.index("<main") :], flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_opens_for_everybody(makers: Makers, who: str) -> None:
    for path in PAGES:
        makers.shown(who, path)


def test_names_are_shown_inside_the_scope_alone(makers: Makers) -> None:
    inside = makers.shown("zone", "/chains/nonferrous/aluminium-products/", area="lz-etdz")
    assert all(name in inside for name in ("安宁铝材一厂", "安宁铝材二厂", "红古铝材三厂"))
    assert "年产5万吨高端铝箔项目" in inside
    for who in ("stranger", "reader", "maker", ""):
        for node in ("aluminium-products", "cable", "nickel"):
            for area in ("gs", "lz", "lz-etdz", "etdz-an", "jc-etdz"):
                if who == "stranger" and area == "jc-etdz":
                    continue
                page = makers.shown(who, f"/chains/nonferrous/{node}/", area=area)
                own = "jc-etdz" if who == "stranger" else ""
                hidden = [name for name, _, unit in FIRMS if name in page and unit != own]
                assert not hidden, (who, area, hidden)


def test_the_public_is_told_where_enough_firms_stand_and_nothing_else(makers: Makers) -> None:
    def states(who: str, area: str) -> dict[str, str]:
        answer = makers.client(who).get("/api/chains/nonferrous", {"area": area}).json()
        assert all(node["firms"] is None for node in answer["nodes"])
        return {node["id"]: node["state"] for node in answer["nodes"]}

    for who in ("", "reader", "maker"):
        told = states(who, "lz-etdz")
        # three firms, then one, then none: the last two look the same
        assert told["aluminium-products"] == "present"
        assert told["cable"] == told["nickel"] == "withheld"
        assert states(who, "etdz-an")["aluminium-products"] == "withheld"  # two of the three
    page = words(makers.shown("", "/chains/nonferrous/cable/", area="lz-etdz"))
    assert "不公开" in page and "空缺" not in page and "本地企业" not in page
    assert "至少有 3 家企业" in page


def test_the_public_sees_projects_once_they_are_published(makers: Makers) -> None:
    path = "/chains/nonferrous/aluminium-products/"
    assert "高端铝箔" not in makers.shown("", path, area="lz-etdz")
    ProjectRecord.objects.filter(pk=makers.aluminium.pk).update(published=True)
    page = makers.shown("", path, area="lz-etdz")
    assert "高端铝箔" in page and "安宁铝材" not in page


def test_the_list_counts_what_stands_and_what_is_lacking(makers: Makers) -> None:
    answer = makers.client("zone").get("/api/chains", {"area": "lz-etdz"}).json()
    assert answer["whole"] and len(answer["items"]) == len(BOOK.chains)
    metals = next(item for item in answer["items"] if item["id"] == "nonferrous")
    assert metals["counts"] == {"present": 1, "weak": 0, "single": 1, "empty": 10, "withheld": 0}
    assert metals["firms"] == 4 and metals["projects"] == 1
    page = words(makers.shown("zone", "/chains/", area="lz-etdz"))
    total = sum(len(chain.nodes) for chain in BOOK.chains)
    empty = sum(item["counts"]["empty"] for item in answer["items"])
    assert f"{total} 个环节中 {empty} 个空缺" in page


def test_a_closed_firm_and_an_ended_project_fill_no_node(makers: Makers) -> None:
    def cable() -> str:
        answer = makers.client("zone").get("/api/chains/nonferrous", {"area": "lz-etdz"}).json()
        return next(str(n["state"]) for n in answer["nodes"] if n["id"] == "cable")

    assert cable() == "single"
    Enterprise.objects.filter(name="安宁电缆孤家").update(closed=TODAY)
    assert cable() == "empty"
    ProjectRecord.objects.filter(pk=makers.aluminium.pk).update(stage="ended")
    assert "高端铝箔" not in makers.shown("zone", "/chains/nonferrous/aluminium-products/")


def test_a_built_project_counts_until_its_firm_is_registered(makers: Makers) -> None:
    def state() -> tuple[str, list[str]]:
        path = "/api/chains/rare-earth/nodes/salts"
        answer = makers.client("stranger").get(path, {"area": "jc"}).json()
        return answer["state"], [one["name"] for one in answer["firms"]]

    assert state() == ("single", ["电池级硫酸镍扩能项目"])
    firm = makers.firms["金昌镍冶丙"]
    ProjectRecord.objects.filter(name__startswith="电池级硫酸镍").update(enterprise=firm)
    assert state() == ("empty", [])


def test_practice_projects_are_on_no_map(makers: Makers) -> None:
    ProjectRecord.objects.filter(pk=makers.aluminium.pk).update(practice=True)
    assert "高端铝箔" not in makers.shown("admin", "/chains/nonferrous/aluminium-products/")


def test_a_gap_names_who_from_elsewhere_could_fill_it(makers: Makers) -> None:
    Enterprise.objects.filter(name="安宁电缆孤家").update(closed=TODAY)
    path = "/api/chains/nonferrous/nodes/cable"
    facts = makers.client("province").get(path, {"area": "lz-etdz"}).json()
    assert facts["state"] == "empty" and "铝压延加工" in facts["gap"]
    assert [one["name"] for one in facts["fillers"]] == ["金昌电缆甲"]
    assert facts["fillers"][0]["fed_by"] == ["铝压延加工"]
    # out of the zone's own scope the same firm is not named
    assert makers.client("zone").get(path, {"area": "lz-etdz"}).json()["fillers"] == []


def test_target_firms_of_promotion_fill_gaps_by_code_or_product(makers: Makers) -> None:
    zone = makers.zone
    for name, industry in (("东方线缆集团", "线缆"), ("某铝业", "3252"), ("不明", "什么都做")):
        TargetFirm.objects.create(
            unit=zone, name=name, key=name, of_list="china500", rank=120, industry=industry,
            seat="宁波", source="上市公司年报", as_of=TODAY, by_name="zone", at=AT,
        )  # fmt: skip
    path = "/api/chains/nonferrous/nodes/cable"
    facts = makers.client("zone").get(path, {"area": "lz-etdz"}).json()
    assert [(one["name"], one["kind"], one["source"]) for one in facts["fillers"]] == [
        ("东方线缆集团", "target", "上市公司年报")
    ]
    # the list in words, and the way to it, where the firm is approached
    assert facts["fillers"][0]["listed"] == "中国500强第120位"
    listed = makers.client("zone").get(facts["fillers"][0]["url"])
    assert "东方线缆集团" in listed.content.decode() and "某铝业" not in listed.content.decode()
    assert makers.client("stranger").get(path, {"area": "jc"}).json()["fillers"] == []
    assert "东方线缆" not in makers.shown("reader", "/chains/nonferrous/cable/", area="lz-etdz")


def test_what_is_only_possible_is_told_apart(makers: Makers) -> None:
    facts = makers.client("zone").get(
        "/api/chains/nonferrous/nodes/nickel", {"area": "lz-etdz"}
    ).json()  # fmt: skip
    assert facts["state"] == "empty"
    assert [one["name"] for one in facts["possible"]] == ["安宁有色泛指"]


def test_the_map_is_drawn_with_a_link_for_each_node(makers: Makers) -> None:
    page = makers.shown("zone", "/chains/nonferrous/", area="lz-etdz")
    drawing = Xml.fromstring(re.search(r"<svg class=\"chain-map\".*?</svg>", page, re.S)[0])
    links = {one.get("href", "").split("?")[0] for one in drawing.iter("a")}
    chain = BOOK.chain("nonferrous")
    assert links == {f"/chains/nonferrous/{node.id}/" for node in chain.nodes}
    edges = [one for one in drawing.iter("path") if one.get("class") == "edge"]
    assert len(edges) == len(chain.edges)
    # the list beside it says the same without the drawing
    said = words(page)
    assert all(node.title in said for node in chain.nodes)


@pytest.mark.parametrize("path", ["/chains/none/", "/chains/nonferrous/none/",
                                  "/chains/nonferrous/?area=none", "/chains/export.pdf",
                                  "/chains/nonferrous/export.docx", "/chains/nearness/none/",
                                  "/chains/nearness/99999999999999999999/",
                                  "/chains/fit/export.csv"])  # fmt: skip
def test_what_is_not_there_is_not_found(makers: Makers, path: str) -> None:
    assert makers.client("admin").get(path).status_code == 404


def test_files_say_what_the_page_says(makers: Makers) -> None:
    client = makers.client("zone")
    answer = client.get("/chains/nonferrous/export.json?area=lz-etdz").json()
    shown = {node["id"]: (node["state"], node["firms"]) for node in answer["nodes"]}
    assert shown["aluminium-products"] == ("present", 3) and answer["edges"]
    graph = Xml.fromstring(client.get("/chains/nonferrous/export.graphml?area=lz-etdz").content)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    told = {
        node.get("id"): {data.get("key"): data.text for data in node}
        for node in graph.iter(f"{space}node")
    }
    assert told["cable"]["node-state"] == "single" and told["cable"]["node-firms"] == "1"
    assert len(list(graph.iter(f"{space}edge"))) == len(BOOK.chain("nonferrous").edges)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(client.get("/chains/nonferrous/export.xlsx?area=lz-etdz").content)
    )
    rows = book.get_sheet_by_index(0).to_python()
    cable = next(row for row in rows if "电线电缆" in row)
    assert cable[2] == "断点" and cable[3] == 1.0 and cable[5] == "GB/T 3831"
    lines = client.get("/chains/export.csv?area=lz-etdz").content.decode("utf-8-sig")
    assert "有色金属新材料,12,1,0,1,10,0,4,1" in lines
    public = client_text(makers, "/chains/nonferrous/export.graphml?area=lz-etdz")
    assert "node-firms" not in public.split("<graph ")[1]


def client_text(makers: Makers, path: str) -> str:
    return makers.client("").get(path).content.decode()


# --- fit


def test_zones_are_compared_with_every_reason(makers: Makers) -> None:
    answer = makers.client("admin").get("/api/chains/fit", {"what": "电缆", "near": "lz"}).json()
    assert answer["codes"] == ["3831"] and len(answer["zones"]) >= 35
    zone = next(one for one in answer["zones"] if one["id"] == "lz-etdz")
    reasons = {term["id"]: term for term in zone["terms"]}
    assert list(reasons) == [
        "industry", "chain", "relatedness", "land", "energy", "admission", "distance"
    ]  # fmt: skip
    assert reasons["chain"]["value"] == 0.5 and "铝压延加工" in reasons["chain"]["why"]
    assert reasons["land"]["value"] is None and reasons["distance"]["value"] == 1.0
    assert zone["low"] / 100 <= zone["score"] <= zone["high"] / 100
    order = [(one["barred"], -(one["score"] or 0)) for one in answer["zones"]]
    assert order == sorted(order)


def test_what_is_out_of_scope_is_unknown_and_not_a_zero(makers: Makers) -> None:
    def chain(who: str, zone: str) -> float | None:
        answer = makers.client(who).get("/api/chains/fit", {"what": "3831"}).json()
        found = next(one for one in answer["zones"] if one["id"] == zone)
        value: float | None = {t["id"]: t["value"] for t in found["terms"]}["chain"]
        return value

    assert chain("zone", "lz-etdz") == 0.5 and chain("zone", "jc-etdz") is None
    assert chain("stranger", "jc-etdz") == 0.5 and chain("stranger", "lz-etdz") is None
    for who in ("", "reader", "maker"):
        assert chain(who, "lz-etdz") is None and chain(who, "jc-etdz") is None


def test_words_that_mean_nothing_and_numbers_that_are_none_are_told(makers: Makers) -> None:
    page = words(makers.shown("", "/chains/fit/", what="没有的东西"))
    assert "没有名为“没有的东西”的行业" in page
    page = words(makers.shown("", "/chains/fit/", what="3252", land="约100"))
    assert "“约100”不是不小于零的数" in page
    both = words(makers.shown("", "/chains/fit/", what="锂电池"))
    assert "3841 锂离子电池制造" in both and "3842" in both


def test_the_answer_of_the_file_is_that_of_the_page(makers: Makers) -> None:
    client = makers.client("zone")
    rows = json.loads(client.get("/chains/fit/export.json", {"what": "3831"}).content)
    asked = client.get("/api/chains/fit", {"what": "3831"}).json()["zones"]
    assert [row["开发区"] for row in rows] == [one["name"] for one in asked]
    assert rows[0]["得分"] == f"{100 * asked[0]['score']:.0f}"
    # zones that nothing known tells apart share a rank: one more than stand before them
    shown = [(one["barred"], row["得分"]) for one, row in zip(asked, rows, strict=True)]
    assert [int(row["位次"]) for row in rows] == [shown.index(one) + 1 for one in shown]
    assert len(set(shown)) < len(shown)
