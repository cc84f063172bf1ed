"""A student's figure as an image that the browser loads when it is about to be seen."""

from __future__ import annotations

from graders.language import Translate
from graders.report.drawing.elements import element, words
from graders.report.drawing.png import photo
from graders.report.pictures import Snapshot


def draw(picture: Snapshot, translate: Translate) -> str:
    """A `<figure>` of known size, with its title below."""
    title = translate(picture.title)
    height, width, _ = picture.pixels.shape
    image = element("img", src=photo(picture.pixels), alt=title, width=width, height=height, decoding="sync")
    return element("figure", image, element("figcaption", words(title)), class_="snapshot")
