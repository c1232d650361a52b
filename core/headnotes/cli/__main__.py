"""Run the program as `python -m headnotes.cli`."""

from headnotes.cli import main

main()
