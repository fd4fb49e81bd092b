"""The pages as a site: static files that can be read from a folder, searched without a server, and printed.

The same Markdown, made into HTML by markdown-it. Nothing is loaded from anywhere: pictures are drawn here and not in the browser.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hubkeeper.runbook.drawn import drawn
from hubkeeper.runbook.errors import RunbookError
from hubkeeper.runbook.files import replace
from hubkeeper.runbook.jinja_pages import Templates
from hubkeeper.runbook.quoting import Quoted

_GENERATED = '<meta name="generator" content="hubkeeper runbook">'
_COMMENT = re.compile(r"^<!--.*-->\n", re.MULTILINE)
_NOTE = re.compile(r"<blockquote>\n<p>\[!(\w+)\]\n")


def site(pages: Mapping[str, str], project: Path) -> dict[str, str]:
    """The files of the site by path, for pages by path as `render` gives them."""
    templates = Templates(project)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    files = {name: templates.as_it_is(f"site/{name}") for name in ("site.css", "search.js")}
    found = []
    for path, text in pages.items():
        plain = _COMMENT.sub("", text)
        tokens = reader.parse(plain)
        headings = _headings(tokens)
        _lead_to_html(tokens, path, pages)
        _draw(tokens)
        body = _NOTE.sub(
            r'<blockquote class="note">' + "\n<p><strong>\\1</strong> ",
            reader.renderer.render(tokens, reader.options, {}),
        )
        title, there = headings[0][2] if headings else path, _html(path)
        values: dict[str, object] = {
            "title": title,
            "up": "../" * path.count("/"),
            "headings": [heading for heading in headings if heading[0] in (2, 3)],
            "body": Quoted(body),
        }
        files[there] = templates.fill("site/page.html.jinja", values)
        found.append({"path": there, "title": title, "text": " ".join(plain.split())})
    files["pages.js"] = f"const PAGES = {json.dumps(found)};\n"
    return files


def write_site(files: Mapping[str, str], folder: Path) -> list[str]:
    """Writes the files that changed and removes pages of an earlier site. Returns the paths of both, sorted."""
    changed = []
    try:
        for path, text in files.items():
            if replace(folder / path, text):
                changed.append(path)
        for file in sorted(folder.rglob("*.html")):
            path = file.relative_to(folder).as_posix()
            if path not in files and _GENERATED in file.read_text(encoding="utf-8", errors="replace"):
                file.unlink()
                changed.append(path)
    except OSError as error:
        raise RunbookError(
            f"{error.filename or folder}:1: {error.strerror or error}, expected a folder that can be written"
        ) from None
    return sorted(changed)


def _html(path: str) -> str:
    return f"{path.removesuffix('.md')}.html"


def _headings(tokens: list[Token]) -> list[tuple[int, str, str]]:
    """Level, anchor and words of each heading; the anchors are those that GitHub gives, so that links hold in both."""
    seen: Counter[str] = Counter()
    found = []
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            inline = tokens[position + 1]
            words = "".join(child.content for child in inline.children or [])
            slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
            anchor = f"{slug}-{seen[slug]}" if seen[slug] else slug
            seen[slug] += 1
            token.attrSet("id", anchor)
            found.append((int(token.tag[1:]), anchor, words))
    return found


def _draw(tokens: list[Token]) -> None:
    """Pictures instead of their source, where they are understood."""
    for token in tokens:
        picture = drawn(token.content) if token.type == "fence" and token.info == "mermaid" else None
        if picture is not None:
            token.type, token.content = "html_block", picture


def _lead_to_html(tokens: list[Token], path: str, pages: Mapping[str, str]) -> None:
    """Links between pages lead to the HTML beside them; one to a page that this site does not hold is no link."""
    for child in (child for token in tokens for child in token.children or []):
        target = child.attrGet("href") if child.type == "link_open" else None
        if not isinstance(target, str) or ":" in target:
            continue
        page, _, anchor = target.partition("#")
        if page and normpath(join(dirname(path), page)) not in pages:
            child.attrs.pop("href")
        else:
            child.attrSet("href", f"{_html(page) if page else ''}{'#' if anchor else ''}{anchor}")
