"""Child processes that live and die with us: watched, stopped in order, signalled by the kernel when we are killed.

Imports neither Django nor Celery: it runs before there are settings. Linux only (``prctl``, ``sigtimedwait``).
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypedDict

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
READY_SECONDS = 60
PATIENT = 10  # steps of the scheduler's
STOP_SECONDS = 20
# What asks us to stop; under nohup a hang-up does not.
HELD = {signal.SIGINT, signal.SIGTERM} | ({signal.SIGHUP} if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN else set())


class StackError(Exception):
    """Something the operator must know; the message says what and what to do."""


class Interrupted(KeyboardInterrupt):
    """A signal asked us to stop."""


class RunAs(TypedDict, total=False):
    """Whom a child runs as; empty means: as we do."""

    user: int
    group: int
    extra_groups: list[int]


@contextlib.contextmanager
def signals_held() -> Generator[None]:
    """Signals wait for ``pause``, so that none tears a step in half: there are no handlers and no surprises."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HELD)
    try:
        yield
    finally:
        while signal.sigtimedwait(HELD, 0):  # a second Ctrl-C while we were stopping
            pass
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def pause(seconds: float = 0.05) -> None:
    """Sleep, or raise ``Interrupted`` as soon as a signal arrives."""
    if signal.sigtimedwait(HELD, seconds):
        raise Interrupted


def pages_first() -> None:
    """What this process works at may take longer; whoever waits for a page beside it should not notice."""
    os.nice(PATIENT)


def end_with(parent: int, death_signal: signal.Signals) -> None:
    """Ask the kernel to signal this process when its parent dies, however it dies."""
    LIBC.prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:  # it died before the kernel knew whom to tell
        os.kill(os.getpid(), death_signal)


def bound_to(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec. Python runs it after setuid, which would clear the death signal."""

    def bind() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        for ignored in (signal.SIGINT, signal.SIGQUIT):  # as a shell leaves them for what it runs in the background
            signal.signal(ignored, signal.SIG_DFL)
        end_with(parent, death_signal)

    return bind


@dataclass(frozen=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals

    def stop(self) -> None:
        """Ask; after ``STOP_SECONDS`` insist, with everything in the child's process group."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            if os.getpgid(self.process.pid) == self.process.pid:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()


@dataclass
class Family:
    """Our children in the order they were started; stopped in the reverse order."""

    children: list[Child] = field(default_factory=list)

    def spawn(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        stop: signal.Signals = signal.SIGTERM,
        orphaned: signal.Signals | None = None,
        log: IO[bytes] | None = None,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        run_as: RunAs | None = None,
        pass_fds: Sequence[int] = (),
    ) -> Child:
        """Start a lasting child in its own session, so that Ctrl-C reaches only us; ``orphaned`` is what it gets if we die."""
        with log or contextlib.nullcontext():
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=env,
                cwd=cwd,
                start_new_session=True,
                preexec_fn=bound_to(os.getpid(), orphaned or stop),
                pass_fds=pass_fds,
                **(run_as or {}),
            )
        child = Child(name, process, stop)
        self.children.append(child)
        return child

    def complete(self, command: Sequence[str | Path], *, env: dict[str, str]) -> int:
        """Run a step to its end, at our terminal, while the others are watched; its exit status."""
        child = Child("step", _foreground(command, env), signal.SIGTERM)
        try:
            self.until(lambda: child.process.poll() is not None)
        finally:
            child.stop()
        return child.process.returncode

    def follow(self, command: Sequence[str | Path], *, env: dict[str, str]) -> int:
        """Run the operator's program at our terminal; signals are passed on, not obeyed; its exit status as a shell gives it."""
        child = Child(str(command[0]), _foreground(command, env), signal.SIGTERM)
        try:
            while child.process.poll() is None:
                received = signal.sigtimedwait(HELD, 0.05)
                if received and received.si_pid:  # the terminal's own Ctrl-C (sent by no process) has reached it already
                    child.process.send_signal(received.si_signo)
                self.check()
        finally:
            child.stop()
        code = child.process.returncode
        return code if code >= 0 else 128 - code

    def until(self, done: Callable[[], bool], *, seconds: float | None = None) -> bool:
        """Wait for something; False when it did not come in time."""
        deadline = time.monotonic() + seconds if seconds else None
        while not done():
            self.check()
            if deadline and time.monotonic() > deadline:
                return False
            pause()
        return True

    def check(self) -> None:
        """Raise when a child that should be running is not."""
        for child in self.children:
            if (code := child.process.poll()) is not None:
                raise StackError(f"Tiến trình {child.name} đã dừng bất ngờ (mã {code}). Xem nhật ký {child.name}.log.")

    def stop(self) -> None:
        while self.children:
            self.children.pop().stop()


def _foreground(command: Sequence[str | Path], env: dict[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            env=env,
            preexec_fn=bound_to(os.getpid(), signal.SIGTERM),
        )
    except OSError as error:
        raise StackError(f"Không chạy được {command[0]}: {error.strerror}.") from error
