"""Where a number is handed on without an approval on record: what TR201, TR208 and TR210 share."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from tracer.graph.regions import EMPTY, Region
from tracer.graph.survey import Survey
from tracer.graph.traffic import Pair
from tracer.model.evidence import Contract
from tracer.rules.classes import serves_third_parties
from tracer.rules.holdings import Holdings

__all__ = ["Approvals"]


class Approvals:
    """Approval numbers on record, and the hops of a scope that need one and have none.

    Parameters
    ----------
    found : Survey
        Of the scope.
    holdings : Holdings
        Who holds what in it.
    unsegmented : Mapping of Pair to iterable of Contract
        Contracts that name no segment (`Particulars.unsegmented`): an approval may stand in one.
    """

    def __init__(
        self,
        found: Survey,
        holdings: Holdings,
        unsegmented: Mapping[Pair, Iterable[Contract]],
    ) -> None:
        self._found = found
        self._holdings = holdings
        self._unsegmented = unsegmented
        self._algebra = found.scope.regions

    @cached_property
    def unapproved(self) -> Mapping[str, list[tuple[str, Region]]]:
        """By party: to whom it hands on a number it holds by contract alone, unapproved; where.

        Where (TR201): at points at which the upstream's only claim is a contract, the hop is
        evidenced, no contract of it with an approval number covers, the downstream is not the
        holder, and it is no service of an end customer under a code meant for that. Sorted.
        """
        holdings, found = self._holdings, {}
        for party, ways in self._found.hops.onward.items():
            if party not in holdings.upstreams:
                continue
            held = holdings.held_by_contract(party)
            held = self._algebra.less(held, holdings.allocated_to(party))
            handed = self._algebra.meet_each(held, ways)
            if held and (unapproved := list(self._unapproved(party, handed))):
                found[party] = unapproved
        return found

    def _unapproved(
        self, party: str, handed: Iterable[tuple[str, Region]]
    ) -> Iterator[tuple[str, Region]]:
        holders, may_be_excepted = self._found.scope.holders, self._may_be_excepted
        for downstream, where in handed:
            region = where
            if downstream in holders:
                region = self._algebra.less(region, holders[downstream])
            if may_be_excepted:
                region = self._not_excepted((party, downstream), region)
            if region:
                yield downstream, region

    @cached_property
    def _may_be_excepted(self) -> bool:
        """Whether any approval is on record for the scope, or any service of an end customer."""
        kinds = {contract.kind: contract for contract in self._found.evidence.contracts}
        serves = any(contract.is_end_customer_service for contract in kinds.values())
        return bool(self._approved or serves)

    def _not_excepted(self, pair: Pair, region: Region) -> Region:
        if any(c.approval_no and not c.amends for c in self._unsegmented.get(pair, ())):
            return EMPTY  # a framework contract: its approval may be for any of them
        contracts = self._found.scope.papers.get(pair, ())
        algebra, region_of = self._algebra, self._holdings.region_of
        approved = [c for c in contracts if self.is_approved(c)]
        if approved:
            region = algebra.less(region, region_of(approved))
        number = self._found.evidence.number
        served = [_as_far_as_served(c, number) for c in contracts if c.is_end_customer_service]
        if region and served:
            onward = algebra.cover(where for _, where in self._found.hops.onward.get(pair[1], ()))
            region = algebra.less(region, algebra.less(region_of(served), onward))
        return region

    @cached_property
    def _approved(self) -> frozenset[tuple[str, str, str]]:
        """Contracts with an approval number, of all days: ends and number.

        A supplement that names no segment has it for the contract it amends.
        """
        found = {
            (c.upstream, c.downstream, c.contract_no)
            for c in self._found.evidence.contracts
            if c.approval_no
        }
        for pair, contracts in self._unsegmented.items():
            for c in contracts:
                if c.approval_no:
                    found |= {(*pair, number) for number in (c.contract_no, c.amends) if number}
        return frozenset(found)

    def is_approved(self, contract: Contract) -> bool:
        """Tell whether some row of a contract, or the one it amends, states an approval number."""
        if not self._approved:
            return False
        ends = (contract.upstream, contract.downstream)
        numbers = (contract.contract_no, contract.amends or contract.contract_no)
        return any((*ends, number) in self._approved for number in numbers)


def _as_far_as_served(contract: Contract, number: str) -> Contract:
    """Leave only the segments that, cut to the scope, are there to serve customers with."""
    served = tuple(
        s for s in contract.segments if serves_third_parties(max(s.prefix, number, key=len))
    )
    return contract._replace(segments=served)
