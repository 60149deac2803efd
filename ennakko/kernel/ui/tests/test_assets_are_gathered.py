# SPDX-License-Identifier: EUPL-1.2
"""The assets come whole from node_modules, and a missing package is named."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from ennakko.kernel.ui.assets import AssetsMissing, gather, without_source_map

PACKAGES = Path(settings.ROOT) / "node_modules"


def test_everything_the_base_template_asks_for_is_gathered(tmp_path: Path) -> None:
    names = {str(path.relative_to(tmp_path)) for path in gather(packages=PACKAGES, into=tmp_path)}
    assert {"hds/hds.css", "htmx/htmx.min.js", "fonts/hanken-grotesk-latin.woff2"} <= names


def test_no_file_points_to_a_map_that_is_not_published(tmp_path: Path) -> None:
    for path in gather(packages=PACKAGES, into=tmp_path):
        if path.suffix in (".css", ".js"):
            assert "sourceMappingURL" not in path.read_text("utf-8")
    assert without_source_map("a{}\n/*# sourceMappingURL=a.css.map */") == "a{}\n"


def test_a_missing_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match="npm ci"):
        gather(packages=tmp_path, into=tmp_path / "out")


def test_our_own_style_sheets_use_tokens_and_no_file_from_elsewhere() -> None:
    for name in ("ui/ennakko.css", "ui/parts.css"):
        found = finders.find(name)
        assert isinstance(found, str)
        style = Path(found).read_text("utf-8")
        assert "http" not in style.replace("http://www.w3.org/2000/svg", "")
        light = style.split("@media (prefers-color-scheme: dark)")[0]
        assert "#" not in "".join(line for line in light.splitlines() if ":" in line and "url(" not in line)
