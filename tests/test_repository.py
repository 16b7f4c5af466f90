"""The repository itself: its top level, its locks, its licences, its versions, and what it asks of the system."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PACKAGING = ROOT / "packaging"
LOCKS = sorted(PACKAGING.glob("requirements*.txt"))
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "db",
    "desktop",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
}
# Written in pieces, so that this file doesn't hold what it looks for.
ADDRESSES = "|".join(["py" + "pi", "files[.]python" + "hosted", "conda[.]" + "anaconda", "registry[.]" + "npmjs"])
REGISTRY = re.compile(rf"https?://[^\s\"')>]*({ADDRESSES})|-{{2}}(extra-)?index-url|-{{2}}find-links", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(home|Users|root|work|mnt)/[a-z]\w+", re.ASCII)
TEXT_SUFFIXES = {
    *(".py", ".toml", ".md", ".txt", ".cfg", ".spec", ".xml", ".desktop", ".po", ".svg", ".json", ".yaml", ".yml"),
    "",
}


def _tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git work tree")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def _pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(name: str) -> dict[str, str]:
    """Package to version of one lock file."""
    text = (PACKAGING / name).read_text(encoding="utf-8")
    return {_canonical(package): version for package, version in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", text)}


@pytest.fixture
def check_system() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_system", PACKAGING / "check_system.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_top_level_is_the_fixed_list():
    assert {path.parts[0] for path in _tracked_files()} <= TOP_LEVEL


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry address", "path of one machine"])
def test_no_tracked_file_names_a(pattern):
    found = []
    for path in _tracked_files():
        if path.suffix in TEXT_SUFFIXES:
            text = (ROOT / path).read_text(encoding="utf-8")
            found += [f"{path}: {match.group()}" for match in pattern.finditer(text)]
    assert not found


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (REGISTRY, "-" + "-index-url x", True),
        (REGISTRY, "https://" + "py" + "pi.org/simple", True),
        (REGISTRY, "https://www.huawei.com/en", False),
        (MACHINE_PATH, "/home/" + "ada/facts", True),
        (MACHINE_PATH, "https://a.example/home/page", False),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern, text, matches):
    assert bool(pattern.search(text)) is matches


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_one_exact_version_and_hashes(lock):
    entries = re.split(r"(?m)^(?=[\w])", re.sub(r"(?m)^#.*\n", "", lock.read_text(encoding="utf-8")))
    entries = [entry for entry in entries if entry.strip()]
    assert entries
    for entry in entries:
        assert re.fullmatch(r"[\w.-]+==[\w.+!]+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", entry), (
            entry
        )


def test_the_locks_hold_what_pyproject_asks_for():
    pyproject = _pyproject()
    groups = pyproject["dependency-groups"]
    wanted = {
        "requirements.txt": pyproject["project"]["dependencies"],
        "requirements-dev.txt": [*groups["dev"], *groups["build"], *pyproject["build-system"]["requires"]],
        "requirements-freeze.txt": groups["freeze"],
    }
    assert {lock.name for lock in LOCKS} == set(wanted)
    from packaging.requirements import Requirement

    for name, requirements in wanted.items():
        locked = _locked(name)
        for requirement in [Requirement(text) for text in requirements if isinstance(text, str)]:
            assert requirement.specifier.contains(locked[_canonical(requirement.name)]), f"{name}: {requirement}"


def test_the_locks_agree_with_each_other():
    runtime = _locked("requirements.txt")
    for other in ("requirements-dev.txt", "requirements-freeze.txt"):
        assert {
            name: version for name, version in _locked(other).items() if runtime.get(name, version) != version
        } == {}


def test_the_version_is_the_newest_of_the_change_log_and_of_the_metainfo():
    version = _pyproject()["project"]["version"]
    changes = re.search(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    (metainfo,) = (PACKAGING / "linux").glob("*.metainfo.xml")
    release = re.search(r'<release version="([^"]+)"', metainfo.read_text(encoding="utf-8"))
    assert changes is not None
    assert release is not None
    assert changes.group(1) == release.group(1) == version


def _licence(package: str) -> str:
    """What an installed package says of its licence, in the newest of the three places it may say so."""
    metadata = distribution(package).metadata
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return metadata.get("License-Expression") or metadata.get("License") or "; ".join(classifiers)


def _gpl_alone(licence: str) -> bool:
    """Whether every alternative of a licence is a GPL (the LGPL and the runtime exception are no such thing)."""
    alternatives = re.split(r"\bOR\b", licence)
    return all(re.search(r"(?<!L)GPL|General Public", text) and "Lesser" not in text for text in alternatives)


@pytest.mark.parametrize("package", sorted(_locked("requirements.txt")))
def test_no_shipped_package_is_under_the_gpl_alone(package):
    try:
        licence = _licence(package)
    except PackageNotFoundError:
        pytest.skip("not installed on this platform")
    assert licence
    assert not _gpl_alone(licence)


@pytest.mark.parametrize(
    ("licence", "alone"),
    [
        ("MIT", False),
        ("GPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("LGPL-3.0-only OR GPL-2.0-only", False),
        ("GPL-2.0-only OR GPL-3.0-only", True),
    ],
)
def test_the_gpl_is_recognised(licence, alone):
    assert _gpl_alone(licence) is alone


def test_the_third_party_list_is_the_runtime_lock():
    text = (PACKAGING / "THIRD_PARTY.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([\w.-]+) \| ([\d.]+) \| \S", text)
    assert dict(rows) == _locked("requirements.txt")


def test_the_database_layer_needs_no_qt():
    code = (
        "import importlib, pkgutil, sys, chipscape_db\n"
        "for module in pkgutil.walk_packages(chipscape_db.__path__, 'chipscape_db.'):\n"
        "    if '.migrations.' not in module.name: importlib.import_module(module.name)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'pyqtgraph')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_packages_say_that_they_are_typed():
    sources = ("desktop/chipscape_desktop", "db/chipscape_db", "resources/chipscape_resources")
    assert [folder for folder in sources if not (ROOT / folder / "py.typed").is_file()] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the libraries are those of Linux")
@pytest.mark.parametrize(
    ("group", "files"),
    [
        ("QT_LIBRARIES", ["QtWidgets.abi3.so", "QtSvg.abi3.so", "QtPrintSupport.abi3.so"]),
        ("QT_LIBRARIES", [f"Qt/lib/libQt6{part}.so.6" for part in ("Core", "Gui", "DBus", "Widgets", "Svg")]),
        ("QT_LIBRARIES", ["Qt/plugins/platforms/libqoffscreen.so"]),
        ("X11_LIBRARIES", ["Qt/plugins/platforms/libqxcb.so", "Qt/lib/libQt6XcbQpa.so.6"]),
        ("WAYLAND_LIBRARIES", ["Qt/plugins/platforms/libqwayland.so", "Qt/lib/libQt6WaylandClient.so.6"]),
    ],
)
def test_the_system_check_knows_every_library_that_qt_asks_for(check_system, group, files):
    import PySide6

    known = {*check_system.QT_LIBRARIES, *getattr(check_system, group)}
    wheels_own = re.compile(r"lib(Qt6|pyside6|shiboken6|icu)")
    c_library = {
        f"lib{name}.so.{number}" for name, number in [("c", 6), ("m", 6), ("gcc_s", 1), ("pthread", 0), ("dl", 2)]
    }
    for file in files:
        # The names stand as strings between zero bytes, as the dynamic section points at them.
        content = (Path(PySide6.__file__).parent / file).read_bytes()
        asked = {name.decode() for name in re.findall(rb"(?<=\0)lib[\w+.-]+?\.so\.\d+(?=\0)", content)}
        asked = {name for name in asked if not wheels_own.match(name)} - c_library
        assert asked - known == set(), file


def test_a_missing_library_is_named_in_one_sentence_with_the_command(check_system):
    missing = ["libxcb-icccm.so.4", "libEGL.so.1"]
    command = check_system.install_command(missing, tool="apt-get")
    assert check_system.sentence(missing, command) == (
        "Chipscape needs libxcb-icccm.so.4, libEGL.so.1: "
        "please run `sudo apt-get install -y libegl1 libxcb-icccm4`, then try again."
    )
    assert check_system.install_command(missing, tool="dnf")[-2:] == ["libglvnd-egl", "xcb-util-wm"]
    unknown = check_system.sentence(missing, check_system.install_command(missing, tool=None))
    assert "package manager" in unknown
    assert "venv module" in check_system.sentence(["venv"], None)


def test_a_display_needs_its_own_libraries_and_one_of_two_is_enough(check_system, monkeypatch):
    assert check_system.displays({}) == []
    assert check_system.displays({"DISPLAY": ":0"}) == [list(check_system.X11_LIBRARIES)]
    both = check_system.displays({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"})
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(check_system, "loads", lambda name: "wayland" not in name)
    assert check_system.find_missing(["libz.so.1"], any_of=both) == []
    monkeypatch.setattr(
        check_system, "loads", lambda name: name not in ("libwayland-cursor.so.0", "libxcb.so.1", "libxcb-shm.so.0")
    )
    assert check_system.find_missing(["libz.so.1"], any_of=both) == ["libwayland-cursor.so.0"]


def test_a_library_that_is_not_there_does_not_load(check_system):
    assert not check_system.loads("libno-such-thing-chipscape.so.9")


@pytest.mark.parametrize(
    ("machine", "glibc", "words"),
    [
        ("x86_64", (2, 36), None),
        ("aarch64", (2, 36), "needs glibc 2.39 or newer on aarch64, and this system has glibc 2.36"),
        ("x86_64", None, "another C library"),
        ("armv7l", (2, 36), "this machine is armv7l"),
    ],
)
def test_an_unsuitable_linux_is_told_in_one_sentence(check_system, machine, glibc, words):
    complaint = check_system.unsuitable(machine, glibc)
    assert complaint is None if words is None else words in complaint


def test_tests_keep_away_from_a_persons_settings():
    from pathlib import Path as AnyPath

    import platformdirs

    assert "chipscape-tests-" in str(AnyPath.home())
    if sys.platform.startswith("linux"):
        assert "chipscape-tests-" in platformdirs.user_config_dir("chipscape")
    assert os.environ["LANGUAGE"] == "en"
