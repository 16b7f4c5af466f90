"""The starter facts twice: as the network that is asked, and as dumped files that an independent library reads."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_db.network.graph import Network
from chipscape_db.queries.ecosystem import ecosystem
from chipscape_db.transfer.csv_dump import dump_folder

_FILES = ("organizations", "chips", "models", "software", "policies", "sectors")


@dataclass(frozen=True)
class Dumped:
    """The files of a dump: the slugs of the records, and (subject, kind, object) of the relationships."""

    records: list[str]
    links: list[tuple[str, str, str]]

    def undirected(self) -> Any:
        import rustworkx

        graph = rustworkx.PyGraph(multigraph=False)
        number = dict(zip(self.records, graph.add_nodes_from(self.records), strict=True))
        graph.add_edges_from_no_data([(number[a], number[b]) for a, _kind, b in self.links])
        return graph


@pytest.fixture(scope="session")
def network(starter: Path) -> Network:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        rows = ecosystem(session, Filters(), language="en")
    base.close()
    return Network.of(rows)


@pytest.fixture(scope="session")
def dumped(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Dumped:
    folder = tmp_path_factory.mktemp("dump")
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        dump_folder(session, folder)
    base.close()

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    records = [row["id"] for name in _FILES for row in rows(name)]
    known = set(records)
    links = [(row["subject_id"], row["kind"], row["object_id"]) for row in rows("relationships")]
    return Dumped(records, [link for link in links if link[0] in known and link[2] in known])
