"""The command line (命令行): plans read, audited and kept from a terminal or a script.

``hexi COMMAND …`` has one module a command. The entry point imports nothing of the engine, so
that help appears at once; the module of the command that was named is loaded when it is named.
"""

from hexi.cli.entry import main

__all__ = ["main"]
