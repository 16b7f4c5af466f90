"""Brings the translations up to date with the code; a developer's command, needs Babel.

`python -m chipscape_desktop.catalogue` reads the sources and rewrites each `.po`: new texts are added untranslated,
gone ones dropped, translations kept.
"""

import ast
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import chipscape_db
import chipscape_desktop
from chipscape_desktop.i18n import DOMAIN, SOURCE_LANGUAGE, languages, po_path

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2, "P_": 2, "pgettext": 2}
"""The functions that mark a text, and how many of their arguments are texts."""
_IN_A_SENSE = {"P_", "pgettext"}
_EXAMPLES = {"seed", "migrations"}


def sources() -> list[Path]:
    """Return the Python files whose texts a person may see."""
    roots = [Path(package.__file__ or "").parent for package in (chipscape_desktop, chipscape_db)]
    return [
        path
        for root in roots
        for path in sorted(root.rglob("*.py"))
        if not _EXAMPLES & set(path.relative_to(root).parts)
    ]


def marked(source: str) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Yield what a Python source marks for translation: the sense, where one is said, and a text with any plural.

    Read from the syntax tree, because Babel's own reader passes over calls inside f-strings.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            texts = [
                argument.value
                for argument in node.args[: KEYWORDS[node.func.id]]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            if len(texts) == KEYWORDS[node.func.id]:
                yield (texts[0], (texts[1],)) if node.func.id in _IN_A_SENSE else (None, tuple(texts))


def extract() -> "Catalog":
    """Return the texts of the sources as an untranslated catalogue."""
    from babel.messages.catalog import Catalog

    catalogue = Catalog(domain=DOMAIN, charset="utf-8")
    for path in sources():
        place = "/".join(path.parts[-2:])
        for sense, texts in marked(path.read_text(encoding="utf-8")):
            catalogue.add(texts if len(texts) > 1 else texts[0], None, [(place, 0)], context=sense)
    return catalogue


def read(code: str) -> "Catalog":
    """Return the shipped catalogue of a language."""
    from babel.messages.pofile import read_po

    return read_po(BytesIO(po_path(code).read_bytes()), locale=code, domain=DOMAIN)


def update(code: str) -> "Catalog":
    """Rewrite the catalogue of a language to the texts of the code, and return it."""
    from babel.messages.pofile import write_po

    catalogue = read(code)
    catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    stream = BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False)
    po_path(code).write_bytes(stream.getvalue())
    return catalogue


def main(arguments: Sequence[str] | None = None) -> None:
    """Update every language and say how many texts still want a translation."""
    import sys

    for code in languages():
        if code != SOURCE_LANGUAGE:
            catalogue = update(code)
            wanting = sum(1 for message in catalogue if message.id and not _translated(message.string))
            sys.stdout.write(f"{code}: {len(catalogue)} texts, {wanting} untranslated\n")


def _translated(text: object) -> bool:
    return bool(text) and (all(text) if isinstance(text, tuple | list) else True)


if __name__ == "__main__":
    main()
