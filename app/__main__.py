"""`python -m app`: the same as the command `cleanslate`."""

from app.cli import main

main()
