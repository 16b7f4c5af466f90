"""Text, numbers and names as XML and SVG accept them."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    """Return *text* safe between tags and in quotes; what XML cannot hold becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def number(value: float) -> str:
    """Return a coordinate with at most two decimals, none of them idle."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def attributes(**values: str | float | None) -> str:
    """Return attributes in the order given, each led by a space; `_` in a name is `-`; None is left out."""
    parts = []
    for name, value in values.items():
        if value is not None:
            text = escaped(value) if isinstance(value, str) else number(value)
            parts.append(f' {name.strip("_").replace("_", "-")}="{text}"')
    return "".join(parts)


class Names:
    """Gives out ids that are valid and used once."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}

    def fresh(self, wanted: str) -> str:
        """Return *wanted* as an id; with a number behind it when it is taken."""
        name = _NOT_IN_NAMES.sub("_", wanted)
        if not name or not (name[0].isalpha() or name[0] == "_"):
            name = f"_{name}"
        count = self._count[name] = self._count.get(name, 0) + 1
        return name if count == 1 else self.fresh(f"{name}.{count}")
