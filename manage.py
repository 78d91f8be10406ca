#!/usr/bin/env python
"""Django's command-line door."""

import os
import sys

from kontum_tthc.command_line import run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontum_tthc.settings")
    run(sys.argv)
