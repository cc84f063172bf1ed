#!/usr/bin/env python3
"""Grade a folder of submissions: `grade.py submissions/`. See the README, or `grade.py --help`."""

import sys

if __name__ == "__main__":
    from graders.commands.main import main

    sys.exit(main())
