"""The case against one party: what it did, with whom, what it earned, whom it reached.

`codecase` lays one code open; `standing` is a party's place in it; `gain` what it earned, on
record or by price; `factors` puts the factors side by side, party by party, `weights` reads the
user's own weights and makes shares of them; `party` is all of one party, `relations` and `links`
how several relate. Every figure names its records; none of it says what anyone is liable for.
"""
