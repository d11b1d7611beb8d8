"""Before the first hop: whether a call goes to voice mail, and whether the client lights its indicator."""

from exum_routing.arguments import names_wrong_types
from exum_routing.deployment import User
from exum_routing.sip import Invite


def goes_to_voice_mail(invite: Invite, *, answered: bool = False) -> bool:
    """Whether a call goes to voice mail: it is not answered, or it is addressed to a user's voice mail.

    Clauses: CALL-1

    >>> goes_to_voice_mail(Invite.of_call("bob@contoso.com", "sip:alice@contoso.com;opaque=app:voicemail"), answered=True)
    True
    """
    return not answered or invite.uri.is_voicemail


@names_wrong_types
def call_voice_mail_indicator(user: User) -> bool:
    """Whether the client lights the "call voice mail" indicator.

    Clauses: CALL-9

    >>> call_voice_mail_indicator(User(sip_address="alice@contoso.com", voice_mail_settings=("CsHostedVoiceMail=1",)))
    True
    """
    return user.voice_mail_settings.cs_hosted_voice_mail is True
