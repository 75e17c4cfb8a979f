"""When things are asked, told and closed."""
