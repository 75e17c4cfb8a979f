"""The Slack layer against real sockets."""
