"""Any bytes, any change of an export, and any other zip as an export: imported as what was exported, or refused.

Run it with ``make fuzz``, or alone with the options of libFuzzer: ``python fuzz/fuzz_export.py -runs=1000``.
"""

import io
import sys
import warnings
import zipfile

import atheris

with atheris.instrument_imports(include=["exum_routing"]):
    from exum_routing import AccessEdgeConfiguration, EdgeConfiguration, HostingProvider
    from exum_routing.interchange.export import _zipped, export_configuration, import_configuration

from laws import decided, refused

CONFIGURATION = EdgeConfiguration(
    access_edge=AccessEdgeConfiguration(use_dns_srv_routing=True, allow_federated_users=True),
    providers=(HostingProvider(identity="Hosted Exchange UM", enabled=True, proxy_fqdn="exap.um.outlook.com"),),
)
EXPORT = export_configuration(CONFIGURATION)
DOCUMENT = EXPORT[EXPORT.index(b"{\n") : EXPORT.index(b"PK\x01\x02")]
NAMES = ("manifest.json", "configuration.json", "../configuration.json", "C:\\a", "/a", "a.zip")


def changed(provider: atheris.FuzzedDataProvider, given: bytes) -> bytes:
    """The bytes with some of them cut, and others put in their place, up to three times."""
    for _ in range(provider.ConsumeIntInRange(0, 3)):
        start = provider.ConsumeIntInRange(0, len(given))
        end = min(start + provider.ConsumeIntInRange(0, 8), len(given))
        given = given[:start] + provider.ConsumeBytes(provider.ConsumeIntInRange(0, 8)) + given[end:]
    return given


def other_zip(provider: atheris.FuzzedDataProvider) -> bytes:
    """A zip of up to three entries, whose directory may be damaged."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for _ in range(provider.ConsumeIntInRange(0, 3)):
            entry = zipfile.ZipInfo(NAMES[provider.ConsumeIntInRange(0, len(NAMES) - 1)])
            entry.compress_type = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)[provider.ConsumeIntInRange(0, 1)]
            entry.external_attr = provider.ConsumeIntInRange(0, 2**32 - 1)
            archive.writestr(entry, provider.ConsumeBytes(provider.ConsumeIntInRange(0, 40)))
    return changed(provider, target.getvalue())


def check(data: bytes) -> None:
    """One input: any bytes, an export with changes, another zip, or an export of a document with changes."""
    provider = atheris.FuzzedDataProvider(data)
    match provider.ConsumeIntInRange(0, 3):
        case 0:
            given = provider.ConsumeBytes(atheris.ALL_REMAINING)
        case 1:
            given = changed(provider, EXPORT)
        case 2:
            given = other_zip(provider)
        case _:
            given = _zipped(changed(provider, DOCUMENT))
    configuration = decided(import_configuration, given)
    assert refused(configuration) or import_configuration(export_configuration(configuration)) == configuration, given
    assert (given == EXPORT) <= (configuration == CONFIGURATION), given


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # entries of one name
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
