"""What no cmdlet changes, where it differs: each difference is a reason why the target cannot be reached."""

import operator
from typing import Final

from exum_routing.deployment import User
from exum_routing.planning.differences import FIXED_PARTS, changed_fields, part_as_facts
from exum_routing.planning.part import NOTHING, Part
from exum_routing.planning.transition import Transition

_FIXED_FIELDS: Final = {
    "display_name": "DisplayName",
    "user_principal_name": "UserPrincipalName",
    "sam_account_name": "SamAccountName",
    "distinguished_name": "DistinguishedName",
}
"""The fields of a user that no cmdlet changes, with the document's keys."""
_fixed_fields: Final = operator.attrgetter(*_FIXED_FIELDS)


def plan_fixed(way: Transition) -> Part:
    """The parts of the deployment that no cmdlet changes, and the users whom none makes or removes. Clauses: CMD-13."""
    before, after = ({user.sip_address for user in deployment.users} for deployment in (way.current, way.target))
    return Part(
        reasons=(
            *(
                f"{key} differ: no cmdlet here changes them; change the document"
                for part, key in FIXED_PARTS.items()
                if part_as_facts(way.current, part) != part_as_facts(way.target, part)
            ),
            *(f"{address} is no user yet: no cmdlet here makes one" for address in sorted(after - before)),
            *(f"{address} is a user still: no cmdlet here removes one" for address in sorted(before - after)),
        )
    )


def plan_fixed_fields(before: User, after: User, _: Transition) -> Part:
    """The fields of a user that no cmdlet changes. Clauses: CMD-13."""
    if _fixed_fields(before) == _fixed_fields(after):
        return NOTHING
    fields = changed_fields(before, after, tuple(_FIXED_FIELDS))
    return Part(
        reasons=tuple(f"{after.sip_address}: {_FIXED_FIELDS[field]} differs: no cmdlet here changes it" for field in fields)
    )
