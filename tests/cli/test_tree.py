from typing import Any

from tracer.cli.tree import Branch, grow


def _shape(branch: Branch) -> Any:
    mark = ("=", branch.same_as.number) if branch.same_as else branch.number or None
    below = [] if branch.same_as else [_shape(each) for each in branch.below]
    return (branch.party, mark, below)


def test_chains_with_a_common_beginning_share_it(papers: Any) -> None:
    (root,) = grow(papers.circle())
    assert _shape(root) == (
        "H", None, [("A", None, [("B", None, [("C", None, [("X", None, [])])])])],
    )  # fmt: skip


def test_a_chain_that_ends_in_a_cycle_says_where_it_returns_to(papers: Any) -> None:
    (at,) = grow(papers.circle())
    while at.party != "C":
        (at,) = at.below
    assert at.back == ("A",)


def test_a_hop_back_on_other_days_is_no_return_of_this_chain(papers: Any) -> None:
    from datetime import date

    trace = papers.circle()
    early = (date(2023, 7, 1), date(2023, 7, 31))
    chains = [
        papers.chain("H", "A", "B", "C", ends=("cycle",), first_day=early[0], last_day=early[1])
    ]
    (at,) = grow(papers.trace(trace.hops, chains, trace.parties))
    while at.below:
        (at,) = at.below
    assert at.back == ()


def test_equal_trees_are_drawn_once(papers: Any) -> None:
    (root,) = grow(papers.merge())
    c_below: list[Any] = [("D", None, []), ("E", None, [])]
    assert _shape(root) == (
        "H",
        None,
        [
            ("A", None, [("C", 1, c_below)]),
            ("B", None, [("C", ("=", 1), []), ("F", None, [])]),
        ],
    )


def test_unequal_trees_are_not_taken_for_one_another(papers: Any) -> None:
    trace = papers.merge()
    chains = [each for each in trace.chains if each.parties != ("H", "B", "C", "E")]
    (root,) = grow(papers.trace(trace.hops, chains, trace.parties))
    under_a, under_b = root.below[0].below[0], root.below[1].below[0]
    assert (under_a.party, under_b.party) == ("C", "C")
    assert under_b.same_as is None
    assert [each.party for each in under_b.below] == ["D"]


def test_an_end_that_differs_makes_a_tree_differ(papers: Any) -> None:
    trace = papers.merge()
    ends = papers.chain("H", "B", "C", maximal=False)
    (root,) = grow(papers.trace(trace.hops, [*trace.chains, ends], trace.parties))
    assert root.below[1].below[0].same_as is None


def test_roots_stand_holders_first_and_none_is_left_out(papers: Any) -> None:
    roots = grow(papers.broken())
    assert [root.party for root in roots] == ["H", "G", "U"]
    assert roots[0].below == []


def test_the_order_of_chains_does_not_matter(papers: Any) -> None:
    trace = papers.merge()
    turned = papers.trace(trace.hops, list(reversed(trace.chains)), trace.parties)
    assert _shape(grow(turned)[0]) == _shape(grow(trace)[0])


def test_very_long_chains_are_no_trouble(papers: Any) -> None:
    names = [f"P{at:05d}" for at in range(3000)]
    trace = papers.trace((), [papers.chain(*names)], [papers.party(names[0], 0)])
    (at,) = grow(trace)
    depth = 1
    while at.below:
        (at,), depth = at.below, depth + 1
    assert depth == 3000


def test_the_tree_of_a_dense_trace_stays_small(papers: Any) -> None:
    """5 layers of 3: 243 chains, but 3 lines and 6 references a layer."""
    import itertools

    layers = [[f"{layer}{at}" for at in "abc"] for layer in range(5)]
    chains = [papers.chain("H", *way) for way in itertools.product(*layers)]
    (root,) = grow(papers.trace((), chains, [papers.party("H", 0)]))
    drawn = 0
    ahead = [root]
    while ahead:
        branch = ahead.pop()
        drawn += 1
        if branch.same_as is None:
            ahead += branch.below
    assert drawn == 1 + 3 + 9 * 4
