"""The options of the stack matrix: which organizations, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_
from chipscape_desktop.figures.catalog import Option, checked_words

DEFAULT: Final = "huawei,google,nvidia,amazon,microsoft,meta,alibaba,baidu,tencent,apple"
OPTIONS: Final = (
    Option("organizations", N_("Organizations"), "records", DEFAULT, record_kind="organization"),
    Option("order", N_("Order"), "choice", "score",
           (("score", N_("By integration")), ("given", N_("As chosen")), ("name", N_("By name")))),
    Option("joints", N_("Links between layers"), "choice", "on", (("on", N_("Shown")), ("off", N_("Hidden")))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """The slugs of the organizations, their order (`score`, `given`, `name`), and whether joints are drawn."""

    organizations: tuple[str, ...] = tuple(DEFAULT.split(","))
    order: str = "score"
    joints: bool = True


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are. Without organizations: the usual."""
    words = checked_words(OPTIONS, options)
    slugs = tuple(filter(None, (slug.strip() for slug in words["organizations"].split(","))))
    return Options(slugs or tuple(DEFAULT.split(",")), words["order"], words["joints"] == "on")
