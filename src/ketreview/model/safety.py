"""Safety: adverse effects, contraindications, monitoring, dosing."""

from typing import Annotated

from ketreview.model.claim import Evidence
from ketreview.model.record import Count, InterventionId, Percent, Positive, Sourced, StudyId, Text, record
from ketreview.model.vocabulary import Exposure, Route


@record
class AdverseEffect(Sourced):
    """A harm, how often it was seen, and under what exposure."""

    name: Text
    percent: Percent | None = None
    of: Annotated[Count | None, "participants asked"] = None
    exposure: Exposure | None = None
    about: tuple[InterventionId, ...] = ()
    course: Annotated[Text, "how long it lasts"] = ""
    study: StudyId = ""
    supports: tuple[Evidence, ...] = ()


@record
class Contraindication(Sourced):
    """A condition under which the treatment is not given."""

    name: Text
    supports: tuple[Evidence, ...] = ()


@record
class Monitoring(Sourced):
    """What is watched, with what, and for how long at least."""

    what: Text
    minimum: Positive | None = None
    unit: Text = ""
    instruments: tuple[Text, ...] = ()
    supports: tuple[Evidence, ...] = ()


@record
class Dosing(Sourced):
    """A dose in use, from `low` to `high`."""

    what: Text
    low: Positive | None = None
    high: Positive | None = None
    unit: Text = ""
    route: Route | None = None
    minutes: Positive | None = None
    schedule: Text = ""
    supports: tuple[Evidence, ...] = ()


@record
class Safety(Sourced):
    """What is known of harms and of how to avoid them."""

    adverse_effects: tuple[AdverseEffect, ...] = ()
    contraindications: tuple[Contraindication, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    dosing: tuple[Dosing, ...] = ()
