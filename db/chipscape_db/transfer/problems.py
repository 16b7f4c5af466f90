"""What is wrong with facts in files: each problem one sentence with its file, row and column, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chipscape_db.errors import N_, FactsError

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one file.

    `row` is the line of the file on which the row begins (the header is 1, 0 is the file as a whole), `column` the
    column's name, or empty for the row as a whole. `template` is the English sentence with `{named}` fields that
    `params` fills.
    """

    file: str
    row: int
    column: str
    template: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English, behind where the fault is."""
        place = f"{self.file}:{self.row}" if self.row else self.file
        where = ": ".join(part for part in (place, self.column) if part)
        sentence = self.template.format(**{name: _short(value) for name, value in self.params.items()})
        return f"{where}: {sentence}" if where else sentence


@dataclass(slots=True)
class Problems:
    """Gathers problems: keeps the first hundred and counts them all, so that a hostile file cannot fill the memory."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        """Take one more problem."""
        self.count += 1
        if len(self.kept) < MOST_LISTED:
            self.kept.append(problem)

    def listed(self, file_order: Sequence[str] = ()) -> list[Problem]:
        """Return the kept problems by file (in *file_order*) and row, and where there are more, how many."""
        place = {file: number for number, file in enumerate(file_order)}
        out = sorted(self.kept, key=lambda problem: (place.get(problem.file, len(place)), problem.row))
        if self.count > len(out):
            template = N_("{count} more problems are not listed; mend these first and check again.")
            out.append(Problem("", 0, "", template, {"count": self.count - len(out)}))
        return out


class BadFacts(FactsError):
    """Facts in files break the contract, so nothing was loaded; `problems` lists what and where."""

    def __init__(self, where: str, problems: list[Problem]) -> None:
        """Keep the problems found in the folder or file named *where*."""
        super().__init__(
            N_("Nothing was loaded from {where}, because it has problems. The first: {problem}"),
            where=where,
            problem=str(problems[0]),
        )
        self.problems = problems


def _short(value: object) -> object:
    """Return what a sentence shows of a value: long text is cut, and what cannot be seen is spelled out."""
    if not isinstance(value, str):
        return value
    shown = value if len(value) <= 80 else value[:77] + "..."
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in shown)
