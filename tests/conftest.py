"""What holds for every test."""

import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.tools", "tests.running"]

# A run in CI is the same twice, and a slow machine is no failure; at a desk each run tries other examples.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# What whoever runs the tests has set must not reach them, nor the processes that they start: a language, a day, a data
# folder, a repository (git sets GIT_DIR in its hooks), colours, a width.
for name in [name for name in os.environ if name.startswith(("ELO_", "GIT_"))]:
    del os.environ[name]
for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "PAGER"):
    os.environ.pop(name, None)
# What elo remembers between runs: not that of whoever runs the tests. One folder for a process and what it starts.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="elo-state-")


def pytest_unconfigure() -> None:
    """Take that folder away."""
    shutil.rmtree(os.environ["XDG_STATE_HOME"], ignore_errors=True)


# git has no name to commit under on a machine of CI, and a signing key or a hook of ours has no place in a test.
os.environ |= {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
}
