"""What a page says about its own use: no archive, and text and data mining reserved (TDMRep)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD_BYTES = 65_536
_META = re.compile(rb"<meta\s([^>]{1,500})>", re.IGNORECASE)
_OURS = re.compile(rb"robots|chancery|tdm-", re.IGNORECASE)
"""What a tag holds that concerns us: of a page's fifty hardly any does."""
_PAIR = re.compile(rb"""([\w:-]{1,40})\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s"'>]{1,300}))""")
_ROBOTS = {"robots", "chancery"}


@dataclass(frozen=True, slots=True)
class Rights:
    """A page's own words; None where it has none."""

    is_unarchived: bool = False
    """It asks not to be archived (`noarchive` or `none`)."""
    is_reserved: bool | None = None
    """It reserves text and data mining, or says that it doesn't."""
    policy_url: str | None = None
    """Where its terms for mining stand."""


def read_rights(data: bytes) -> Rights:
    """The rights that the `<meta>` tags in the first 64 KiB of a page declare; never fails."""
    metas = dict(_metas(data[:_HEAD_BYTES]))
    robots = ",".join(content for name, content in metas.items() if name in _ROBOTS)
    return Rights(
        is_unarchived=refuses_archive(robots),
        is_reserved=reservation_of(metas.get("tdm-reservation")),
        policy_url=metas.get("tdm-policy") or None,
    )


def refuses_archive(directives: str | None) -> bool:
    """Whether a robots meta or an X-Robots-Tag header asks not to be archived, of us or of everybody."""
    for directive in re.split(r"[,;\n]", (directives or "").lower()):
        agent, _, rule = directive.rpartition(":")
        if rule.strip() in ("noarchive", "none") and agent.strip() in ("", "chancery"):
            return True
    return False


def reservation_of(value: str | None) -> bool | None:
    """A tdm-reservation value: "1" reserves, "0" doesn't, anything else says nothing."""
    return {"1": True, "0": False}.get((value or "").strip())


def _metas(head: bytes) -> list[tuple[str, str]]:
    found = []
    for tag in _META.finditer(head):
        if not _OURS.search(tag[1]):
            continue
        pairs = {
            match[1].decode("latin-1").lower(): (match[2] or match[3] or match[4] or b"").decode("utf-8", "replace")
            for match in _PAIR.finditer(tag[1])
        }
        if "name" in pairs and "content" in pairs:
            found.append((pairs["name"].strip().lower(), pairs["content"].strip()))
    return found
