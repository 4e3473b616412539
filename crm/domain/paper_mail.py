"""A document in a mail to be sent by a person: an .eml draft that a mail program opens ready to be edited."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from crm.i18n import _


def paper_mail(title: str, pdf: bytes, digest: str) -> bytes:
    """Return a draft with a document attached: no sender and no receiver, for a person fills them in and sends it.

    The same document gives the same bytes: there is no date, and the boundary between the parts follows from it.

    Args:
        title: of the document; subject and name of the attachment.
        pdf: its pages.
        digest: of its facts, in full.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = title
    mail["X-Unsent"] = "1"  # Outlook opens it as a draft then
    text = _("Attached: {title}. Digest of the facts: {digest}.").format(title=title, digest=digest[:16])
    mail.set_content(text + "\n")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{title}.pdf")
    mail.set_boundary(f"xiangtu-{hashlib.sha256(pdf).hexdigest()[:32]}")
    return mail.as_bytes()
