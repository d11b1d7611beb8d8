"""The transition that a plan is for: from one deployment to another, under a reading of the cmdlets."""

import attrs

from exum_routing.cmdlets import distinguished_name
from exum_routing.deployment import Deployment
from exum_routing.reading import CmdletReading


@attrs.frozen
class Transition:
    """From one deployment to another: what every part of a plan looks at. Clauses: CMD-13.

    Raises:
        InvalidValue: The unit is not a distinguished name.
    """

    current: Deployment
    """The deployment as it is."""
    target: Deployment
    """The deployment as it is to be."""
    reading: CmdletReading
    """How to read what the source leaves open about Set-CsUser."""
    ou: str | None = attrs.field(default=None, converter=attrs.converters.optional(distinguished_name))
    """The distinguished name of the organizational unit for new contact objects; None: it was not given."""
