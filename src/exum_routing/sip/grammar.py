"""The rules of RFC 3261's grammar that more than one module here needs, as regular expressions.

Each stands under the ABNF rule (RFC 3261 section 25.1) that it implements.
"""

from typing import Final

# unreserved = alphanum / mark       mark = "-" / "_" / "." / "!" / "~" / "*" / "'" / "(" / ")"
UNRESERVED: Final = r"A-Za-z0-9\-_.!~*'()"


# escaped = "%" HEXDIG HEXDIG
ESCAPED: Final = r"%[0-9A-Fa-f]{2}"


# hostname = *( domainlabel "." ) toplabel [ "." ]     domainlabel = alphanum / alphanum *( alphanum / "-" ) alphanum
# toplabel = ALPHA / ALPHA *( alphanum / "-" ) alphanum
LABEL_REST: Final = "(?:[A-Za-z0-9-]*[A-Za-z0-9])?"


HOSTNAME: Final = rf"(?:[A-Za-z0-9]{LABEL_REST}\.)*[A-Za-z]{LABEL_REST}"


# IPv4address = 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT
IPV4: Final = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
