"""`python -m safepassage`: the same command, for where the script is not on the path."""

from safepassage.cli import main

if __name__ == "__main__":
    main()
