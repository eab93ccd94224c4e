"""What has been integrated, as declared; the tool observes the rest."""

from typing import Annotated

from ketreview.model.partial_date import PartialDate
from ketreview.model.record import Id, Sourced, Text, TrialId, record
from ketreview.model.vocabulary import IntegrationKind, IntegrationState


@record
class Integration(Sourced):
    """One place that the review's content is to be carried to."""

    kind: IntegrationKind
    target: Annotated[Text, "a path from the project's root, or the name of a chapter or appendix"]
    state: IntegrationState
    since: PartialDate | None = None


@record
class NextStep(Sourced):
    """Something still to do."""

    id: Id = ""
    text: Text
    waits_for: tuple[TrialId, ...] = ()
    due: PartialDate | None = None
    done: bool = False
