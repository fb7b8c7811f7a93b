"""Names: what the shipped indicators are called and what a name means."""

import time

import pytest

from hexi.catalogue import load_pack


@pytest.fixture(scope="module")
def catalogue():
    return load_pack("gansu").catalogue


@pytest.mark.parametrize(
    ("name", "indicator", "by"),
    [
        ("地区生产总值", "gdp", "name"),
        ("GDP", "gdp", "alias"),
        ("gdp", "gdp", "alias"),
        ("研究发展(R&D)经费", "rd", "alias"),
        ("研究发展（R&D）经费", "rd", "alias"),
        ("与一带一路沿线国家贸易额占贸易总额比重", "sh_br", "alias"),
        ("利用外资", "fdi", "near"),
        ("专利授权量", "pat_grant", "name"),
        ("高新技术产业总产值占工业总产值比重", "hitech_out_sh", "name"),
    ],
)
def test_a_name_leads_to_its_indicator(catalogue, name, indicator, by):
    hit = catalogue.hit(name)
    assert (hit.indicator.id, hit.by) == (indicator, by)


def test_near_names_can_be_left_out(catalogue):
    assert catalogue.find_indicator("利用外资").id == "fdi"
    assert catalogue.find_indicator("利用外资", near=False) is None
    assert catalogue.find_indicator("没有这个指标") is None


def test_the_longest_name_is_matched_in_running_text(catalogue):
    text = "规模以上工业增加值95.18亿元，建筑业增加值32.59亿元，“一带一路”"
    found = [
        (hit.name, hit.indicator.id, text[hit.start : hit.end])
        for hit in catalogue.indicators_in(text)
    ]
    assert found == [
        ("规模以上工业增加值", "va_ind_above", "规模以上工业增加值"),
        ("建筑业增加值", "va_constr", "建筑业增加值"),
    ]
    assert catalogue.match_indicator("全区GDP", 2).indicator.id == "gdp"
    assert catalogue.match_indicator("全区GDP", 0) is None


def test_every_name_is_found_by_the_matcher(catalogue):
    for name in catalogue.indicator_names():
        hit = catalogue.match_indicator(name)
        assert hit is not None and hit.name == name


def test_matching_is_linear_in_the_length_of_the_text(catalogue):
    text = "规模以上工业增加值增长12.4%，与丝绸之路沿线国家贸易额持续扩大。" * 400
    list(catalogue.indicators_in("先编译一次"))

    def seconds(sample: str) -> float:
        started = time.process_time()
        assert sum(1 for _ in catalogue.indicators_in(sample))
        return time.process_time() - started

    short = min(seconds(text) for _ in range(3))
    long = min(seconds(text * 8) for _ in range(3))
    assert long < short * 24
