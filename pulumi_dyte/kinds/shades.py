"""A scale of shades from one colour, as the official browser SDKs derive it: what `brand: "#2160fd"` means.

The SDKs compute the middle brand shade, and the darkest background shade, from a rounded lightness as well, so either
can differ by one or two per channel from the colour given.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from math import floor
from re import fullmatch
from typing import Final, Literal

ScaleName = Literal["brand", "background"]


@dataclass(frozen=True, slots=True)
class _Scale:
    steps: dict[str, int]
    """Each shade's name, with how many steps it is lighter than the colour."""

    @property
    def darker(self) -> int:
        return sum(step < 0 for step in self.steps.values())


_SCALES: Final = {
    "brand": _Scale({"300": -2, "400": -1, "500": 0, "600": 1, "700": 2}),
    "background": _Scale({"600": 4, "700": 3, "800": 2, "900": 1, "1000": 0}),
}
_GIVEN: Final = {
    "#FFFFFF": {"600": "#d6d6d6", "700": "#e0e0e0", "800": "#ebebeb", "900": "#f5f5f5", "1000": "#ffffff"},
    "#000000": {"600": "#4a4a4a", "700": "#3e3e3e", "800": "#323232", "900": "#2f2f2f", "1000": "#252525"},
}
"""Backgrounds that the SDKs do not compute; they compare the text as written, so `#ffffff` is computed."""


def shades(scale_name: ScaleName, colour: str) -> dict[str, str]:
    """Every shade of the scale from a colour such as `#2160fd` or `#26f`; ValueError where it is none."""
    red, green, blue = _channels(colour)
    if scale_name == "background" and colour in _GIVEN:
        return dict(_GIVEN[colour])
    hue, lightness, saturation = rgb_to_hls(red / 255, green / 255, blue / 255)
    base = floor(100 * lightness + 0.5)
    scale = _SCALES[scale_name]
    return {
        name: _text(hue, _stepped(base, step, scale.darker) / 100, saturation) for name, step in scale.steps.items()
    }


def _channels(colour: str) -> tuple[int, int, int]:
    if not fullmatch(r"#([0-9A-Fa-f]{3}){1,2}", colour):
        raise ValueError(f'must be a colour such as "#2160fd", not {colour!r}')
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _stepped(base: int, step: int, darker: int) -> float:
    """The lightness, in percent, so many steps from the base."""
    if step < 0:
        return base + step * (base / (darker + 1)) * _factor(base)
    return base + step * ((100 - base) / (5 - darker)) * _factor(base)


def _factor(base: int) -> float:
    """How far a step goes: further from a light colour, hardly at all from one that is nearly black."""
    if base > 70:
        return 0.8
    if base > 60:
        return 0.9
    if base < 10:
        return 0.075
    return 0.3 if base < 42 else 0.4


def _text(hue: float, lightness: float, saturation: float) -> str:
    channels = (floor(255 * channel + 0.5) for channel in hls_to_rgb(hue, lightness, saturation))
    return "#" + "".join(f"{channel:02x}" for channel in channels)
