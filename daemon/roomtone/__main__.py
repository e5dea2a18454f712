"""`python -m roomtone` is the command line."""

from roomtone.app.cli import main

raise SystemExit(main())
