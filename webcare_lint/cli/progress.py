"""A progress bar on stderr, for people only, and only when there is much to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(label: str, from_count: int) -> Iterator[Callable[[int], None] | None]:
    """Yields what to call with the number done; the bar appears at ``from_count``. None when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = None

    def tick(done: int) -> None:
        nonlocal bar
        if done < from_count or done % 50:
            return
        if bar is None:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn

            columns = (SpinnerColumn(), TextColumn(label), TextColumn("{task.completed}"))
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.start()
            bar.add_task(label, total=None)
        bar.update(bar.task_ids[0], completed=done)

    try:
        yield tick
    finally:
        if bar is not None:
            bar.stop()
