"""Files that note what they were asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from ketreview.cache.facts import NO_FACTS, Facts
from ketreview.cache.kept import earlier
from ketreview.cache.state import NO_STAT, RACE, digest_of, stat_of
from ketreview.files import Earlier, Files, Unreadable
from ketreview.frozen import field, frozen
from ketreview.history import FormerKey, head

if TYPE_CHECKING:
    from ketreview.files.revision import RevisionFiles

WORTHWHILE: Final = 50_000
"""Bytes read from which an answer is kept: below, working it out anew is as fast."""
LARGE_RUN: Final = 1_000_000
"""Bytes read from which what a run concluded is kept too: below, another run takes well under a second."""
_FACT_LENGTH = 3  # the file's state, its digest, what was concluded
_LARGE = 100_000
"""Bytes that take as long to read again as a chapter."""


@frozen
class NotingFiles(Files):
    """Files that note every question and its answer, so that it can be asked again.

    `question` is what is answered, where what a run concludes may be kept beside the answer, and `run` what it did.
    """

    reads: dict[str, str] = field(default_factory=dict)
    stats: dict[str, list[int]] = field(default_factory=dict)
    sizes: dict[str, int | None] = field(default_factory=dict)
    finds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    revisions: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    question: str = ""
    run: dict[str, Any] = field(default_factory=dict)

    def read(self, path: str) -> bytes | Unreadable:
        """As `Files.read`."""
        self.stats[path] = stat_of(f"{self.root}/{path}")
        data = Files.read(self, path)
        self.reads[path] = "" if self.facts is NO_FACTS else digest_of(data)  # nothing will be kept
        return data

    def size(self, path: str) -> int | None:
        """As `Files.size`."""
        self.sizes[path] = Files.size(self, path)
        return self.sizes[path]

    def find(self, patterns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """As `Files.find`."""
        found = Files.find(self, patterns)
        self.finds.update(found)
        return found

    def former_keys(self, keys: Collection[str]) -> Mapping[str, FormerKey]:
        """As `Files.former_keys`; history is the same as long as its newest commit is."""
        self.heads.append(head(self.root))
        return Files.former_keys(self, keys)

    def at(self, revision: str) -> RevisionFiles:
        """As `Files.at`; the files of a commit are the same for good."""
        found = Files.at(self, revision)
        self.revisions[revision] = found.commit
        return found

    def recall(self, path: str) -> Any:
        """As `Files.recall`: what was concluded before of a file that is the same by size, time and inode."""
        if self.facts.written < 0:
            self.facts.load(self.root)
        kept = self.facts.before.get(path)
        if not isinstance(kept, list) or len(kept) != _FACT_LENGTH:
            return None
        stat = stat_of(f"{self.root}/{path}")
        if kept[0] != stat or stat == NO_STAT or stat[1] + RACE >= self.facts.written:
            return None
        self.stats[path], self.reads[path] = kept[0], kept[1]
        self.facts.now[path] = kept
        return kept[2]

    def keep(self, path: str, facts: Any) -> None:
        """As `Files.keep`."""
        if path in self.reads and self.facts is not NO_FACTS:
            self.facts.now[path] = [self.stats[path], self.reads[path], facts]
            self.facts.fresh += 1 + self.stats[path][0] // _LARGE

    @property
    def keeps_runs(self) -> bool:
        """As `Files.keeps_runs`: where there is a question, and so much was read that it takes time."""
        return bool(self.question) and self._bytes_read() >= LARGE_RUN

    def earlier(self) -> Earlier | None:
        """As `Files.earlier`."""
        return earlier(Files(self.root, self.exclude), self.question) if self.question else None

    def resume(self, earlier: Earlier) -> None:
        """As `Files.resume`; what was read in this run is as it was read now."""
        for name, before in earlier.notes.items():
            own = getattr(self, name)
            if isinstance(own, list):
                own += before
            else:
                own.update({key: value for key, value in before.items() if key not in own})

    def keep_run(self, facts: Any, changing: Iterable[str]) -> None:
        """As `Files.keep_run`; it is written with the answer, when all questions are known."""
        self.run.update(run=facts, changing=[*changing])

    def notes(self) -> dict[str, Any]:
        """Every question and answer, as JSON has it."""
        return {
            "reads": self.reads,
            "stats": self.stats,
            "sizes": self.sizes,
            "finds": self.finds,
            "heads": self.heads,
            "revisions": self.revisions,
        }

    def worthwhile(self) -> bool:
        """Whether so much was read that the answer is worth keeping; git is slow to ask for whatever is read of it."""
        return bool(self.revisions) or self._bytes_read() >= WORTHWHILE

    def _bytes_read(self) -> int:
        return sum(stat[0] for stat in self.stats.values())
