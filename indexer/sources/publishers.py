"""What is known of each publisher: where its files stand and how its pages are cut. The knowledge is in publishers.yaml."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

_FILE = Path(__file__).with_name("publishers.yaml")


class Publisher(BaseModel):
    """One entry of publishers.yaml; the keys are explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    instruments: tuple[str, ...] = Field(alias="for")
    files: tuple[str, ...] = ()
    page: str = ""
    find: str = ""
    by_hand: str = ""
    none: str = ""
    part: str = ""
    language: str = ""
    split: str = ""
    split_url: str = ""
    split_id: str = ""
    spelled: dict[str, str] = {}
    section: str = ""
    under: str = ""
    titled: bool = False
    counted: bool = False
    levels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ends: str = ""
    without: tuple[str, ...] = ()
    licence: str = "see the publisher's terms"

    @model_validator(mode="after")
    def _one_way(self) -> Publisher:
        if sum(map(bool, (self.files, self.by_hand, self.none))) != 1:
            raise ValueError("give one of files, by_hand and none")
        for pattern in (self.section, self.ends, self.split, self.split_url, self.split_id, *self.notes):
            re.compile(pattern)
        return self


@lru_cache(maxsize=1)
def publishers() -> tuple[Publisher, ...]:
    """All entries in the order of the file."""
    plain = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(Publisher.model_validate(one) for one in plain["publishers"])


def publisher_of(instrument: str) -> Publisher | None:
    """The first entry that fits the instrument's id, or `None`."""
    fits = (one for one in publishers() if any(fnmatchcase(instrument, pattern) for pattern in one.instruments))
    return next(fits, None)
