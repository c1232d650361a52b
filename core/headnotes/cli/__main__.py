"""Let `python -m headnotes.cli` run the program."""

from headnotes.cli import main

main()
