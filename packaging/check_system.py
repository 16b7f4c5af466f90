"""Checks, before anything is installed, what pip cannot bring: Python, its venv module and the libraries Qt loads.

Standard library only, and no newer Python than the check needs to say so in words. On Debian and Ubuntu, as root or
with passwordless sudo, what is missing is installed; elsewhere one sentence names the command that installs it.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
OLDEST_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}  # what the wheels of Qt 6.11 were built against

# shared library: (Debian and Ubuntu package, Fedora package); a test compares the names with what the wheel asks for
QT_LIBRARIES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libstdc++.so.6": ("libstdc++6", "libstdc++"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
}
EVERY_LIBRARY = {**QT_LIBRARIES, **X11_LIBRARIES, **WAYLAND_LIBRARIES}


def loads(library):
    """Whether the system's loader finds this shared library and everything it needs in turn."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def displays(environment):
    """The libraries of each kind of display that the environment names; Qt needs those of one of them."""
    named = {"WAYLAND_DISPLAY": WAYLAND_LIBRARIES, "DISPLAY": X11_LIBRARIES}
    return [list(libraries) for variable, libraries in named.items() if environment.get(variable)]


def install_command(missing, *, tool):
    """The command that installs what is missing (libraries, or ``venv``), or None where ``tool`` is unknown."""
    column = {"apt-get": 0, "dnf": 1}.get(tool)
    if column is None:
        return None
    venv = (f"python3.{sys.version_info.minor}-venv", "python3")
    packages = sorted({venv[column] if name == "venv" else EVERY_LIBRARY[name][column] for name in missing})
    return [tool, "install", "-y", *packages]


def sentence(missing, command):
    """One sentence for a person: what is missing and the command that brings it."""
    names = ", ".join("Python's venv module" if name == "venv" else name for name in missing)
    if command is None:
        return f"Chipscape needs {names}: please install them with this system's package manager, then try again."
    return f"Chipscape needs {names}: please run `sudo {' '.join(command)}`, then try again."


def unsuitable(machine, glibc):
    """One sentence where Qt is not published for this Linux, else None; ``glibc`` is None where there is none."""
    oldest = OLDEST_GLIBC.get(machine)
    if oldest is None:
        return f"Chipscape runs on x86_64 and aarch64 Linux, and this machine is {machine}."
    if glibc is None or glibc < oldest:
        here = "another C library" if glibc is None else f"glibc {glibc[0]}.{glibc[1]}"
        return f"Chipscape needs glibc {oldest[0]}.{oldest[1]} or newer on {machine}, and this system has {here}."
    return None


def glibc_version():
    """The version of the C library as (major, minor), or None where it is not glibc."""
    if "CS_GNU_LIBC_VERSION" not in os.confstr_names:
        return None
    _, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "glibc 0.0").partition(" ")
    return tuple(int(part) for part in version.split(".")[:2])


def find_missing(libraries, *, any_of=()):
    """What doesn't load of ``libraries``, and of the group in ``any_of`` that lacks least; ``venv`` for that module."""
    missing = []
    if sys.platform.startswith("linux"):
        missing = [name for name in libraries if not loads(name)]
        groups = [[name for name in group if not loads(name)] for group in any_of]
        missing += min(groups, key=len, default=[])
    importlib.invalidate_caches()  # an installation since the last look would go unseen
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        missing.append("venv")
    return missing


def installer():
    """What to put before ``apt-get`` so that it may install here without a question, or None if it may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    asking = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*asking, "true"], capture_output=True, check=False).returncode == 0:
        return asking
    return None


def install(command, *, prefix):
    """Installs with apt-get, quietly unless it fails; returns whether it succeeded."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for step in (["apt-get", "update"], [*command, "--no-install-recommends"]):
        done = subprocess.run(
            [*prefix, *quiet, *step], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
    return done.returncode == 0


def main(arguments):
    """Returns 0 when everything is there, or has been installed; 1 after saying what is missing."""
    if sys.version_info < OLDEST_PYTHON:
        version = ".".join(str(part) for part in sys.version_info[:3])
        print(f"Chipscape needs Python 3.11 or newer, and {sys.executable} is {version}.", file=sys.stderr)
        return 1
    if sys.platform.startswith("linux"):
        complaint = unsuitable(os.uname().machine, glibc_version())
        if complaint:
            print(complaint, file=sys.stderr)
            return 1
    screen = displays(os.environ) if "--screen" in arguments else []
    missing = find_missing(QT_LIBRARIES, any_of=screen)
    if not missing:
        return 0
    tool = next((tool for tool in ("apt-get", "dnf") if shutil.which(tool)), None)
    prefix = installer()
    if prefix is not None:
        # One visit brings the display's libraries too, so that `make run` on this machine asks for nothing more.
        wanted = sorted({*missing, *find_missing([*QT_LIBRARIES, *X11_LIBRARIES])})
        command = install_command(wanted, tool="apt-get")
        print(f"Installing {', '.join(command[3:])}: Qt and Python need them and they are not on this system.")
        if install(command, prefix=prefix):
            missing = find_missing(QT_LIBRARIES, any_of=screen)
    if missing:
        print(sentence(missing, install_command(missing, tool=tool)), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
