"""`python -m tracer`, and what the `tracer` script runs."""

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    # imports make no garbage in cycles; looking for it takes a tenth of a short command's time
    gc.set_threshold(50_000)
    try:
        from tracer.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
