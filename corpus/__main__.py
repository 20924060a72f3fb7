"""`python -m corpus`: check every file; exit 1 with all faults, or print the counts."""

import sys

from corpus.load import CorpusError, load


def main() -> int:
    try:
        corpus = load()
    except CorpusError as error:
        print(*error.faults, sep="\n")
        print(f"{len(error.faults)} faults")
        return 1
    print(
        f"{len(corpus.provisions)} provision texts ({len(corpus.provision_ids)} ids), {len(corpus.positions)} positions, "
        f"{len(corpus.notes)} notes, {len(corpus.terms)} terms: no fault"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
