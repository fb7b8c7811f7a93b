"""The mark of practice projects (演练标记): how a project is called wherever it is shown.

Pages, files, papers and letters take a project's name from here, so that a made-up one never stands
beside real ones without its mark; forms and interfaces keep the bare name, and an interface says
``practice`` beside it.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext

__all__ = ["bears_mark", "called"]

#: in every language of the pages: a file may come from a reader of another one
_MARKS: Final = ("【演练】", "[Practice]")


def called(name: str, practice: bool) -> str:
    """The name as it is shown."""
    if not practice:
        return name
    return pgettext("before the name of a project", "[Practice] %(name)s") % {"name": name}


def bears_mark(name: str) -> bool:
    """Was this name taken from where a practice project is shown?"""
    return name.lstrip().casefold().startswith(tuple(mark.casefold() for mark in _MARKS))
