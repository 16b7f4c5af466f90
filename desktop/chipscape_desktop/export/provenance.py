"""The capsule: what a figure was made from, carried inside every exported file."""

import json
from dataclasses import asdict, dataclass, fields

from chipscape_desktop.figures.spec import SourceNote


@dataclass(frozen=True, slots=True)
class Capsule:
    """What it takes to draw a figure again, and every source behind it.

    `figure` is its name in the catalogue; `options` are (name, value) pairs: filters, as-of date, size, language,
    theme; `base_name` and `base_id` name the fact base, `changeset` its newest change; `version` is the
    application's; `content` is the figure as a saved one holds it, to show the same again. There is no time of export:
    the same facts and options give the same bytes.
    """

    figure: str
    options: tuple[tuple[str, str], ...] = ()
    base_name: str = ""
    base_id: str = ""
    changeset: str = ""
    version: str = ""
    content: str = ""
    sources: tuple[SourceNote, ...] = ()

    @property
    def application(self) -> str:
        """The program's name, with its version where known."""
        return f"Chipscape {self.version}".strip()

    def to_json(self) -> str:
        """Return the capsule as JSON text, always the same for the same capsule."""
        plain = asdict(self) | {"options": dict(self.options)}
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Capsule":
        """Return the capsule that `to_json` wrote, options by name; fields of later versions are passed over."""
        plain = json.loads(text)
        known = {each.name: plain[each.name] for each in fields(cls) if each.name in plain}
        wanted = {each.name for each in fields(SourceNote)}
        known["options"] = tuple(sorted(plain["options"].items()))
        known["sources"] = tuple(
            SourceNote(**{name: value for name, value in source.items() if name in wanted})
            for source in plain["sources"]
        )
        return cls(**known)


def numbered_sources(sources: tuple[SourceNote, ...]) -> list[str]:
    """Return each source as one line: number, short reference, address."""
    return [" ".join(f"{source.number} {source.text} {source.url}".split()) for source in sources]
