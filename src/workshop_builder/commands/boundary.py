"""The one place where errors become words on stderr and an exit code, for every command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
)

_WRONG, _MISUSED, _STOPPED = 1, 2, 130

_OPTIONS = {"only": "--only", "editions": "--edition", "papers": "--paper", "jobs": "--jobs"}
"""The option for each argument of `build`."""


def run(app: typer.Typer) -> int:
    """Run the command with the arguments of this process and return its exit code.

    What a user can cause is told in words; anything else keeps its traceback.
    """
    try:
        return app(prog_name="workshop", standalone_mode=False) or 0
    except UsageError as error:
        _in_our_words(error).show()
        return _MISUSED
    except WorkshopError as error:
        for problem in error.problems:
            typer.echo(_for_the_command(error, problem), err=True)
        return _MISUSED if isinstance(error, RequestError) else _WRONG
    except BrokenPipeError:  # whoever read our output has gone: no error to speak of
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _WRONG
    except OSError as error:
        if "--install-completion" not in sys.argv:
            raise
        remedy = "'workshop --show-completion' prints what belongs there"
        typer.echo(f"{error.filename}: cannot be written ({error.strerror}); {remedy}", err=True)
        return _WRONG


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
