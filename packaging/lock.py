"""Writes the lock files beside this one from pyproject.toml: exact versions and the hash of every published file.

Run by ``make lock`` with the path of a ``uv`` program. The files hold for every platform and every Python we support,
and name no registry: where the packages come from is the affair of the machine that installs them.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by `make lock` from pyproject.toml; not for editing by hand.\n"
LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["--group", "pyproject.toml:dev", "--constraint", "packaging/requirements.txt"],
    "requirements-freeze.txt": ["--group", "pyproject.toml:freeze", "--constraint", "packaging/requirements.txt"],
}


def lock(uv: str, name: str, options: list[str], *, upgrade: bool) -> None:
    """Writes one lock file; versions already in it stay unless ``upgrade`` or pyproject.toml says otherwise."""
    target = ROOT / "packaging" / name
    command = [uv, "pip", "compile", *options, "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
    command += ["--output-file", str(target), *(["--upgrade"] if upgrade else [])]
    subprocess.run(command, cwd=ROOT, check=True)
    text = target.read_text(encoding="utf-8").removeprefix(HEADER)
    if "://" in text:
        raise SystemExit(f"{target} names an address; a lock file must not.")
    target.write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    for name, options in LOCKS.items():
        lock(sys.argv[1], name, options, upgrade="--upgrade" in sys.argv)
