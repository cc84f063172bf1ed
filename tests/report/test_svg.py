"""Every picture is XML, whatever a network put in it, and shows what is wrong as wrong."""

from __future__ import annotations

import base64
import io
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image

from graders.language import say, translator
from graders.report.pictures import Confusion, Curves, Floats, Histogram, Images, Picture
from graders.report.svg import draw

from .made import HOSTILE, RAW

NAN, INF = np.nan, np.inf
ATTACK = say("{said}", said=HOSTILE)
EVERYTHING = arrays(st.sampled_from([np.float64, np.float32, np.float16]), array_shapes(max_dims=1, min_side=0))
PIXELS = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=9))


def drawn(picture: Picture) -> ET.Element:
    return ET.fromstring(draw(picture, translator("en")))


def histogram(values: Floats, low: float = -1, high: float = 1) -> Histogram:
    return Histogram(say("Weights"), values, low, high)


def curves(*series: Floats) -> Curves:
    return Curves(say("Loss"), say("epoch"), tuple((say(f"series {n}"), values) for n, values in enumerate(series)))


def images(*panels: Floats) -> Images:
    return Images(say("Inputs"), tuple((say(f"panel {n}"), values) for n, values in enumerate(panels)))


def classes(picture: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in picture.iter() if name in element.get("class", "").split()]


def words(picture: ET.Element) -> str:
    return " | ".join(element.text or "" for element in picture.iter("text"))


ODD = [
    histogram(np.zeros(0)),
    histogram(np.full(5, NAN)),
    histogram(np.array([1e308, -1e308, 0.0, INF])),
    histogram(np.array([1e308, 0.0]), -1e308, 1e308),
    histogram(np.array([0.0, 1e-320]), 0, 0),
    histogram(np.array([7.0]), NAN, NAN),
    histogram(np.array([7.0]), -INF, INF),
    histogram(np.arange(9, dtype=np.float16)),
    curves(),
    curves(np.zeros(0)),
    curves(np.full(4, NAN)),
    curves(np.array([1e308, -1e308, NAN, INF])),
    curves(np.array([0.7])),
    curves(np.arange(5000.0), np.full(5000, NAN)),
    curves(*[np.arange(3.0)] * 9),
    Confusion(say("None"), 0, 0, 0, 0),
    Confusion(say("Large"), 10**12, 1, 0, 7),
    images(),
    images(np.zeros((0, 4))),
    images(np.full((3, 3), NAN), np.zeros((1, 900)), np.array([[1e308, -1e308], [NAN, INF]])),
]


@pytest.mark.parametrize("picture", ODD, ids=lambda picture: type(picture).__name__)
def test_an_odd_picture_is_still_xml_with_a_title(picture: Picture) -> None:
    found = drawn(picture)
    assert (found.tag, found.get("role")) == ("svg", "img")
    assert found[0].tag == "title"
    assert not re.search(r"\b(nan|inf)\b", " ".join(v for e in found.iter() for k, v in e.items() if k != "class"))


@given(EVERYTHING, st.floats(), st.floats())
def test_any_values_are_drawn(values: Floats, low: float, high: float) -> None:
    drawn(histogram(values, low, high))
    drawn(curves(values, values[::-1]))


@given(PIXELS)
def test_any_pixels_are_drawn(values: Floats) -> None:
    drawn(images(values))


@pytest.mark.parametrize(
    "picture",
    [
        Histogram(ATTACK, np.ones(2), 0, 1),
        Curves(ATTACK, ATTACK, ((ATTACK, np.array([NAN, 1.0])),)),
        Images(ATTACK, ((ATTACK, np.array([[NAN]])),)),
        Confusion(ATTACK, 1, 2, 3, 4),
    ],
    ids=lambda picture: type(picture).__name__,
)
def test_text_of_a_student_is_text(picture: Picture) -> None:
    text = draw(picture, translator("en"))
    assert not any(raw in text for raw in RAW)
    assert "\\x1b" in words(ET.fromstring(text))


def test_bars_outside_the_interval_are_wrong_and_counted() -> None:
    found = drawn(histogram(np.array([-0.5, 0.5, 1.0, 1.001, 3.0, 1e9])))
    assert len(classes(found, "outside")) == 1
    assert "outside: 3 of 6 values" in words(found)
    assert "further out, in the last bar: 1" in words(found)


def test_values_at_the_ends_of_the_interval_are_inside() -> None:
    found = drawn(histogram(np.array([-0.1, 0.1], dtype=np.float32), -0.1, 0.1))
    assert not classes(found, "outside")
    assert "all 2 values in the interval" in words(found)
    assert words(found).count("−0.1 ") == 2


def test_a_single_expected_value_is_an_interval_too() -> None:
    found = drawn(histogram(np.array([0.0, 0.0, 1e-3]), 0, 0))
    assert "outside: 1 of 3 values" in words(found)


def test_values_that_are_not_finite_are_told() -> None:
    assert "not finite: 2" in words(drawn(histogram(np.array([0.1, NAN, INF]))))


def test_a_value_that_is_not_finite_breaks_its_line() -> None:
    found = drawn(curves(np.array([1.0, 2.0, NAN, 3.0, 4.0, INF, 5.0])))
    line = [path.get("d", "") for path in classes(found, "look0") if "dot" not in path.get("class", "")][-1]
    assert (line.count("M"), line.count("L")) == (2, 2)
    assert len(classes(found, "dot")) == 1
    assert "series 0: not finite in 2 of 7 places" in words(found)


def test_a_long_line_keeps_its_peak() -> None:
    values = np.zeros(10_000)
    values[1234] = 1.0
    path = classes(drawn(curves(values)), "look0")[-1].get("d", "")
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", path)]
    assert len(heights) < 1000
    assert heights.count(min(heights)) == 1


def test_a_confusion_tells_counts_and_shares_of_rows() -> None:
    found = words(drawn(Confusion(say("Test"), 90, 10, 999, 1)))
    assert all(text in found for text in ("90", "10", "999", "90%", "10%", "99%", "1%"))


def test_a_heat_map_is_a_png_with_row_0_at_the_bottom() -> None:
    values = np.zeros((200, 300))
    values[0] = 1.0
    values[-1, 0] = NAN
    (image,) = drawn(images(values)).iter("image")
    pixels = Image.open(io.BytesIO(base64.b64decode(image.get("href", "").partition(",")[2]))).convert("RGB")
    assert pixels.height <= 64
    assert pixels.width <= 128
    assert pixels.getpixel((5, pixels.height - 1)) == (0xFD, 0xE7, 0x25)
    assert pixels.getpixel((5, 0)) == (0x44, 0x01, 0x54)


def test_a_pixel_that_is_not_finite_is_red_and_told() -> None:
    found = drawn(images(np.array([[0.0, NAN]])))
    (image,) = found.iter("image")
    pixels = Image.open(io.BytesIO(base64.b64decode(image.get("href", "").partition(",")[2]))).convert("RGB")
    assert pixels.getpixel((1, 0)) == (0xFF, 0x38, 0x60)
    assert "panel 0: not finite in 1 pixels (red)" in words(found)
