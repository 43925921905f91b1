"""A mail server (aiosmtpd) that behaves as the recipient says.

lento@...     the first mail is read and never answered
ocupado@...   each mail is put off once (451)
nadie@...     refused (550)
ajeno@...     the first mail is taken for one that is to be relayed (554 5.7.1)
basura@...    the first mail is refused after it was read (554)

A sender nuevo@... is unknown at first (550 5.7.60), and whoever logs in has a wrong password
the first time (535).

Each accepted mail becomes a file in the folder of the first argument. The port comes on
the first line of standard output; `begun` when a mail for lento@ was read. The second
argument is the port to take, 0 for any.
"""

import asyncio
import pathlib
import sys
import uuid

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER = pathlib.Path(sys.argv[1])
FOLDER.mkdir(exist_ok=True)
SEEN = set()


def say(line):
    print(line, flush=True)


def is_first(thing):
    first = thing not in SEEN
    SEEN.add(thing)
    return first


def authenticate(server, session, envelope, mechanism, login):
    if is_first("login"):
        return AuthResult(success=False, handled=False, message="535 5.7.8 no such password")
    return AuthResult(success=True)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("nuevo@") and is_first(address):
            return "550 5.7.60 not allowed to send as this sender"
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nadie@"):
            return "550 no such person"
        if address.startswith("ajeno@") and is_first(address):
            return f"554 5.7.1 <{address}>: Relay access denied"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        first = is_first(("data", recipient))
        if recipient.startswith("lento@") and first:
            say("begun")
            await asyncio.sleep(3600)
        if recipient.startswith("ocupado@") and first:
            return "451 come back later"
        if recipient.startswith("basura@") and first:
            return "554 this looks like rubbish"
        unfinished = FOLDER / (uuid.uuid4().hex + ".part")
        unfinished.write_bytes(envelope.content)
        unfinished.rename(unfinished.with_suffix(".eml"))
        return "250 taken"


async def main():
    loop = asyncio.get_running_loop()
    port = int(sys.argv[2])
    smtp = lambda: SMTP(Handler(), authenticator=authenticate, auth_require_tls=False)
    server = await loop.create_server(smtp, "127.0.0.1", port)
    say(server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
