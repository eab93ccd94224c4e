"""Starts the programs that `measure` times. It runs under `python -I -S` and imports nothing that is not built in.

Linux counts the memory of who starts a program as the program's own, so the one who starts is as small as can be.
"""

import marshal
import posix
import sys
import time


def run(command: tuple[str, ...], environment: dict[str, str]) -> tuple[int, float, float, int]:
    """The exit code of a program, seconds on the clock and of the processor, and the most memory it held, in KiB."""
    nowhere = posix.open("/dev/null", posix.O_RDWR)
    silent = [(posix.POSIX_SPAWN_DUP2, nowhere, stream) for stream in range(3)]
    begin = time.perf_counter()
    pid = posix.posix_spawn(command[0], command, environment, file_actions=silent)
    _, status, usage = posix.wait4(pid, 0)
    wall = time.perf_counter() - begin
    posix.close(nowhere)
    return posix.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main() -> None:
    while True:
        try:
            command, environment = marshal.load(sys.stdin.buffer)
        except EOFError:
            return
        marshal.dump(run(command, environment), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
