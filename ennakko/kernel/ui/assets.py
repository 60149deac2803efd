# SPDX-License-Identifier: EUPL-1.2
"""Front-end assets: what the pages need of the npm packages is gathered into one folder, nothing of it is committed.

`package.json` names the packages. The design system's style sheets become one file, so that a page asks for one.
"""

import re
import shutil
from pathlib import Path

COMPONENTS: tuple[str, ...] = (
    "breadcrumb",
    "button",
    "card",
    "checkbox",
    "container",
    "fieldset",
    "koros",
    "link",
    "notification",
    "pagination",
    "radio-button",
    "selection-group",
    "status-label",
    "table",
    "text-input",
)
ICONS: tuple[str, ...] = (
    "alert-circle-fill", "angle-down", "angle-left", "angle-right", "arrow-right", "bell", "calendar", "check",
    "check-circle-fill", "clock", "company", "cross", "document", "download", "envelope", "error-fill", "eye",
    "graph-columns", "group", "info-circle-fill", "key", "location", "lock", "minus", "pen", "phone", "printer",
    "question-circle", "scroll", "search", "shield", "signin", "signout", "sort", "sort-ascending", "sort-descending",
    "speechbubble-text", "ticket", "user", "youth",
)  # fmt: skip
FONTS: tuple[str, ...] = ("latin", "latin-ext")

_SOURCE_MAP = re.compile(r"(/\*|//)[#@]\s*sourceMappingURL=[^\n*]*(\*/)?")


class AssetsMissing(FileNotFoundError):
    """A package that the pages need is not in node_modules."""


def without_source_map(text: str) -> str:
    """The text without its reference to a map file, which is not published and would stop collectstatic."""
    return _SOURCE_MAP.sub("", text)


def _read(path: Path) -> str:
    if not path.is_file():
        raise AssetsMissing(f"{path} is missing: run `npm ci` (Node 20) in the project's folder.")
    return without_source_map(path.read_text(encoding="utf-8"))


def gather(*, packages: Path, into: Path) -> list[Path]:
    """The needed files of `packages` (node_modules) written under `into`; returns them. Raises AssetsMissing."""
    hds = packages / "hds-core" / "lib"
    sheets = [_read(hds / "base.min.css")]
    for name in COMPONENTS:
        sheets.append(_read(hds / "components" / name / f"{name}.min.css"))
    for name in ICONS:
        sheets.append(_read(hds / "icons" / f"{name}.min.css"))
    texts = {
        "hds/hds.css": "\n".join(sheets),
        "htmx/htmx.min.js": _read(packages / "htmx.org" / "dist" / "htmx.min.js"),
    }
    copies = {
        f"fonts/hanken-grotesk-{part}.woff2": packages / "@fontsource-variable/hanken-grotesk/files"
        f"/hanken-grotesk-{part}-wght-normal.woff2"
        for part in FONTS
    }
    copies |= {
        "hds/LICENSE": packages / "hds-core" / "LICENSE",
        "htmx/LICENSE": packages / "htmx.org" / "LICENSE",
        "fonts/LICENSE": packages / "@fontsource-variable/hanken-grotesk/LICENSE",
    }
    written = []
    for name, text in texts.items():
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    for name, source in copies.items():
        if not source.is_file():
            raise AssetsMissing(f"{source} is missing: run `npm ci` (Node 20) in the project's folder.")
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        written.append(target)
    return written
