"""A page as a browser reads it: its elements, its text, and that nothing in it runs or is fetched."""

from __future__ import annotations

from html.parser import HTMLParser

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
VOID = {"meta", "br", "img", "link"}


class Page(HTMLParser):
    """A page taken apart: its elements, its text, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self._open: list[str] = []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def assert_inert(page: str) -> None:
    """Nothing in it runs, and nothing is fetched."""
    found = Page(page)
    policies = [attributes["content"] or "" for _, attributes in found.elements if "http-equiv" in attributes]
    assert policies[0].startswith(POLICY)
    for tag, attributes in found.elements:
        assert tag not in {"script", "iframe", "object", "embed", "base", "form", "link"}
        assert not any(name.startswith("on") for name in attributes)
        for name in {"src", "href", "action", "xlink:href", "srcset"} & set(attributes):
            address = attributes[name] or ""
            saved = address.startswith("data:application/x-ipynb+json;base64,") and "download" in attributes
            shown = address.startswith(("#", "data:image/png")) or (
                ":" not in address and address.endswith("/report.html")
            )
            assert saved or shown, address
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
