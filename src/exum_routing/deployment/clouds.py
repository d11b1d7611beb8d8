"""The clouds of Cloud Voicemail: their Destinations, and what tells the cloud of a tenant."""

from typing import Final

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment.policy import EXCHANGE_ONLINE
from exum_routing.sip import Fqdn

CHINA: Final = Fqdn("exap.um.partner.outlook.cn")
"""The Destination of Cloud Voicemail in the cloud that 21Vianet operates. Clauses: POL-13."""

CLOUDS: Final = {
    EXCHANGE_ONLINE: ".onmicrosoft.com",
    CHINA: ".partner.onmschina.cn",
    Fqdn("exap.um.office365.us"): ".onmicrosoft.us",
}
"""The Destination of Cloud Voicemail in every cloud, with the domain in which the cloud's tenants have their default domains.

Clauses: POL-13
"""

HYBRID: Final = "sipfed."
"""How the ProxyFqdn of a provider of hybrid accounts begins, in every cloud, as in ``sipfed.online.lync.com``."""


@names_wrong_types
def cloud_of(organization: Fqdn) -> Fqdn | None:
    """The Destination of the cloud that a tenant's default domain tells; None: the domain is of another kind.

    Clauses: POL-13

    >>> cloud_of(Fqdn("contoso.partner.onmschina.cn"))
    'exap.um.partner.outlook.cn'
    """
    return next((cloud for cloud, ending in CLOUDS.items() if organization.endswith(ending)), None)
