"""Lists of feeds, as feed readers export them."""

from __future__ import annotations

from pathlib import Path

from ..records import ConfigError


def feeds_in(file: Path) -> tuple[str, ...]:
    """Addresses of the feeds in an OPML file, in its order, each once.

    Raises
    ------
    ConfigError
        It can't be read, is no OPML, or holds none.
    """
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except OSError as error:
        raise ConfigError(file, "", error.strerror or str(error)) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(file, "", f"no OPML: {error}") from error
    found = () if root is None else (dict(one.attrib) for one in root.iter("outline"))
    named = ({key.casefold(): value for key, value in one.items()} for one in found)
    addresses = (one.get("xmlurl", "").strip() for one in named)
    feeds = tuple(dict.fromkeys(a for a in addresses if a.startswith(("http://", "https://"))))
    if not feeds:
        raise ConfigError(file, "", "no OPML: no outline with an xmlUrl of http or https")
    return feeds
