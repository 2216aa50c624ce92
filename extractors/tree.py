"""The tree builder: lxml parses in C, one lean walk makes real BeautifulSoup objects of the part that is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import HTMLAttributeDict, NavigableString, PageElement, Tag
from lxml import etree

Element = etree._Element
NOTE = "data-note"
"""The attribute in which a tag carries what was noted of its element."""
_WORDS = re.compile(r"\S+")


def elements_of(path: etree.XPath, root: Element) -> list[Element]:
    """What a path of elements finds below a root; the search runs in C."""
    return cast("list[Element]", path(root))


class LeanTreeBuilder(HTMLTreeBuilder):
    """Feeds a BeautifulSoup from an element that lxml has parsed: `BeautifulSoup("", builder=LeanTreeBuilder(root))`.

    `skip` is asked for every element below the root; what it refuses is left out with all that it holds, its tail
    stays. `notes` gives elements a word that their tags carry as attribute `data-note`. Comments and processing
    instructions are left out. Objects, attributes and links between them are those of
    the stock lxml builder (tests hold both together); only the way there is shorter.
    """

    NAME = "lean"
    features = ()  # never found by a feature name: it is given, not looked up

    def __init__(
        self,
        root: Element,
        skip: Callable[[Element], bool] | None = None,
        notes: Mapping[Element, str] | None = None,
    ) -> None:
        super().__init__()
        self.root = root
        self.skip = skip
        self.notes = notes or {}

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        assert self.soup is not None
        _grow(self.soup, self)
        # soup and builder hold each other until the collector's next round: lxml's whole tree is not to wait with them
        del self.root, self.skip, self.notes


def build_soup(
    root: Element, skip: Callable[[Element], bool] | None = None, notes: Mapping[Element, str] | None = None
) -> BeautifulSoup:
    """A BeautifulSoup of the element and what it holds, without what `skip` refuses."""
    return BeautifulSoup("", builder=LeanTreeBuilder(root, skip, notes))


def _grow(soup: BeautifulSoup, builder: LeanTreeBuilder) -> None:
    """Depth-first without recursion, so that no nesting is too deep; links are set as bs4's `setup` would."""
    common = _common_fields(soup, builder)
    containers, empty, listed = builder.string_containers, builder.empty_element_tags, builder.cdata_list_attributes
    keeps_space, everywhere = builder.preserve_whitespace_tags, listed["*"]
    skip, notes = builder.skip, builder.notes
    value_list, set_item = (
        builder.attribute_value_list_class,
        dict.__setitem__,
    )  # bs4 checks values that are text already
    main_types = Tag.MAIN_CONTENT_STRING_TYPES
    last: PageElement | None = None  # as in the stock builder, the soup itself is no element before the first
    waiting: list[tuple[Any, Tag]] = [(builder.root, soup)]
    while waiting:
        node, parent = waiting.pop()
        if type(node) is str:
            last = _add_string(node, parent, last, containers, keeps_space)
            continue
        name = node.tag
        tag = Tag.__new__(Tag)
        fields = tag.__dict__
        fields.update(common)
        fields["name"] = name
        fields["attrs"] = attrs = HTMLAttributeDict(node.items())
        fields["contents"] = []
        fields["can_be_empty_element"] = name in empty if empty is not None else True
        fields["interesting_string_types"] = {containers[name]} if name in containers else main_types
        if attrs:
            own = listed.get(name, ())
            for key in attrs:
                if key in everywhere or key in own:
                    set_item(attrs, key, value_list(_WORDS.findall(attrs[key])))
        if node in notes:
            set_item(attrs, NOTE, notes[node])
        _link(tag, parent, last)
        last = tag
        if node.text:
            last = _add_string(node.text, tag, last, containers, keeps_space)
        for child in reversed(node):
            if child.tail:
                waiting.append((child.tail, tag))
            if type(child.tag) is str and (skip is None or not skip(child)):
                waiting.append((child, tag))


def _common_fields(soup: BeautifulSoup, builder: LeanTreeBuilder) -> dict[str, Any]:
    """What every tag of a tree has in common."""
    return {
        "parser_class": BeautifulSoup,
        "namespace": None,
        "_namespaces": soup._namespaces,
        "prefix": None,
        "sourceline": None,
        "sourcepos": None,
        "attribute_value_list_class": builder.attribute_value_list_class,
        "known_xml": False,
        "hidden": False,
        "cdata_list_attributes": builder.cdata_list_attributes,
        "preserve_whitespace_tags": builder.preserve_whitespace_tags,
        "next_element": None,
        "next_sibling": None,
    }


def _link(node: PageElement, parent: Tag, last: PageElement | None) -> None:
    fields = node.__dict__
    siblings = parent.contents
    fields["parent"] = parent
    fields["previous_element"] = last
    if last is not None:
        last.next_element = node
    if siblings:
        previous = siblings[-1]
        fields["previous_sibling"] = previous
        previous.next_sibling = node
    else:
        fields["previous_sibling"] = None
    siblings.append(node)


def _add_string(
    text: str,
    parent: Tag,
    last: PageElement | None,
    containers: dict[str, type[NavigableString]],
    keeps_space: set[str],
) -> NavigableString:
    if text.isspace() and "\n" != text != " " and not _is_preserved(parent, keeps_space):
        text = "\n" if "\n" in text else " "
    kind = containers.get(parent.name, NavigableString) if containers else NavigableString
    string = str.__new__(kind, text)
    fields = string.__dict__
    fields["hidden"] = False
    fields["next_element"] = fields["next_sibling"] = None
    _link(string, parent, last)
    return string


def _is_preserved(tag: Tag | None, keeps_space: set[str]) -> bool:
    while tag is not None:
        if tag.name in keeps_space:
            return True
        tag = tag.parent
    return False
