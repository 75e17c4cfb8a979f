"""Help, all commands, and what is said of a line that was not understood."""

from bot.slack.text import typed

HELP = (
    "Ask: `/expect @ana to send the draft by friday`.",
    "Offer: `/expect I will check it for @ana by 5pm`.",
    "Team goal: `/expect we will launch by 15 Dec`.",
    "Yours: `/expect list`, `show E-42`, `done E-42`.",
    "In threads, use a message's menu.",
)

ALL_COMMANDS = (
    "`@who to WHAT by WHEN`, `I will WHAT for @who by WHEN`, `we will WHAT by WHEN`",
    "`list`, `list team`, `list @who`, `show E-42`",
    (
        "Answer: `accept E-42`, `change E-42 TEXT by WHEN`, `ask E-42 QUESTION`, "
        "`answer E-42 TEXT`, `decline E-42`, `keep E-42`, `drop E-42`"
    ),
    (
        "Finish: `done E-42 LINK`, `cannot E-42 WHY`, `confirm E-42`, "
        "`return E-42 WHAT IS MISSING`, `undo E-42`, `missed E-42`, `differ E-42`"
    ),
    "Put right: `remedy E-42 WHAT by WHEN`, `forgive E-42`",
    "Goals: `goal list`, `goal show G-3`, `goal update G-3 7`, `goal close G-3`, `goal reopen G-3`",
    "The week: `summary preview`, `summary now`, `summary here weekly fri 16:00`, `summary off`",
    "Figures: `balance`, `why KEPT`",
    "Two people: `with @who`, `thanks @who for WHAT`",
    "You: `away until WHEN`, `back`, `settings`, `export`, `forget-me`",
    "The channel: `charter`, `charter edit`",
)


def not_understood(text: str, nearest: str) -> str:
    """Answer a line with what was typed and the nearest match."""
    said = f"I did not understand “{typed(text, 600)}”. Nothing was saved."
    return f"{said} Nearest: `{typed(nearest, 600)}`." if nearest else said


TRUSTED = "Fewer reminders: the last five between you were kept."
WHY_ASKED = (
    "You get this because you said yes to it and it is due soon, or because you chose to be asked "
    "daily or weekly. The other side never sees how often you are asked. Change it under "
    "Change days and hours."
)
