"""Growth as a picture (SVG): time and memory against size on logarithmic axes, readable in light and dark."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from growth import AGAIN, ANEW, Point

if TYPE_CHECKING:
    from growth import Series

WIDTH, HEIGHT = 960, 584
_LEFT, _TOP, _ACROSS, _DOWN = 62, 92, 310, 256
_PANEL_WIDTH, _PANEL_HEIGHT = 238, 186
_STEPS = 40
_STYLE = """\
  text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #52514e }
  .title { font-size: 16px; font-weight: 600; fill: #0b0b0b }
  .name { font-weight: 600; fill: #0b0b0b }
  .page { fill: #fcfcfb }
  .grid { stroke: #e4e3df }
  .axis { stroke: #a3a29d }
  .line { fill: none; stroke-width: 2 }
  .anew { stroke: #2a78d6 } .dot-anew { fill: #2a78d6 }
  .again { stroke: #1baf7a } .dot-again { fill: #1baf7a }
  .even { fill: none; stroke: #898781; stroke-dasharray: 3 4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3c2b7 }
    .title, .name { fill: #ffffff }
    .page { fill: #1a1a19 }
    .grid { stroke: #33332f }
    .axis { stroke: #6b6a65 }
    .anew { stroke: #3987e5 } .dot-anew { fill: #3987e5 }
    .again { stroke: #199e70 } .dot-again { fill: #199e70 }
  }
"""

Value = Callable[[Point, bool], float]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a row of panels shows: its name, its unit, and its value at a point, anew or again."""

    name: str
    unit: str
    value: Value


MEASURES = (
    Measure("seconds", "s", lambda point, again: (point.again if again else point.anew).wall),
    Measure("peak memory, MiB", "MiB", lambda point, again: (point.again if again else point.anew).peak_mib),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis: from one value to another, over so many pixels from a place on."""

    low: float
    high: float
    start: float
    length: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + self.length * share


def render(all_series: Sequence[Series]) -> str:
    """The picture, a column for what grows and a row for what is measured."""
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-label="Time and memory of ketreview check against the size of a project">',
        f"<style>\n{_STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>',
        _text(20, 32, "What ketreview check takes as a project grows", "title"),
        *_legend(),
    ]
    for row, measure in enumerate(MEASURES):
        values = [
            measure.value(point, again) for each in all_series for point in each.points for again in (True, False)
        ]
        low, high = _bounds(values)
        for column, series in enumerate(all_series):
            left, top = _LEFT + column * _ACROSS, _TOP + row * _DOWN
            sizes = [point.size for point in series.points]
            across = Axis(sizes[0] / 1.5, sizes[-1] * 1.5, left, _PANEL_WIDTH)
            rows += _panel(series, measure, across, Axis(low, high, top + _PANEL_HEIGHT, -_PANEL_HEIGHT))
    return "\n".join([*rows, "</svg>"]) + "\n"


def _legend() -> Iterator[str]:
    for index, (name, style) in enumerate((("worked out anew", "anew"), ("again, with nothing changed", "again"))):
        x = 20 + index * 150
        yield f'<path class="line {style}" d="M{x} 55h22"/>'
        yield _text(x + 28, 59, name)
    yield '<path class="even" d="M396 55h22"/>'
    yield _text(424, 59, "as it would grow in proportion, drawn from the first and the third size")


def _panel(series: Series, measure: Measure, across: Axis, up: Axis) -> Iterator[str]:
    right, bottom, top = across.start + across.length, up.start, up.start + up.length
    for value in _ticks(up.low, up.high):
        y = up.at(value)
        yield f'<path class="grid" d="M{across.start:.1f} {y:.1f}H{right:.1f}"/>'
        yield _text(across.start - 8, y + 4, f"{value:,g}", anchor="end")
    yield f'<path class="axis" d="M{across.start:.1f} {bottom:.1f}H{right:.1f}"/>'
    for point in series.points:
        yield _text(across.at(point.size), bottom + 17, f"{point.size:,}", anchor="middle")
    yield _text(across.start + across.length / 2, bottom + 34, series.name, anchor="middle")
    yield _text(across.start, top - 8, measure.name, "name")
    yield f'<path class="even" d="{_path(across, up, _in_proportion(series, measure))}"/>'
    for again, style, name in ((True, "again", AGAIN), (False, "anew", ANEW)):
        points = [(float(point.size), measure.value(point, again)) for point in series.points]
        yield f'<path class="line {style}" d="{_path(across, up, points)}"/>'
        for size, value in points:
            yield f'<circle class="dot-{style}" cx="{across.at(size):.1f}" cy="{up.at(value):.1f}" r="3.5"/>'
        size, value = points[-1]
        label = f"{name} {_shown(value)} {measure.unit}"
        y = max(up.at(near) for _, near in points[-3:]) + 18 if again else up.at(value) - 10
        yield _text(across.at(size) + 8, y, label, "name", anchor="end")


def _in_proportion(series: Series, measure: Measure) -> list[tuple[float, float]]:
    """A fixed part, and one that grows with the size: through the first and the third point."""
    first, _, third, last = ((point.size, measure.value(point, False)) for point in series.points)
    each = max(third[1] - first[1], 0) / max(third[0] - first[0], 1)
    ratio = (last[0] / first[0]) ** (1 / _STEPS)
    sizes = [first[0] * ratio**step for step in range(_STEPS + 1)]
    return [(size, first[1] + each * (size - first[0])) for size in sizes]


def _path(across: Axis, up: Axis, points: Sequence[tuple[float, float]]) -> str:
    places = [f"{across.at(size):.1f} {up.at(value):.1f}" for size, value in points]
    return "M" + "L".join(places)


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """A little more than the values need, so that labels have room."""
    return min(values) / 1.9, max(values) * 1.7


def _ticks(low: float, high: float) -> list[float]:
    """1 and 3 of every power of ten between the two."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [lead * 10.0**power for power in powers for lead in (1, 3) if low <= lead * 10.0**power <= high]


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}" if value < 1 else f"{value:.1f}"


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'
