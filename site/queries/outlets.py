"""Who a text is shown as coming from."""

from __future__ import annotations

# The outlet as the page names it, else the source. A file that was handed in has neither: its title stands for it, in
# quotation marks, so that nobody is credited with what nobody is known to have published.
OUTLET = """CASE WHEN d.outlet <> '' THEN d.outlet
    WHEN s.kind = 'files' AND length(d.title) > 60 THEN '“' || substr(d.title, 1, 60) || '…”'
    WHEN s.kind = 'files' AND d.title <> '' THEN '“' || d.title || '”'
    ELSE s.name END"""
