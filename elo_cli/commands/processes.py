"""Work in parts, shared out over the processors of this computer.

A process that is forked has everything that was read and computed, so only what it answers passes between two. The
parts to do stand in a pipe, from which each process takes the next. A part that a process began and did not end, since
it failed, was killed or ran out of memory, is done here, where an error is told as always.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_T = TypeVar("_T")

_MOST: Final = 8
"""Processes: each may come to hold the whole tracker, and what one does alone sets a limit to what more would gain."""
_NUMBER: Final = 2
"""Bytes of a part's number; so few are taken from a pipe as a whole."""
_PARTS: Final = 4096 // _NUMBER
"""As many numbers as the smallest pipe holds."""


def processors() -> int:
    """How many processes can work here at once by a fork: one where the system or another thread stands against it."""
    # On macOS what the system's libraries began before a fork may not be used after it.
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


def shared_out(
    parts: Sequence[Callable[[], _T]], processes: int, own: Collection[int] = ()
) -> Iterator[tuple[int, _T]]:
    """Do all parts, some in other processes, and give the answer of each with its number, as they come.

    The parts in `own` are done in this process, before others. What the parts answer has to be picklable.
    """
    left = [number for number in range(len(parts)) if number not in own]
    if processes < 2 or len(left) < 2 or len(left) > _PARTS:  # noqa: PLR2004 - nothing to share
        yield from ((number, part()) for number, part in enumerate(parts))
        return
    queue = _queue(left)
    done: set[int] = set()
    with _helpers(parts, queue, min(processes, len(left)) - 1) as helpers:
        for number in chain(own, iter(lambda: _next(queue), None)):
            yield number, parts[number]()
            done.add(number)
            for other, answer in _received(helpers, wait=False):
                yield other, answer
                done.add(other)
        for other, answer in _received(helpers, wait=True):
            yield other, answer
            done.add(other)
    yield from ((number, parts[number]()) for number in left if number not in done)


def _queue(numbers: Sequence[int]) -> int:
    """A pipe that holds the numbers, and ends with them."""
    queue, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(_NUMBER) for number in numbers))
    os.close(writing)
    return queue


def _next(queue: int) -> int | None:
    number = os.read(queue, _NUMBER)
    return int.from_bytes(number) if number else None


@contextmanager
def _helpers(parts: Sequence[Callable[[], _T]], queue: int, number: int) -> "Iterator[list[Connection]]":
    """So many processes that take parts; the ends at which they are heard. None is left when the block ends."""
    from multiprocessing import get_context

    fork = get_context("fork")
    pipes = [fork.Pipe(duplex=False) for _ in range(number)]
    # What stands is not looked through for garbage in each process, which would copy it there.
    gc.freeze()
    helpers = [
        fork.Process(target=_help, args=(parts, queue, telling, os.getpid()), daemon=True) for _, telling in pipes
    ]
    try:
        for helper, (_, telling) in zip(helpers, pipes, strict=True):
            # Where no process can be begun, the others do its parts.
            with suppress(OSError):
                helper.start()
            telling.close()
        yield [hearing for hearing, _ in pipes]
    finally:
        for helper in helpers:
            if helper.pid is not None:
                helper.terminate()
                helper.join()
        for hearing, _ in pipes:
            hearing.close()
        os.close(queue)
        gc.unfreeze()


def _help(parts: Sequence[Callable[[], object]], queue: int, telling: "Connection", parent: int) -> None:
    """Do parts until none is left, or until nobody waits for them any longer."""
    # Ctrl-C reaches every process, and the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever goes wrong goes wrong once more in the process that can say it.
    with suppress(BaseException):
        while os.getppid() == parent and (number := _next(queue)) is not None:
            telling.send((number, parts[number]()))


def _received(helpers: "Sequence[Connection]", *, wait: bool) -> Iterator[tuple[int, Any]]:
    """What the other processes have answered by now, or all that they will."""
    for hearing in helpers:
        # One that has ended is at the end of its pipe; one that was killed may be so within an answer.
        with suppress(EOFError, OSError):
            while wait or hearing.poll():
                yield hearing.recv()
