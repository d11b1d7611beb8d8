"""The test kit for other people's tests.

The builders are here. ``testing.strategies``, ``testing.malformed`` and ``testing.pytest_plugin`` need extras, and are doors of
their own.
"""

from exum_routing.testing.builders import (
    a_contact,
    a_deployment,
    a_dial_plan,
    a_hosted_um_service,
    a_policy,
    a_provider,
    a_user,
    an_invite,
)

__all__ = ["a_contact", "a_deployment", "a_dial_plan", "a_hosted_um_service", "a_policy", "a_provider", "a_user", "an_invite"]
