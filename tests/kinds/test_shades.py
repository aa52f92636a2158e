"""One colour to a scale of shades: the SDKs' published results, and what holds for every colour."""

from __future__ import annotations

from colorsys import rgb_to_hls
from re import fullmatch
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulumi_dyte.kinds import PRESET
from pulumi_dyte.kinds.checks import check
from pulumi_dyte.kinds.shades import ScaleName, shades

SCALES: tuple[ScaleName, ...] = get_args(ScaleName)
COLOURS = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("scale", "colour", "lighter_and_lighter"),
    [
        ("brand", "#2160FD", "#023dd0 #0248f5 #2160fd #3e75fd #5c8afe"),
        ("brand", "#2A9D8F", "#227e72 #268d81 #2a9d8f #31b5a5 #3bcab9"),
        ("brand", "#FFCC00", "#bb9600 #ddb100 #ffcc00 #ffd322 #ffda44"),
        ("brand", "#FF8888", "#b70000 #ff2121 #ff8a8a #ffa9a9 #ffc8c8"),
        ("brand", "#b56927", "#844d1d #9c5b22 #b46927 #d27b30 #d99050"),
        ("background", "#141414", "#141414 #181818 #1b1b1b #1f1f1f #222222"),
        ("background", "#262626", "#262626 #333333 #404040 #4d4d4d #5a5a5a"),
        ("background", "#1A1A1A", "#1a1a1a #272727 #353535 #434343 #515151"),
    ],
)
def test_shades_are_those_of_the_official_sdks(scale: ScaleName, colour: str, lighter_and_lighter: str) -> None:
    assert sorted(shades(scale, colour).values(), key=_lightness) == lighter_and_lighter.split()


def test_a_brand_colour_is_the_middle_shade_and_a_background_the_darkest() -> None:
    assert shades("brand", "#2160FD")["500"] == "#2160fd"
    assert shades("background", "#262626")["1000"] == "#262626"
    assert shades("background", "#262626")["600"] == "#5a5a5a"


@pytest.mark.parametrize(
    ("colour", "lighter_and_lighter"),
    [
        ("#000000", "#252525 #2f2f2f #323232 #3e3e3e #4a4a4a"),
        ("#FFFFFF", "#d6d6d6 #e0e0e0 #ebebeb #f5f5f5 #ffffff"),
    ],
)
def test_black_and_white_backgrounds_have_shades_of_their_own(colour: str, lighter_and_lighter: str) -> None:
    assert sorted(shades("background", colour).values(), key=_lightness) == lighter_and_lighter.split()
    assert shades("background", colour)["1000"] == ("#252525" if colour == "#000000" else "#ffffff")
    assert sorted(shades("brand", colour).values()) != lighter_and_lighter.split()


@pytest.mark.parametrize("white", ["#ffffff", "#FFF"])
def test_only_the_exact_text_of_white_has_shades_of_its_own(white: str) -> None:
    assert set(shades("background", white).values()) == {"#ffffff"}


def test_what_is_returned_is_the_callers_own() -> None:
    shades("background", "#000000")["600"] = "changed"
    assert shades("background", "#000000")["600"] == "#4a4a4a"


@given(st.sampled_from(SCALES), st.text("0123456789abcdefABCDEF", min_size=3, max_size=3))
def test_three_digits_mean_each_digit_twice(scale: ScaleName, digits: str) -> None:
    doubled = "#" + "".join(2 * digit for digit in digits)
    if scale == "brand" or doubled not in ("#FFFFFF", "#000000"):
        assert shades(scale, f"#{digits}") == shades(scale, doubled)


@given(st.sampled_from(SCALES), COLOURS)
@example("brand", "#000000")
@example("brand", "#ffffff")
def test_every_shade_is_a_colour_that_a_preset_may_have(scale: ScaleName, colour: str) -> None:
    shown = shades(scale, colour)
    assert all(fullmatch(r"#[0-9a-f]{6}", shade) for shade in shown.values())
    declared = {"name": "x", "ui": {"design_tokens": {"colors": {scale: shown}}}}
    assert check(PRESET, declared) == ()


@given(st.sampled_from(SCALES), COLOURS)
def test_each_step_is_at_least_as_light_as_the_one_before(scale: ScaleName, colour: str) -> None:
    by_number = [shade for _, shade in sorted(shades(scale, colour).items(), key=lambda item: int(item[0]))]
    lightness = [_lightness(shade) for shade in by_number]
    assert lightness == sorted(lightness, reverse=scale == "background")


@given(COLOURS)
def test_the_middle_brand_shade_is_the_colour_but_for_its_rounded_lightness(colour: str) -> None:
    assert abs(_lightness(shades("brand", colour)["500"]) - _lightness(colour)) <= 0.005 + 1 / 255


@pytest.mark.parametrize("text", ["", "2160fd", "#2160f", "#2160fdff", "#21 0fd", "#216OFD", "blue", "#2160fd\n"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a colour"):
        shades("brand", text)


def _lightness(colour: str) -> float:
    digits = colour[1:]
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return rgb_to_hls(red, green, blue)[1]
