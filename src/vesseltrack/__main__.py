"""``python -m vesseltrack``."""

from __future__ import annotations

import sys

from vesseltrack.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
