"""The one place where errors become words on stderr and an exit code, for every command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import typer
from click import Choice, IntRange, NoSuchCommand, NoSuchOption, UsageError

from workshop_builder.errors import (
    OutputError,
    Problem,
    RequestError,
    WorkshopError,
    did_you_mean,
    did_you_mean_option,
    refused_by_system,
)
from workshop_builder.workers import end_when_told

_WRONG, _MISUSED, _STOPPED = 1, 2, 130

_OPTIONS = {
    "only": "--only",
    "editions": "--edition",
    "papers": "--paper",
    "jobs": "--jobs",
    "pose": "--from",
    "printer": "--printer",
    "cluster": "--cluster",
}
"""The option for each argument of a function."""


def run(app: typer.Typer) -> int:
    """Run the command with the arguments of this process and return its exit code.

    What a user can cause is told in words; anything else keeps its traceback.
    """
    end_when_told()
    try:
        code = app(prog_name="workshop", standalone_mode=False) or 0
        if sys.stdout:
            sys.stdout.flush()
    except UsageError as error:
        _in_our_words(error).show()
        return _MISUSED
    except WorkshopError as error:
        _tell(*(str(_for_the_command(error, problem)) for problem in error.problems))
        return _MISUSED if isinstance(error, RequestError) else _WRONG
    except BrokenPipeError:  # whoever read our output has gone: no error to speak of
        _drop_output()
        return _WRONG
    except OSError as error:
        line = _of_the_system(error)
        if not line:
            raise
        _drop_output()  # it may be what cannot be written
        _tell(line)
        return _WRONG
    return code


def _tell(*lines: str) -> None:
    """Write lines to stderr, as far as anything can be written there."""
    with suppress(OSError):
        for line in lines:
            typer.echo(line, err=True)


def _drop_output() -> None:
    """Let what has still to be written to stdout go nowhere."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _of_the_system(error: OSError) -> str:
    """Return the line for an error of the system that may come at any step; empty for others."""
    if "--install-completion" in sys.argv:
        remedy = "'workshop --show-completion' prints what belongs there"
        return f"{error.filename}: cannot be written ({error.strerror}); {remedy}"
    text = refused_by_system(error)
    return str(Problem(error.filename or "workshop", 0, text)) if text else ""


def _in_our_words(error: UsageError) -> UsageError:
    """Return the error, if it is an unknown name, with the name that may have been meant."""
    if error.ctx is None:
        return error
    command = error.ctx.command
    if isinstance(error, NoSuchOption):
        options = [name for each in command.get_params(error.ctx) for name in each.opts]
        hint = did_you_mean_option(error.option_name, options)
        return UsageError(f"there is no option '{error.option_name}'{hint}", error.ctx)
    if isinstance(error, NoSuchCommand) and isinstance(command, typer.core.TyperGroup):
        hint = did_you_mean(error.command_name, command.list_commands(error.ctx))
        return UsageError(f"there is no command '{error.command_name}'{hint}", error.ctx)
    return error


def _for_the_command(error: WorkshopError, problem: Problem) -> Problem:
    """Return a problem with the option in place of the argument that Python knows."""
    if isinstance(error, RequestError):
        return replace(problem, path=_OPTIONS.get(problem.path, problem.path))
    if isinstance(error, OutputError):
        return replace(problem, text=f"{problem.text} with -o")
    return problem


@contextmanager
def saying_when_stopped(words: str) -> Iterator[None]:
    """Say how things stand if Ctrl-C ends the work, and end with the exit code for it."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"stopped; {words}", err=True)
        raise typer.Exit(_STOPPED) from None


class OneOf(Choice[str]):
    """One of a few names; the message about any other says which one may have been meant."""

    def get_invalid_choice_message(self, value: object, ctx: object) -> str:  # noqa: ARG002  click passes it
        """Return the message about an unknown name."""
        hint = did_you_mean(str(value), self.choices) or f"; there are {', '.join(self.choices)}"
        return f"there is no '{value}'{hint}"


class Number(IntRange):
    """A whole number in a range, named so that click's messages read well."""

    name = "number"
