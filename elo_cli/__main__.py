"""`python -m elo_cli` is `elo`."""

import gc
import signal
import sys


def script() -> None:
    """The console script: leave the process with elo's exit code.

    Looking for cycles is a sixth of a short verb's time and finds none; long verbs turn it on again. What elo is made
    of is brought in here, so that an interruption while that happens is one too.
    """
    gc.disable()
    try:
        from elo_cli.cli import main

        code = main()
    except KeyboardInterrupt:
        code = 130
    # The answer is out: an interruption while Python tidies up would only change the code.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


if __name__ == "__main__":
    script()
