"""Reads a report of `portcullis audit export` as a browser would, with Python's own HTML parser, and prints its text.

Ends with 1 where an element is not closed, where anything could be loaded or run, or where the style is not the one that the
page's policy allows.
"""

import base64
import hashlib
import html.parser
import sys

VOID = {"meta", "br", "hr"}
KNOWN = VOID | {
    "html", "head", "title", "style", "body", "h1", "h2", "p", "ul", "li", "pre", "table", "thead", "tbody", "tr", "th", "td",
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.text, self.style, self.policy = [], [], [], "", None

    def handle_starttag(self, tag, attributes):
        if tag not in KNOWN:
            self.faults.append(f"an element {tag}")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                self.faults.append(f"an attribute {name} of {tag}")
            if name == "http-equiv" and value != "Content-Security-Policy":
                self.faults.append(f"http-equiv {value}")
        found = dict(attributes)
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]
            if "style" in self.open or self.style:
                self.faults.append("a style before the policy")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        elif data.strip():
            self.text.append(data.strip())

    def handle_comment(self, data):
        self.faults.append("a comment")


page = Page()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    page.feed(file.read())
page.close()
digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
wanted = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
if page.policy != wanted:
    page.faults.append(f"the policy is {page.policy}")
if "url(" in page.style or "@import" in page.style:
    page.faults.append("a style that loads something")
if page.open:
    page.faults.append(f"not closed: {page.open}")
print("\n".join(page.text))
sys.exit("\n".join(page.faults) if page.faults else 0)
