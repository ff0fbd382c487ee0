"""Whom to write to about the dashboard: the section ``[contact]`` of `config.toml`, which may be left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """The body that runs this copy of the dashboard; "" for what it has not said.

    `reply_days` is within how many working days it answers, 0 where it has not said.
    """

    organisation: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    reply_days: int = 0

    @property
    def known(self) -> bool:
        """True when there is a name and at least one way to reach it."""
        return bool(self.organisation and (self.email or self.phone or self.address))


NOBODY = Contact()


def read_contact(section: object) -> Contact:
    """The section as read from TOML; ValueError with what cannot be used and what it should be."""
    if not isinstance(section, dict):
        raise ValueError("write [contact] and below it organisation, email, phone, address, reply_days")
    known = {name: field.type for name, field in Contact.__dataclass_fields__.items()}
    unknown = sorted(set(section) - set(known))
    if unknown:
        raise ValueError(f"[contact] has {', '.join(map(repr, unknown))}; it knows {', '.join(known)}")
    for key, value in section.items():
        if key == "reply_days":
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise ValueError(f"[contact] reply_days must be a whole number, 0 or more, found {value!r}")
        elif not isinstance(value, str):
            raise ValueError(f"[contact] {key} must be text in quotes, found {value!r}")
    words = {key: value.strip() for key, value in section.items() if isinstance(value, str)}
    found = Contact(**words, reply_days=int(section.get("reply_days", 0)))
    if found.email and "@" not in found.email:
        raise ValueError(f"[contact] email is not an address: {found.email!r}")
    return found
