"""The domain: plain values in, plain values out.

No Django, no database server, no network, no clock and no luck that is not passed in.
The stages follow the corridor (see docs/architecture.md); a stage never imports a later one.
"""
