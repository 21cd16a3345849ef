"""Logs of real gateways, which are not shaped like the tables: a profile says how to read one.

A profile is a TOML file: which of the log's columns are which, what it leaves unsaid, how its
times are written, on which end of a hop the owner of the log stands. Those of the program lie
beside this module.
"""

from tracer.ingest.profiles.declaration import Profile, find_profile, shipped_profiles

__all__ = ["Profile", "find_profile", "shipped_profiles"]
