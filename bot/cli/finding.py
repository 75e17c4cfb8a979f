"""One thing that `winwin doctor` looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` says what to do where it is not in order."""

    what: str
    said: str
    mend: str = ""

    @property
    def line(self) -> str:
        """The finding as one line."""
        state = "look" if self.mend else "ok"
        return f"{state:<5} {self.what}: {self.said}" + (f". {self.mend}" if self.mend else "")
