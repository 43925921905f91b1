"""A mail server (aiosmtpd) that behaves as the recipient says.

lento@...     the first mail is read and never answered
ocupado@...   each mail is put off once (451)
nadie@...     refused (550)

Each accepted mail becomes a file in the folder of the first argument. The port comes on
the first line of standard output; `begun` when a mail for lento@ was read. The second
argument is the port to take, 0 for any.
"""

import asyncio
import pathlib
import sys
import uuid

from aiosmtpd.smtp import SMTP

FOLDER = pathlib.Path(sys.argv[1])
FOLDER.mkdir(exist_ok=True)
SEEN = set()


def say(line):
    print(line, flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nadie@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        is_first = recipient not in SEEN
        SEEN.add(recipient)
        if recipient.startswith("lento@") and is_first:
            say("begun")
            await asyncio.sleep(3600)
        if recipient.startswith("ocupado@") and is_first:
            return "451 come back later"
        unfinished = FOLDER / (uuid.uuid4().hex + ".part")
        unfinished.write_bytes(envelope.content)
        unfinished.rename(unfinished.with_suffix(".eml"))
        return "250 taken"


async def main():
    loop = asyncio.get_running_loop()
    port = int(sys.argv[2])
    server = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", port)
    say(server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
