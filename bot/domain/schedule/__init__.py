"""When things are asked, told and closed: pure functions of values and a moment."""
