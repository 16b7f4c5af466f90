import csv
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from chipscape_db.base_file import open_base

HEADER = (
    "Hardware name", "Manufacturer", "Type", "Release date", "Release price (USD)",
    "FP64 (double precision) performance (FLOP/s)", "FP32 (single precision) performance (FLOP/s)",
    "FP16 (half precision) performance (FLOP/s)", "TF32 (TensorFloat-32) performance (FLOP/s)",
    "Tensor-FP16/BF16 performance (FLOP/s)", "INT16 performance (OP/s)", "INT8 performance (OP/s)",
    "INT4 performance (OP/s)", "FP8 performance (FLOP/s)", "Memory size per board (Byte)",
    "Memory bandwidth (byte/s)", "Memory type", "Memory bus (bit)", "Intranode bandwidth (Byte/s)",
    "Internode bandwidth (bit/s)", "Die Size (mm^2)", "Process size (nm)", "Transistors (millions)",
    "Base clock (MHz)", "Boost clock (MHz)", "Memory clock (MHz)", "TDP (W)", "Max performance",
    "Energy efficiency (FLOP/s/W)", "Price-performance (FLOP/s/$)", "Foundry", "Architecture", "Form factor",
    "Link to datasheet", "Source for the price", "ML models", "Number of training runs", "Notes", "Last modified",
    "Row created by",
)  # fmt: skip
KNOWN = ("NVIDIA A100 SXM4 80 GB", "NVIDIA H100 SXM5 80GB", "Ascend 910B", "Google TPU v4", "AMD Instinct MI300X")
_MAKERS = ("NVIDIA", "AMD", "Google", "Huawei", "Intel", "Cambricon")


def rows(count: int = 200, seed: int = 7) -> list[list[str]]:
    """Return rows of invented accelerators, some of them named as chips that the starter facts hold."""
    chance = random.Random(seed)
    out = []
    for number in range(count):
        name = KNOWN[number] if number < len(KNOWN) else f"Test Accelerator X{number:03}"
        flops = chance.choice((1.9e13, 1.25e14, 3.12e14, 9.895e14))
        year = chance.randint(2024 if number < len(KNOWN) else 2016, 2025)
        row = dict.fromkeys(HEADER, "")
        row |= {
            "Hardware name": name,
            "Manufacturer": chance.choice(_MAKERS),
            "Type": chance.choice(("GPU", "TPU", "Other")),
            "Release date": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "FP32 (single precision) performance (FLOP/s)": f"{flops / 16:.6E}",
            "FP16 (half precision) performance (FLOP/s)": f"{flops / 4:.0f}",
            "Tensor-FP16/BF16 performance (FLOP/s)": f"{flops:.6E}",
            "Memory size per board (Byte)": str(chance.choice((16, 40, 80, 192)) * 10**9),
            "Memory bandwidth (byte/s)": f"{chance.choice((0.9, 1.555, 2.039, 3.35)) * 1e12:.0f}",
            "Memory type": chance.choice(("HBM2", "HBM2e", "HBM3", "GDDR6")),
            "Memory bus (bit)": "5120",
            "Die Size (mm^2)": str(chance.randint(300, 858)),
            "Process size (nm)": str(chance.choice((4, 5, 7, 12, 16))),
            "Transistors (millions)": str(chance.randint(12_000, 208_000)),
            "TDP (W)": str(chance.choice((250, 300, 400, 700))),
            "Energy efficiency (FLOP/s/W)": f"{flops / 400:.3E}",
            "Foundry": chance.choice(("TSMC", "TSMC", "Samsung", "SMIC", "")),
            "Link to datasheet": f"https://www.example.org/sheets/{number}.pdf\nhttps://example.com/review/{number}?a=1",
            "Last modified": "2025-06-30 12:00:00",
        }
        if number % 3 == 0:
            row["Release price (USD)"] = f"${chance.randint(2, 40)},{chance.randint(0, 999):03}"
            row["Source for the price"] = f"https://shop.example.net/{number} (seen in May)"
        if number % 4 == 0:
            row["Notes"] = f'Row {number}: "boost" figures;\nsee also the second link, §2.\n备注'
        if number % 5 == 0:
            row["INT8 performance (OP/s)"] = f"{2 * flops:.6E}"
        for column in ("Process size (nm)", "Die Size (mm^2)", "Transistors (millions)"):
            if chance.random() < 0.3:
                row[column] = ""
        out.append([row[column] for column in HEADER])
    return out


def as_text(table: list[list[str]], *, separator: str = ",", header: tuple[str, ...] = HEADER) -> str:
    """Return rows as delimited text with their header."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([header, *table])
    return out.getvalue()


@pytest.fixture(scope="session")
def hardware() -> SimpleNamespace:
    """A table of accelerators as they are published: 40 columns, bytes and FLOP/s, notes, several links in a cell."""
    return SimpleNamespace(HEADER=HEADER, rows=rows, as_text=as_text)


@pytest.fixture
def engine(starter_copy: Path) -> Iterator[Engine]:
    """A base with the starter facts, to write to."""
    base = open_base(starter_copy)
    yield base.engine
    base.close()


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a text or bytes to a file and returns its path."""

    def _put(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _put
