"""Which encoding a text file is in (文字编码): BOM, strict UTF-8, UTF-16, then GB18030 or Big5.

Old plans lie on official sites as GB18030 (declared gb2312) or Big5. Both decoders accept
nearly any bytes, so the decoding whose characters are ordinary ones wins.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from hexi.plans.documents.errors import DocumentError

__all__ = ["decode", "decode_declared"]

#: the commonest characters of official prose, simplified and traditional
_COMMON: Final = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身"
    "车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石"
    "记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青"
    "省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型"
    "眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龍"
    "這個國們時來發產業經濟區開資設億萬與進對會動過還種現實點從體當應義開關線數質變條結問無見計務"
    "據處隊給門規熱領導壓爭階術極聯認權證轉單風帶場車達積議報類離確張馬節話況傳許廣記須際驗連斷難"
    "礦眾書復備辦習響約曆稱準號維劃選標寫親廠識適屬圓滿縣參紅細聽該鐵價嚴,，。、；：“”（）《》0-9]"
)
_ASCII: Final = re.compile("[\x00-\x7f]+")
#: from how many bytes at the start the encoding is told
_SAMPLE: Final = 16_000
#: where fewer characters than this are ordinary ones the decoding is not the right one
_LEAST_SHARE: Final = 0.2


def _share(text: str) -> float:
    """Part of the non-ASCII characters that are ordinary ones."""
    wide = _ASCII.sub("", text)
    return len(_COMMON.findall(wide)) / len(wide) if wide else 1.0


def decode_declared(data: bytes, declared: str) -> str | None:
    """Text in the encoding that the file declares; gb2312 and gbk mean GB18030."""
    name = declared.strip().strip("\"'").lower().replace("_", "-")
    if name in {"gb2312", "gbk", "gb-2312", "x-gbk", "cp936", "gb18030"}:
        name = "gb18030"
    elif name in {"big5", "big-5", "cp950", "x-big5"}:
        name = "big5hkscs"
    try:
        return data.decode(codecs.lookup(name).name)
    except (LookupError, UnicodeDecodeError):
        return None


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: it has zero bytes, and read the right way round it makes sense."""
    if len(data) % 2 or b"\x00" not in data[:4096]:
        return None
    best: tuple[float, str] = (0.5, "")
    for name in ("utf-16-le", "utf-16-be"):
        try:
            sample = data[:8192].decode(name, "ignore")
            if "\x00" not in sample and _share(sample) > best[0]:
                best = _share(sample), data.decode(name)
        except UnicodeDecodeError:
            continue
    return best[1] or None


def decode(data: bytes, file: str = "") -> str:
    """The file's text, every character kept: no newline translation, a UTF-8 mark stays."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise DocumentError("encoding", file) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    wide = _bare_utf16(data)
    if wide is not None:
        return wide
    # the start tells; only what it tells is decoded whole
    for share, name in _ranked(data):
        if share < _LEAST_SHARE:
            break
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DocumentError("encoding", file)


def _ranked(data: bytes) -> list[tuple[float, str]]:
    """The double-byte encodings by the share of ordinary characters that they give, best first."""
    ranked: list[tuple[float, str]] = []
    for name in ("gb18030", "big5hkscs"):
        reader = codecs.getincrementaldecoder(name)()
        try:
            ranked.append((_share(reader.decode(data[:_SAMPLE])), name))
        except UnicodeDecodeError:
            continue
    return sorted(ranked, key=lambda pair: -pair[0])
