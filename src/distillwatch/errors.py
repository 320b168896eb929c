"""Small exceptions named for the mistake; each message names the thing and the remedy."""

from __future__ import annotations


class DistillwatchError(Exception):
    """Base of every error that the command line prints as one line instead of a traceback."""


class TopicInvalid(DistillwatchError):
    """A file of a topic folder cannot be read as what it should be."""


class InputMissing(DistillwatchError):
    """A file, folder or address that was asked for is not there or holds nothing readable."""


class StoreLocked(DistillwatchError):
    """Another run holds the home folder."""


class StoreUnusable(DistillwatchError):
    """The database cannot be opened, read or written, or was written by a newer version."""


class ReferenceMissing(StoreUnusable):
    """What is to be stored refers to a row that is not there; the store itself is sound."""


class ClockWrong(DistillwatchError):
    """The machine's clock cannot be right; what is recorded under its time would stand in the wrong order."""


class LabelsInvalid(DistillwatchError):
    """A labelled set does not follow its format."""
