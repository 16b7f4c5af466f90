"""The world's faults, each one sentence that says what is wrong, where, and how to mend it; anything else is a bug.

Sentences are templates with named fields so that the desktop can show them in another language: it translates
`template` and fills in `params`.
"""


def N_(text: str) -> str:
    """Mark *text* for translation and return it unchanged."""
    return text


def P_(sense: str, text: str) -> str:
    """Mark *text* for translation in one sense of several, and return both as a catalogue keeps them.

    For words that other languages say differently by what they are about: `P_("events", "None")`. Only the desktop's
    `_` shows such a text.
    """
    return f"{sense}\x04{text}"


class FieldNames(str):
    """Names of fields or tables as stored, separated by commas; the desktop shows what they are called."""

    __slots__ = ()


class FactsError(Exception):
    """A fault of the world, fit to be shown to a person.

    `template` is the English sentence with `{named}` fields, `params` fills them, `field` names the form field or
    column at fault where there is one.
    """

    def __init__(self, template: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(template)
        self.template = template
        self.field = field
        self.params = params

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**self.params)


class NotFound(FactsError):
    """What was asked for is not in the fact base."""


class Conflict(FactsError):
    """A later change stands in the way."""


class Reviewed(FactsError):
    """A record that somebody has marked as reviewed would change; ask, then let the change through."""


class StillReferenced(FactsError):
    """Something else still points at what should go."""


class Invalid(FactsError):
    """A value breaks a rule; `field` names where."""


class FileFault(FactsError):
    """A file cannot be read or written as asked."""


class NewerFile(FileFault):
    """The file was written by a newer version of the application."""


class ReadOnly(FileFault):
    """The fact base is open for reading only."""
