"""The rules, pure: values and a moment in, new values out."""
