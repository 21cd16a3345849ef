"""Runs a command and writes what it took, as JSON, on stdout.

A process of its own, and a small one: on Linux the peak memory of a program begins with that of
the process that started it.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the words of the command line; the file named first takes the command's stderr."""
    said, *command = sys.argv[1:]
    errors = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_WRONLY)
    moves = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, errors, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=moves)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(json.dumps([os.waitstatus_to_exitcode(status), wall, usage.ru_utime, peak]))


if __name__ == "__main__":
    main()
