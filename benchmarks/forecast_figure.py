"""The reliability diagram as SVG, written from a calibration: what was said against what came."""

from __future__ import annotations

from hexi.monitoring.forecast import Calibration

SIZE, LEFT, TOP = 360, 64, 28
INK, GREY, BLUE = "#1b1b1b", "#8a8f98", "#1f5f8b"
FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"


def reliability_svg(scores: Calibration) -> str:
    """Points by bin, their area the number of forecasts, beside the diagonal of perfect honesty."""

    def x(value: float) -> float:
        return LEFT + value * SIZE

    def y(value: float) -> float:
        return TOP + (1 - value) * SIZE

    most = max(one.count for one in scores.bins)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {LEFT + SIZE + 24} {TOP + SIZE + 64}" '
        f'font-family="{FONT}" font-size="13" role="img">',
        "<title>测算概率与实际达标比例 Chance said and share of targets met</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for tenth in range(0, 11, 2):
        value = tenth / 10
        parts += [
            f'<path d="M{x(value):g} {y(0):g}V{y(1):g}M{x(0):g} {y(value):g}H{x(1):g}" '
            'stroke="#e3e6ea" fill="none"/>',
            f'<text x="{x(value):g}" y="{y(0) + 18:g}" text-anchor="middle" fill="{GREY}">'
            f"{value:.0%}</text>",
            f'<text x="{x(0) - 8:g}" y="{y(value) + 4:g}" text-anchor="end" fill="{GREY}">'
            f"{value:.0%}</text>",
        ]
    line = " ".join(f"{x(one.said):.1f},{y(one.met):.1f}" for one in scores.bins)
    parts += [
        f'<path d="M{x(0):g} {y(0):g}L{x(1):g} {y(1):g}" stroke="{GREY}" stroke-dasharray="5 4"/>',
        f'<polyline points="{line}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>',
    ]
    for one in scores.bins:
        radius = 3 + 7 * (one.count / most) ** 0.5
        parts.append(
            f'<circle cx="{x(one.said):.1f}" cy="{y(one.met):.1f}" r="{radius:.1f}" fill="{BLUE}" '
            f'fill-opacity=".75"><title>{one.said:.0%} → {one.met:.0%}, n = {one.count:,}</title>'
            "</circle>"
        )
    middle = TOP + SIZE / 2
    parts += [
        f'<text x="{x(0.5):g}" y="{TOP + SIZE + 42}" text-anchor="middle" fill="{INK}">'
        "测算概率 chance said</text>",
        f'<text transform="translate(16 {middle:g}) rotate(-90)" text-anchor="middle" fill="{INK}">'
        "实际达标比例 share met</text>",
        f'<text x="{x(0):g}" y="16" fill="{INK}">Brier {scores.brier:.3f} · '
        f"校准误差 calibration error {scores.error:.3f} · n = {scores.count:,}</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
