import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

Tables = dict[str, list[list[str]]]

_SMALL = {
    "sources": """
        id,title,publisher,author,url,published_on,kind,language,relays_id,note
        root-two,Second,,,,,press,,,
        s-one,First,Paper,,https://example.org/1,2025-01,press,en,root-two,
    """,
    "organizations": """
        id,name,name_native,kind,country,parent_id,founded_on,website,summary_en,summary_fr
        acme,Acme,顶点,company,CN,,1987,https://example.org,Makes chips.,Fait des puces.
        bolt,Bolt,,foundry,,acme,,,Makes wafers.,Fait des tranches.
    """,
    "chips": """
        id,name,designer_id,family,architecture,foundry_id,announced_on,released_on,status,form_factor,summary_en,summary_fr
        a1,A1,acme,,,bolt,2024-01,2024-02-29,shipping,card,A card.,Une carte.
        b2,B2,acme,,,,,,,,A rack.,Une baie.
    """,
    "models": """
        id,name,developer_id,family,released_on,openness,licence,modality,summary_en,summary_fr
        m1,M1,acme,,2025,open-weights,,text,A model.,Un modèle.
    """,
    "software": """
        id,name,developer_id,layer,released_on,openness,licence,summary_en,summary_fr
        soft,Soft,,compiler,,,,A compiler.,Un compilateur.
    """,
    "policies": """
        id,name,authority_id,announced_on,effective_on,ended_on,status,summary_en,summary_fr
        rule,Rule,acme,2022,2022-10,2023,in-force,A rule.,Une règle.
    """,
    "sectors": """
        id,name_en,name_fr,summary_en,summary_fr
        finance,Finance,Finances,Banks.,Banques.
    """,
    "events": """
        id,title_en,title_fr,kind,starts_on,ends_on,importance,summary_en,summary_fr
        event-x,It happens,Cela arrive,policy,2025-03,2025-04,3,It did.,C'est fait.
    """,
    "event_participants": """
        event_id,entity_id,role
        event-x,acme,actor
    """,
    "relationships": """
        id,subject_id,kind,object_id,starts_on,ends_on,summary_en,summary_fr
        rel-acme-designs-a1,acme,designs,a1,2024,,Acme designs A1.,Acme conçoit A1.
        rel-acme-partners-with-bolt,acme,partners-with,bolt,,,They work together.,Ils travaillent ensemble.
    """,
    "claims": """
        subject_id,metric,value,unit,sparsity,engine,scope,scope_count,direction,bound,period,condition,stance,source_id,locator,note
        a1,compute.fp16,320,TFLOPS,dense,matrix,board,1,,about,,,stated,s-one,p. 1,
        a1,interconnect.bandwidth,392,GB/s,,,,,both,,,,stated,s-one,,
        a1,memory.type,HBM2e,,,,,,,,,,stated,s-one,,
        acme,org.revenue,4.5e+10,USD,,,,,,,2025-01/2025-06,,reported,s-one,,
    """,
    "citations": """
        subject_id,field,source_id,locator
        a1,,s-one,
        a1,released_on,s-one,p. 2
        acme,,s-one,
        b2,,s-one,
        bolt,,s-one,
        event-x,,s-one,
        finance,,s-one,
        m1,,s-one,
        rel-acme-designs-a1,,s-one,
        rel-acme-partners-with-bolt,,s-one,
        rule,,s-one,
        soft,,s-one,
    """,
    "aliases": """
        record_id,alias,language
        a1,Alpha One,en
        acme,Acme Inc.,
    """,
    "seed_claims": """
        n,statement_en,statement_fr,verdict,source_ids,comment_en,comment_fr
        1,Acme leads.,Acme mène.,supported,s-one;root-two,So it is.,C'est ainsi.
        10,Bolt leads.,Bolt mène.,contested,s-one,Perhaps.,Peut-être.
    """,
}


@pytest.fixture
def small() -> Tables:
    """A few facts of every kind that meet the contract, header first."""
    return {name: list(csv.reader(text.strip().replace(" " * 8, "").split("\n"))) for name, text in _SMALL.items()}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Tables], Path]:
    """A function that writes tables to a folder, each file's rows as they are."""

    def _write(tables: Tables, folder: Path = tmp_path / "facts") -> Path:
        folder.mkdir(exist_ok=True)
        for name, rows in tables.items():
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\n").writerows(rows)
            (folder / f"{name}.csv").write_bytes(out.getvalue().encode())
        return folder

    return _write


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base without facts; copy it."""
    from chipscape_db.base_file import create_base

    path = tmp_path_factory.mktemp("empty") / "empty.chipscape"
    create_base(path, starter=False)
    return path


@pytest.fixture
def new_engine(empty_base: Path, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """A function that opens a fresh empty base."""
    from chipscape_db.engine import open_engine

    engines: list[Engine] = []

    def _new() -> Engine:
        path = tmp_path / f"base{len(engines)}.chipscape"
        path.write_bytes(empty_base.read_bytes())
        engines.append(open_engine(path))
        return engines[-1]

    yield _new
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    """A fresh empty base."""
    return new_engine()
