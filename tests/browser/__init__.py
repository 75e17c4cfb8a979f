"""The playground's page in Chromium."""
