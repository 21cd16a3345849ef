"""`python -m tracer`, and what the `tracer` script runs."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    try:
        from tracer.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
