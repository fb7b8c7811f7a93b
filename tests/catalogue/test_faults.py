"""A fault in a pack is reported with file, line, key, what was expected and what was found."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.catalogue import PackError, check_pack, load_pack
from hexi.catalogue.pack import pack_path

PACK = """\
[pack]
id = "small"
name = "小样"
name_en = "Sample"
version = "1"
format = 1
region = "p"
licence = "CC0-1.0"

[[classification]]
id = "c"
title = "分类"
title_en = "Classes"
file = "classes.csv"
"""
PLANS = """\
# one plan
[[plan]]
id = "plan"
title = "规划"
title_en = "Plan"
level = "zone"
kind = "general"
owner = "z"
start = 2016
end = 2020
base = 2015
upper = [
  # none
]
status = "issued"
"""
BREAKS = """\
[[break]]
id = "b"
indicator = "gdp"
period = "2018"
kind = "census"
note = "普查"
note_en = "census"
"""
TABLES = {
    "methods.csv": "id,title,title_en,issuer\nm,方法,Method,机关\n",
    "indicators.csv": (
        "id,domain,name,name_en,aliases,near,unit,alt_units,kind,direction,agg,numerator,"
        "denominator,time_agg,growth,nature,facets,method,part_of,confused_with,definition,note\n"
        "gdp,economy,生产总值,GDP,总值,,亿元,万元,flow,up,sum,,,sum,real,expected,,m,,,定义,\n"
        "va,economy,增加值,VA,,,亿元,,flow,up,sum,,,sum,real,expected,,m,gdp,,定义,\n"
        "sh,economy,比重,Share,,,%,,ratio,up,ratio,va,gdp,ratio,points,expected,,m,,,定义,\n"
    ),
    "units.csv": (
        "id,kind,name,name_en,aliases,code,level,zone_type,region,region_basis,industries,"
        "source,note\n"
        "p,province,某省,P,,,,,,,,,\n"
        "z,zone,某区,Z,全区,,national,,,,,,\n"
    ),
    "memberships.csv": "unit,parent,since,until,relation,source\nz,p,2011-01,,located,\n",
    "classes.csv": "code,name,name_en,parent,level,since,until,successor\nA,门类,,,section,,,\n"
    "01,大类,,A,division,,,\n",
    "targets.csv": (
        "id,plan,unit,indicator,name,facets,measure,value,measure_unit,bound,period,base,"
        "base_period,growth,growth_bound,nature,place,row,note\n"
        "t1,plan,z,gdp,生产总值,,level,430,亿元,ge,2020,225.98,2015,14,eq,expected,表1,,\n"
        "t2,plan,z,sh,比重,,share,30,%,eq,2020,,,,,expected,表1,,\n"
    ),
    "sources.csv": "id,title,plan\ns,年报,\n",
    "figures.csv": (
        "plan,number,place,about,passage,sentence,role,of,row,column,subject,indicator,facets,"
        "measure,value,measure_unit,period,dating,modality,bound,marks\n"
        "plan,1,第一章,,1,1,,,,,全区,生产总值,,level,225.98,亿元,2015,said,actual,eq,\n"
        "plan,2,第一章,,1,1,part,1,,,全区,增加值,,level,97.17,亿元,2015,inferred,actual,eq,\n"
        "plan,3,表1,,2,1,,,生产总值,2020年,全区,生产总值,,level,430,亿元,2020,said,target,eq,\n"
    ),
    "observations.csv": (
        "id,unit,indicator,facets,period,value,measure_unit,basis,bound,source,confidence,"
        "vintage,definition,note\n"
        "o1,z,gdp,,2020,331.49,亿元,level,eq,s,medium,,,\n"
    ),
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A sound pack of a few rows."""
    (tmp_path / "pack.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "plans.toml").write_text(PLANS, encoding="utf-8")
    (tmp_path / "breaks.toml").write_text(BREAKS, encoding="utf-8")
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def spoil(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def places(pack: Path) -> set[tuple[str, int, str]]:
    return {(fault.file, fault.line, fault.key) for fault in check_pack(pack)}


def test_a_sound_pack_has_no_faults(small):
    assert check_pack(small) == []
    assert [target.figure.printed for target in load_pack(small).targets] == ["430", "30"]


PLANTED = [
    # cells
    ("targets.csv", ",level,430,", ",level,四百,", ("targets.csv", 2, "value")),
    ("targets.csv", ",level,430,", ",height,430,", ("targets.csv", 2, "measure")),
    ("targets.csv", "ge,2020", "ge,二〇二〇", ("targets.csv", 2, "period")),
    ("targets.csv", "ge,2020", "ge,2020-2016", ("targets.csv", 2, "period")),
    ("targets.csv", "t1,plan", ",plan", ("targets.csv", 2, "id")),
    ("indicators.csv", "va,economy,增加值", "Va 1,economy,增加值", ("indicators.csv", 3, "id")),
    ("indicators.csv", ",总值,", ",总值|,", ("indicators.csv", 2, "aliases")),
    ("indicators.csv", "亿元,万元,", "亿元,斗,", ("indicators.csv", 2, "alt_units")),
    ("memberships.csv", "2011-01", "2011-13", ("memberships.csv", 2, "since")),
    ("units.csv", "z,zone,", "z,realm,", ("units.csv", 3, "kind")),
    # columns and rows
    ("sources.csv", "id,title,plan", "id,title", ("sources.csv", 1, "plan")),
    ("sources.csv", "s,年报,", "s", ("sources.csv", 2, "")),
    ("methods.csv", "issuer", "issuer,extra", ("methods.csv", 1, "extra")),
    # figures of a plan
    ("figures.csv", "plan,1,", "plot,1,", ("figures.csv", 2, "plan")),
    ("figures.csv", "plan,2,", "plan,1,", ("figures.csv", 3, "number")),
    ("figures.csv", "plan,2,", "plan,零,", ("figures.csv", 3, "number")),
    ("figures.csv", ",part,1,", ",part,7,", ("figures.csv", 3, "of")),
    ("figures.csv", ",part,1,", ",part,,", ("figures.csv", 3, "of")),
    ("figures.csv", ",part,1,", ",,1,", ("figures.csv", 3, "of")),
    ("figures.csv", ",part,1,", ",heir,1,", ("figures.csv", 3, "role")),
    ("figures.csv", "225.98,亿元", "225.98,斗", ("figures.csv", 2, "measure_unit")),
    ("figures.csv", "actual,eq,\nplan,2", "actual,eq,torn\nplan,2", ("figures.csv", 2, "marks")),
    ("figures.csv", "全区,生产总值", "全区,达到生产总值。", ("figures.csv", 2, "indicator")),
    ("figures.csv", ",生产总值,2020年,", ",,2020年,", ("figures.csv", 4, "row")),
    ("figures.csv", "2015,said", "2015,heard", ("figures.csv", 2, "dating")),
    # references
    ("indicators.csv", "expected,,m,gdp", "expected,,x,gdp", ("indicators.csv", 3, "method")),
    ("indicators.csv", "m,gdp,,", "m,gnp,,", ("indicators.csv", 3, "part_of")),
    ("indicators.csv", "va,gdp,ratio", "vb,gdp,ratio", ("indicators.csv", 4, "numerator")),
    ("targets.csv", "t1,plan,z,gdp", "t1,plan,z,gnp", ("targets.csv", 2, "indicator")),
    ("targets.csv", "t1,plan,z", "t1,plan,y", ("targets.csv", 2, "unit")),
    ("targets.csv", "t1,plan", "t1,plot", ("targets.csv", 2, "plan")),
    ("observations.csv", "eq,s,", "eq,q,", ("observations.csv", 2, "source")),
    ("plans.toml", 'owner = "z"', 'owner = "y"', ("plans.toml", 2, "owner")),
    ("breaks.toml", '"gdp"', '"gnp"', ("breaks.toml", 1, "indicator")),
    ("classes.csv", "大类,,A", "大类,,B", ("classes.csv", 3, "parent")),
    ("pack.toml", 'region = "p"', 'region = "q"', ("pack.toml", 0, "pack.region")),
    # trees
    ("memberships.csv", "z,p,2011-01,,located,\n", "z,p,,,located,\np,z,,,located,\n",
     ("memberships.csv", 3, "parent")),
    ("indicators.csv", "m,,,定义,\nva", "m,va,,定义,\nva", ("indicators.csv", 2, "part_of")),
    # doubles and contradictions
    ("targets.csv", "t2,plan", "t1,plan", ("targets.csv", 3, "id")),
    ("units.csv", "z,zone,某区,Z,全区", "z,zone,某区,Z,某省", ("units.csv", 3, "aliases")),
    ("targets.csv", "t2,plan,z,sh,比重,,share,30,%,eq,2020,,,,,expected,表1,,\n",
     "t2,plan,z,gdp,生产总值,,level,450,亿元,ge,2020,,,,,expected,正文,,\n",
     ("targets.csv", 3, "value")),
    ("observations.csv", "o1,", "o0,z,gdp,,2020,330,亿元,level,eq,s,medium,,,\no1,",
     ("observations.csv", 3, "value")),
    # order of dates, ranges, units
    ("plans.toml", "end = 2020", "end = 2014", ("plans.toml", 2, "end")),
    ("plans.toml", "base = 2015", "base = 2017", ("plans.toml", 2, "base")),
    ("memberships.csv", "2011-01,,", "2011-01,2010-05,", ("memberships.csv", 2, "until")),
    ("targets.csv", "eq,2020", "eq,2021", ("targets.csv", 3, "period")),
    ("targets.csv", "225.98,2015", "225.98,2020", ("targets.csv", 2, "period")),
    ("targets.csv", "share,30,", "share,130,", ("targets.csv", 3, "value")),
    ("targets.csv", "430,亿元", "430,家", ("targets.csv", 2, "measure_unit")),
    ("observations.csv", "331.49,亿元", "331.49,家", ("observations.csv", 2, "measure_unit")),
    # TOML
    ("plans.toml", 'title = "规划"', "title = 5", ("plans.toml", 4, "plan.0.title")),
    ("plans.toml", 'status = "issued"', 'status = "dreamt"', ("plans.toml", 15, "plan.0.status")),
    ("plans.toml", "base = 2015\n", "", ("plans.toml", 2, "plan.0.base")),
    ("plans.toml", "base = 2015", "base = 2015\nbasis = 3", ("plans.toml", 12, "plan.0.basis")),
    ("plans.toml", 'kind = "general"', 'kind = "general"\nmood = "x"',
     ("plans.toml", 8, "plan.0.mood")),
    ("plans.toml", "start = 2016", "start = = 2016", ("plans.toml", 9, "")),
    ("breaks.toml", 'kind = "census"', 'kind = "census"\nlink = "约"', ("breaks.toml", 1, "link")),
    ("breaks.toml", 'kind = "census"', 'kind = "census"\nlink = "-1"', ("breaks.toml", 1, "link")),
    ("breaks.toml", 'kind = "census"', 'kind = "census"\nlink = "1.2"',
     ("breaks.toml", 1, "link_source")),
    ("pack.toml", "format = 1", "format = 9", ("pack.toml", 6, "pack.format")),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place"), PLANTED)
def test_a_planted_fault_is_found_at_its_place(small, file, old, new, place):
    spoil(small, file, old, new)
    assert place in places(small)


def test_all_faults_are_reported_at_once(small):
    spoil(small, "targets.csv", ",level,430,", ",level,四百,")
    spoil(small, "units.csv", "z,zone,", "z,realm,")
    spoil(small, "plans.toml", 'kind = "general"', 'kind = "grand"')
    with pytest.raises(PackError) as refused:
        load_pack(small)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [
        ("plans.toml", 7),
        ("targets.csv", 2),
        ("units.csv", 3),
    ]
    message = str(refused.value)
    assert "targets.csv:2 value：应为数值，如 80.1，实为“四百”" in message
    english = refused.value.faults[1].sentence("en")
    assert english == "targets.csv:2 value: expected a number such as 80.1, got “四百”"


def test_one_mistake_is_one_fault(small):
    """A unit whose row is refused still counts as known to the rows that name it."""
    spoil(small, "units.csv", "z,zone,", "z,realm,")
    assert places(small) == {("units.csv", 3, "kind")}


def test_missing_files_and_foreign_encodings_are_faults(small):
    (small / "methods.csv").unlink()
    text = (small / "sources.csv").read_text(encoding="utf-8")
    (small / "sources.csv").write_bytes(text.encode("gb18030"))
    found = places(small)
    assert ("methods.csv", 0, "") in found
    assert ("sources.csv", 2, "") in found


def test_a_pack_reads_nothing_outside_itself(small):
    spoil(small, "pack.toml", '"classes.csv"', '"../classes.csv"')
    (small.parent / "classes.csv").write_text(TABLES["classes.csv"], encoding="utf-8")
    assert places(small) == {("../classes.csv", 0, "")}


def test_toml_nested_beyond_reason_is_a_fault(small):
    spoil(small, "plans.toml", "upper = [", "upper = " + "[" * 100_000)
    assert ("plans.toml", 0, "") in places(small)


def test_lines_count_through_quoted_cells(small):
    spoil(small, "methods.csv", "m,方法,Method,机关\n", 'm,"方\n法",Method,机关\nM,法,Law,\n')
    assert places(small) == {("methods.csv", 4, "id"), ("methods.csv", 4, "issuer")}


def test_an_unknown_directory_is_named():
    with pytest.raises(PackError, match="没有此目录"):
        load_pack("no-such-pack")


def test_a_changed_file_is_read_again(small):
    assert load_pack(small) is load_pack(small)
    before = load_pack(small)
    spoil(small, "pack.toml", 'version = "1"', 'version = "1.10"')
    assert (before.version, load_pack(small).version) == ("1", "1.10")


def test_a_spoilt_copy_of_the_shipped_pack_names_the_line(tmp_path):
    copy = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), copy)
    lines = (copy / "targets.csv").read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(lines) if line.startswith("lz-etdz-135.gdp,"))
    lines[row] = lines[row].replace(",gdp,", ",gnp,", 1)
    (copy / "targets.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (fault,) = check_pack(copy)
    assert (fault.file, fault.line, fault.key) == ("targets.csv", row + 1, "indicator")


FILES = ["pack.toml", "plans.toml", "breaks.toml", *TABLES]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    file=st.sampled_from(FILES),
    at=st.integers(0, 400),
    cut=st.integers(0, 12),
    put=st.text(st.sampled_from('a0|,-\n"[]={}.一 \x00'), max_size=6) | st.text(max_size=3),
)
def test_whatever_is_typed_into_a_pack_it_is_read_or_refused(small, file, at, cut, put):
    """A slip of the pen anywhere gives faults with a place, never a crash."""
    path = small / file
    sound = path.read_text(encoding="utf-8")
    at = min(at, len(sound))
    path.write_text(
        sound[:at] + put + sound[at + cut :], encoding="utf-8", errors="replace", newline=""
    )
    try:
        for fault in check_pack(small):
            assert fault.file and fault.expected and fault.found
            assert fault.line >= 0
    finally:
        path.write_text(sound, encoding="utf-8")
