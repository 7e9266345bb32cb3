"""Work off the UI thread: one call to start it, the answer comes back as a signal in the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app import log
from desktop_app.errors import KnownError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


def fault_of_ours() -> KnownError:
    """Return the sentence for a fault that nobody foresaw, such as a part of the program that can no longer be read."""
    return KnownError(
        "Wardbook could not do this.",
        "If its folder was moved, replaced or is on a share that has gone, close this window and start Wardbook again.",
    )


class Background(QObject):
    """Runs work in a few threads and hands answers back in the UI thread, in the order they come."""

    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._threads = threads
        self._answered.connect(self._on_answered)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[KnownError], None] | None = None
    ) -> None:
        """Run ``work`` elsewhere and call ``done`` with its value, or ``failed`` with the error.

        An error that nobody foresaw is described on standard error too; ``failed`` gets a sentence in its place.
        """
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # the first work is given when the window stands

            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="wardbook")

        def tell(future: Future[Any]) -> None:
            if not future.cancelled():  # by ``stop``: then nobody waits for it
                self._answered.emit(future, (done, failed))

        self._pool.submit(work).add_done_callback(tell)

    def _on_answered(
        self, future: Future[Any], handlers: tuple[Callable[[Any], None], Callable[[KnownError], None] | None]
    ) -> None:
        done, failed = handlers
        error = future.exception()
        if error is None:
            done(future.result())
            return
        if not isinstance(error, KnownError):
            log.to_standard_error(log.describe(type(error), error, error.__traceback__))
            error = fault_of_ours()
        if failed is not None:
            failed(error)

    def stop(self) -> None:
        """Wait for what runs and take no more."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class InlineBackground(Background):
    """Runs everything at once in the calling thread: for tests."""

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[KnownError], None] | None = None
    ) -> None:
        """Run ``work`` here and now."""
        try:
            value = work()
        except KnownError as error:
            if failed is None:
                raise
            failed(error)
        else:
            done(value)
