"""The frame of a page that is sent around: no script, nothing from elsewhere, a style that its own policy names."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def head(title: str, style: str) -> str:
    """From the start of the file to the start of its body; `title` is escaped, `style` is added to that of all pages.

    The style may be used because the policy names its digest; all else is forbidden.
    """
    whole = files(__package__).joinpath("page.css").read_text("utf-8") + style
    policy = _POLICY.format(b64encode(sha256(whole.encode()).digest()).decode())
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{whole}</style>\n</head>\n<body>\n"
    )
