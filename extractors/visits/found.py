"""What was found in the body, and the stretch of it that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, the characters of the body that support it, and the rule that read it."""

    value: T
    start: int
    end: int
    rule: str
