# SPDX-License-Identifier: EUPL-1.2
"""Addresses of static files: with a digest once they have been collected, plain before that."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedAssets(CompressedManifestStaticFilesStorage):
    """The manifest storage that also works before the first collection (tests, the first start)."""

    def stored_name(self, name: str) -> str:
        """The digested name of a file, or the plain one while nothing has been collected."""
        return str(super().stored_name(name)) if self.hashed_files else name
