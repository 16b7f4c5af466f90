"""The capsule comes back out of every format that carries one."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.errors import FileFault, Invalid
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.filters import Filters
from chipscape_desktop.benchmarks.sampler import CAPSULE, figure
from chipscape_desktop.export.capsules import READABLE, content_of, read_capsule
from chipscape_desktop.export.formats import FORMATS, export_drawing
from chipscape_desktop.export.jobs import ExportJob, export_figure
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.catalog import Request, View

REMARK = Annotation("line-across", ((0.0, 2.5),), "caf\u00e9 & \u6607\u817e")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", READABLE)
def test_the_same_figure_can_be_asked_for_again(suffix: str, starter: Path, tmp_path: Path) -> None:
    shown = catalog.figure("ranking")
    request = Request(Filters(countries=frozenset({"CN"})), "en", {"metric": "memory.bandwidth"})
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        spec = shown.build(shown.read(session, request), request)
    base.close()
    view = View((0.0, 1234.5678901), (-12.0, 0.0))
    job = ExportJob(
        "ranking", request, (900.0, 600.0), "print", "facts", "base", "change", view, (REMARK,), title="Mine"
    )
    export_figure(job, spec, tmp_path / f"figure{suffix}")
    capsule = read_capsule(tmp_path / f"figure{suffix}")
    assert (capsule.base_id, capsule.changeset) == ("base", "change")
    assert content_of(capsule) == FigureContent(
        "ranking", {"metric": "memory.bandwidth"}, request.filters, (0.0, 1234.5678901, -12.0, 0.0), "Mine", (REMARK,)
    )


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", FORMATS)
def test_many_sources_and_other_scripts_do_no_harm(suffix: str, tmp_path: Path) -> None:
    export_drawing(*figure(sources=300), CAPSULE, tmp_path / f"figure{suffix}")
    assert len(read_capsule(tmp_path / f"figure{suffix}").sources) == 300


def test_a_capsule_of_an_older_version_tells_what_its_options_say() -> None:
    old = Capsule("ranking", (("metric", "memory.bandwidth"), ("size", "900x600"), ("theme", "print")))
    assert content_of(old) == FigureContent("ranking", {"metric": "memory.bandwidth"})


def test_other_files_are_refused_in_words(tmp_path: Path) -> None:
    for name, content in (
        ("a.svg", b"<svg/>"),
        ("a.png", b"\x89PNG\r\n\x1a\nxx"),
        ("a.pdf", b"%PDF-1.6"),
        ("a.pptx", b"PK"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Invalid, match="no figure that Chipscape exported"):
            read_capsule(tmp_path / name)
    with pytest.raises(FileFault, match="cannot be read"):
        read_capsule(tmp_path / "gone.svg")
