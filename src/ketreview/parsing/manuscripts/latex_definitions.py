"""What the commands of a LaTeX file mean, those that it defines itself included."""

from __future__ import annotations

import re
from typing import NamedTuple

from ketreview.parsing.manuscripts import latex_commands as known
from ketreview.parsing.manuscripts.tex_groups import Groups
from ketreview.patterns import regex

_EMPTY = regex(r"(?:\s++|%[^\n]*+)*+\Z")
_NAMED = regex(r"\*?\s*+(?:\{\s*+\\([A-Za-z@]++)\s*+\}|\\([A-Za-z@]++|.)|\{([^{}\\]++)\})", re.DOTALL)
_COUNT = regex(r"\s*+\[([1-9])\]")
_HASHES = regex(r"(?:#[1-9])++(?=\s*+\{)")
_SPECIFIED = regex(r"\s*+\{((?:[^{}\\]++|\{[^{}]*+\})*+)\}")
_SPECIFIER = regex(r"O\s*+\{[^{}]*+\}|[^\s+!]")
_ALIAS = regex(r"\s*+=?\s*+\\([A-Za-z@]++)")
_ALIAS_BODY = regex(r"\s*+\\([A-Za-z@]++)\s*+\Z")
_LIST = regex(r"\s*+(?:\[([^\[\]{}\\]*+)\]\s*+)?\{([^{}\\]*+)\}")
_SHORT_CHARACTER = regex(r"\*?(?:\[[^\[\]\n]*+\])?\{?\\?([^\sA-Za-z0-9\\%{}#])\}?")
_SUFFIX = regex(r"[A-Za-z]+")
_MAX_SHORT = 4


class _Definition(NamedTuple):
    """A command or environment being defined, up to `end`: a key `#2` in its body makes its second argument one."""

    name: str
    environment: bool
    parameters: list[str]
    end: int


class Definitions:
    """Which commands cite, list stores, hide text or branch, as far as the file has been read.

    `own` says that the file has defined some; `short` are the characters that it lets stand for `\\verb`.
    """

    def __init__(self, text: str, groups: Groups) -> None:
        self.text = text
        self.groups = groups
        self.cites = dict(known.CITES)
        self.stores = dict(known.STORES)
        self.environments = dict(known.CITING_ENVIRONMENTS)
        self.verbatim = set(known.VERBATIM)
        self.conditionals = set(known.CONDITIONALS)
        self.hiding: dict[str, str] = {}
        self.own = False
        self.short = ""
        self._open: _Definition | None = None

    def read(self, name: str, after: int) -> int:
        """Reads what the defining command `name` defines, and gives the offset behind the name."""
        if name in known.DEFINERS:
            return self._definition(name, after)
        if name in known.NAMERS or name in known.CITE_DEFINERS:
            return self._name(name, after)
        if name in known.SHORT_VERB:
            return self._short(after)
        if name in known.VERBATIM_DEFINERS or name == "newcites":
            return self._listed(name, after)
        return after

    def parameter_cited(self, number: int, position: int) -> None:
        """Takes note that the definition around `position` cites its parameter."""
        made = self._open
        if made is None or position >= made.end or number > len(made.parameters):
            return
        made.parameters[number - 1] = "k"
        table = self.environments if made.environment else self.cites
        table[made.name] = "".join(made.parameters).replace("s", "").rstrip("mo")
        self.own = True

    def _definition(self, definer: str, after: int) -> int:
        self._open = None
        named = _NAMED.match(self.text, after)
        if named is None:
            return after
        name = named[1] or named[2] or named[3]
        parameters, behind = self._parameters(definer, named.end())
        start = self.groups.gap(behind)
        end = self.groups.closing(start, long=True) if self.text.startswith("{", start) else -1
        if end >= 0 and parameters is not None:
            self._open = _Definition(name, definer.endswith("nvironment"), parameters, end)
            self._body(self._open, start + 1)
        return named.end()

    def _parameters(self, definer: str, position: int) -> tuple[list[str] | None, int]:
        """`o` or `m` for each parameter, None for any other kind; and the offset behind their list."""
        if "Document" in definer:
            specified = _SPECIFIED.match(self.text, position)
            kinds = [kind[0].lower() for kind in _SPECIFIER.findall(specified[1])] if specified else ["?"]
            return (kinds if set(kinds) <= set("som") else None), specified.end() if specified else position
        if definer.endswith("def"):
            hashes = _HASHES.match(self.text, position)
            return ["m"] * (len(hashes[0]) // 2 if hashes else 0), hashes.end() if hashes else position
        count = _COUNT.match(self.text, position)
        if count is None:
            return [], position
        behind = self.groups.optional(count.end())
        return (["m"] if behind == count.end() else ["o"]) + ["m"] * (int(count[1]) - 1), behind

    def _body(self, made: _Definition, start: int) -> None:
        self.hiding.pop(made.name, None)
        if made.environment:
            return
        if made.parameters:
            if _EMPTY.match(self.text, start, made.end):
                self.cites.pop(made.name, None)
                self.hiding[made.name] = "".join(made.parameters).replace("s", "")
                self.own = True
        elif alias := _ALIAS_BODY.match(self.text, start, made.end):
            self._alias(made.name, alias[1])

    def _alias(self, name: str, old: str) -> None:
        if old in self.cites:
            self.cites[name] = self.cites[old]
            self.own = True

    def _name(self, definer: str, after: int) -> int:
        named = _NAMED.match(self.text, after)
        name = named and (named[1] or named[2])
        if named is None or name is None:
            return after
        if definer in known.CITE_DEFINERS:
            self.cites[name] = known.CITE_DEFINERS[definer]
            self.own = True
        elif definer == "newif":
            self.conditionals.add(name)
        elif definer == "let" and (alias := _ALIAS.match(self.text, named.end())):
            self._alias(name, alias[1])
            return alias.end()
        return named.end()

    def _short(self, after: int) -> int:
        character = _SHORT_CHARACTER.match(self.text, after)
        if character is None:
            return after
        if len(self.short) < _MAX_SHORT and character[1] not in self.short:
            self.short += character[1]
        return character.end()

    def _listed(self, definer: str, after: int) -> int:
        listed = _LIST.match(self.text, after)
        if listed is None:
            return after
        if definer == "newcites":
            for suffix in _SUFFIX.findall(listed[2]):
                self.cites |= {f"{name}{suffix}": known.CITES[name] for name in known.SUFFIXED}
                self.stores[f"bibliography{suffix}"] = "ok"
        elif definer == "newminted":
            self.verbatim.add(listed[1] or f"{listed[2]}code")
        else:
            self.verbatim.add(listed[2].strip())
        self.own = True
        return listed.end()
