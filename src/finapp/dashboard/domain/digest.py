"""Writes a digest as plain text and as one HTML page without scripts, pictures or addresses outside."""

from html import escape

from finapp.dashboard.public import Digest, DigestSection

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .3rem}table{border-collapse:collapse;width:100%}
td{padding:.25rem .5rem .25rem 0;border-bottom:1px solid #ddd;vertical-align:top}
td.value{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.beside{color:#555}
@media print{body{margin:0;max-width:none}section{break-inside:avoid}}
"""


def as_text(digest: Digest) -> str:
    """Plain text of at most 100 characters a line where labels allow."""
    lines = [digest.title, "=" * len(digest.title), digest.dates, ""]
    for section in digest.sections:
        lines += [section.title, "-" * len(section.title)]
        widest = max((len(line.label) for line in section.lines), default=0)
        for line in section.lines:
            beside = f"  ({line.beside})" if line.beside else ""
            lines.append(f"{line.label.ljust(widest)}  {line.value}{beside}".rstrip())
        lines.append("")
    if digest.left_out:
        lines.append("Not to be had: " + ", ".join(digest.left_out))
    return "\n".join(lines).rstrip() + "\n"


def as_html(digest: Digest) -> str:
    """A page of its own, made to be read, mailed and printed."""
    body = "".join(_section(section) for section in digest.sections)
    missing = f"<p>Not to be had: {escape(', '.join(digest.left_out))}</p>" if digest.left_out else ""
    title = escape(digest.title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}</h1><p>{escape(digest.dates)}</p>{body}{missing}</body></html>"
    )


def _section(section: DigestSection) -> str:
    rows = "".join(
        f'<tr><td>{escape(line.label)}</td><td class="value">{escape(line.value)}</td>'
        f'<td class="beside">{escape(line.beside)}</td></tr>'
        for line in section.lines
    )
    return f"<section><h2>{escape(section.title)}</h2><table>{rows}</table></section>"
