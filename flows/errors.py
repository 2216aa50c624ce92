"""The errors of the desk.

    FlowsError
     +- SettingsError    chancery.toml or the environment holds a wrong key or value
     +- NothingToDraw    no visit matches what a plot was asked for
     +- RunError         a run can't begin or go on as asked
         +- BusyError    another run holds what this one needs, and the bounded wait is over

What the network does wrong is no exception: `flows.fetch` returns it as the outcome of one fetch.
A message says what was being read, what was looked for, and what to do.
"""


class FlowsError(Exception):
    """Anything that the desk refuses, in words for the operator."""


class SettingsError(FlowsError):
    """A setting is unknown or has a value that won't do."""


class NothingToDraw(FlowsError):
    """No visit matches what a plot was asked for."""


class RunError(FlowsError):
    """A run can't begin or go on as asked."""


class BusyError(RunError):
    """Another run holds a lock longer than this one may wait."""
