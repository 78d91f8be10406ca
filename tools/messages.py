"""Messages: ``python -m tools.messages compile``, ``… check`` and ``… update``.

Our own strings are Vietnamese msgids and need no Vietnamese catalogue. ``locale/vi`` holds what packages leave in English and
a screen can show, ``locale/en`` our own strings in English (tools/english.py). Compile turns them into .mo without system
gettext, check proves that nothing is missing and nothing of ours is English, update adds new strings to ``locale/en``.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from tools import english
from tools.extraction import Found, bare_texts, strings
from tools.vietnamese import foreign_words, has_marks

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locale"
LOCALE = LOCALES / "vi" / "LC_MESSAGES"
ENGLISH = LOCALES / "en" / "LC_MESSAGES" / "django.po"
ROOMS = (
    "accounts",
    "agencies",
    "demo",
    "directives",
    "dossiers",
    "exchange",
    "journal",
    "kontum_tthc",
    "accountability",
    "deliveries",
    "drafting",
    "notices",
    "reports",
    "ui",
    "worktime",
)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Files of an installed package whose strings can reach a screen of ours."""

    package: str
    patterns: tuple[str, ...]
    domain: str = "django"
    without: tuple[str, ...] = ()


# Left out on purpose: Django's list of languages, debug and welcome pages, CSRF page (ours), generic date and static views;
# allauth's templates (every page mounted in accounts/urls.py has ours), its social and multi-factor parts (not installed);
# django-tables2's templates (ours) and django-filter's REST forms.
PARTS = (
    Part("django", ("core/**/*.py", "db/models/**/*.py", "forms/**/*.py", "utils/**/*.py", "contrib/messages/*.py")),
    Part(
        "django.contrib.admin", ("**/*.py", "templates/**/*.html"), without=("templates/registration/password_reset_email.html",)
    ),
    Part("django.contrib.admin", ("static/admin/js/*.js", "static/admin/js/admin/*.js"), domain="djangojs"),
    Part("django.contrib.auth", ("**/*.py",)),
    Part("django.contrib.contenttypes", ("*.py",)),
    Part("django.contrib.sessions", ("*.py",)),
    Part("allauth.account", ("**/*.py",)),
    Part("allauth", ("core/**/*.py", "utils.py")),
    Part("django_filters", ("*.py",)),
    Part("django_tables2", ("**/*.py",)),
)
# gettext(change["added"]["name"]) in admin/models.py: keys of a dictionary, not messages.
NOT_MESSAGES = {"addedname", "changedname", "deletedname"}
# Whose Vietnamese catalogues Django merges with ours.
CATALOGUES = ("django.conf", *{part.package: None for part in PARTS})


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_all()
            return 0
        case ["check"]:
            own = own_strings()
            problems = [*untranslated(), *foreign(own), *unmarked(), *english.problems(english.read(ENGLISH), own)]
            print("\n".join(problems) or "messages: all Vietnamese, all in English too")  # noqa: T201  # a command's answer
            return 1 if problems else 0
        case ["update"]:
            english.write(ENGLISH, english.updated(english.read(ENGLISH), own_strings()))
            return 0
    print("usage: python -m tools.messages compile|check|update", file=sys.stderr)  # noqa: T201
    return 2


def compile_all() -> None:
    """Write the .mo beside each .po that is newer."""
    for file in LOCALES.glob("*/LC_MESSAGES/*.po"):
        compiled = file.with_suffix(".mo")
        if not compiled.is_file() or compiled.stat().st_mtime < file.stat().st_mtime:
            with compiled.open("wb") as target:
                write_mo(target, catalogue(file))


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parent.parent.name, abort_invalid=True)


def untranslated() -> Iterator[str]:
    """Package strings that would show in English."""
    for domain in ("django", "djangojs"):
        known = translated(domain)
        wanted = (found for part in PARTS if part.domain == domain for found in part_strings(part))
        missing = {found.key: found for found in wanted if found.key not in known and found.text not in NOT_MESSAGES}
        for found in sorted(missing.values()):
            yield f"{found.file}:{found.line}: no Vietnamese for {found.text!r}" + (
                f" ({found.context})" if found.context else ""
            )


@cache
def part_strings(part: Part) -> tuple[Found, ...]:
    folder = package_folder(part.package)
    files = {file for pattern in part.patterns for file in folder.glob(pattern)} - {folder / name for name in part.without}
    return tuple(strings(sorted(files), folder.parent))


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(f"Python package {name} is missing; install requirements/dev.txt")
    return Path(spec.origin).parent


def translated(domain: str) -> set[Key]:
    """What has Vietnamese, in the packages' compiled catalogues or in our source."""
    ours = LOCALE / f"{domain}.po"
    known = keys(catalogue(ours)) if ours.is_file() else set()
    for package in CATALOGUES:
        file = package_folder(package) / "locale" / "vi" / "LC_MESSAGES" / f"{domain}.mo"
        if file.is_file():
            with file.open("rb") as source:
                known |= keys(read_mo(source))
    return known


def keys(messages: Catalog) -> set[Key]:
    complete = (message for message in messages if message.id and message.string and not message.fuzzy)
    return {(context(message), message.id if isinstance(message.id, str) else message.id[0]) for message in complete}


def context(message: Message) -> str:
    """Babel reads contexts from .mo as bytes, from .po as text."""
    return message.context.decode() if isinstance(message.context, bytes) else message.context or ""


def foreign(own: Iterable[Found]) -> Iterator[str]:
    """Our own strings that are not Vietnamese; a Vietnamese sentence may quote a code word."""
    for found in own:
        words = foreign_words(found.text)
        if words and not has_marks(found.text):
            yield f"{found.file}:{found.line}: not Vietnamese ({', '.join(words)}): {found.text!r}"


def unmarked() -> Iterator[str]:
    """Vietnamese in templates that gettext does not see."""
    templates = (file for file in own_files() if file.suffix == ".html")
    for found in bare_texts(templates, ROOT):
        yield f"{found.file}:{found.line}: not marked for translation: {found.text!r}"


def own_strings() -> list[Found]:
    return list(strings(own_files(), ROOT))


def own_files() -> Iterable[Path]:
    code = (file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts)
    return sorted([*code, *(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
