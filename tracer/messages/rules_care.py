"""Texts: the rules on licences, checks, reports, relations and prices, TR209 and TR4xx to TR5xx (keys rule.* and finding.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "rule.TR209.title": ("未见有效许可证", "no licence on record for the days"),
    "rule.TR209.flags": (
        "主体表载有许可证栏，而向下游提供码号的主体该栏空白，或所载许可证未覆盖提供期间。",
        "A party with an onward hop whose licence cell is blank, or whose licences do not cover the days of the hop, in a parties table with a licence column.",
    ),
    "rule.TR209.evidence": (
        "主体表相应各行、相应日期的下游合同及路由记录。",
        "The party's rows, its onward contracts on those days, and the routing records of those days.",
    ),
    "rule.TR209.limits": (
        "其他材料所载许可证及许可业务范围不在比对之列；无止期的合同，不因其无止期而计入许可证届满之后。",
        "Licences that other papers name, and what a licence is for, are not looked at. An open end of a contract is not held against a licence that will end.",
    ),
    "rule.TR209.rebuttal": (
        "相应期间有效的增值电信业务经营许可证；该主体无须取得许可的说明。",
        "A licence in force on those days; grounds why the party needs none.",
    ),
    "finding.TR209": (
        "{party} 向 {downstreams} 提供 {segment}（{span}，{messages} 条），主体表许可证栏为空白。",
        "{party} provides {segment} to {downstreams} ({span}, {messages} {messages:message|messages}); its licence cell in the parties table is blank.",
    ),
    "finding.TR209.term": (
        "{party} 向 {downstreams} 提供 {segment}（{span}，{messages} 条），在案许可证 {licences} 的有效期未覆盖这些日期。",
        "{party} provides {segment} to {downstreams} ({span}, {messages} {messages:message|messages}); the term of licence {licences} on record does not cover these days.",
    ),
    "rule.TR401.title": ("未见实名核验记录", "no identity check on record"),
    "rule.TR401.flags": (
        "上游移送过实名核验记录，但未见对该下游在合作首日或之前通过的实名核验。",
        "The upstream has handed in identity checks, but none of this downstream passed on or before the hop's first day.",
    ),
    "rule.TR401.evidence": (
        "双方合同、首日路由记录，以及对该下游的实名核验记录。",
        "The contracts of the hop, the routing of its first day, and the identity checks of this downstream.",
    ),
    "rule.TR401.limits": (
        "无法区分核验记录未移送与未核验；未载日期或结果的记录视为已及时通过。",
        "It cannot tell a check that was not handed in from none; a check without a day or a result counts as passed in time.",
    ),
    "rule.TR401.rebuttal": (
        "首日或之前通过的实名核验材料；更早合作期间的核验材料。",
        "An identity check passed by the first day, or during an earlier engagement.",
    ),
    "finding.TR401": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的实名核验记录。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed identity check was on record.",
    ),
    "finding.TR401.failed": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的实名核验记录；另有不通过的记录（日期：{failed}）。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed identity check was on record. On record as not passed: {failed}.",
    ),
    "finding.TR401.later": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的实名核验记录；此后通过的记录最早为 {later}。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed identity check was on record; the first passed one is dated {later}.",
    ),
    "finding.TR401.later.failed": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的实名核验记录；此后通过的记录最早为 {later}；另有不通过的记录（日期：{failed}）。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed identity check was on record; the first passed one is dated {later}. On record as not passed: {failed}.",
    ),
    "rule.TR402.title": ("未见内容审核记录", "no content check on record"),
    "rule.TR402.flags": (
        "上游移送过内容审核记录，但未见对该下游在合作首日或之前通过的内容审核。",
        "The upstream has handed in content checks, but none of this downstream passed on or before the hop's first day.",
    ),
    "rule.TR402.evidence": (
        "双方合同、首日路由记录，以及对该下游的内容审核记录。",
        "The contracts of the hop, the routing of its first day, and the content checks of this downstream.",
    ),
    "rule.TR402.limits": (
        "无法区分审核记录未移送与未审核；未载日期或结果的记录视为已及时通过；逐条审核可能只存于平台日志。",
        "It cannot tell a check that was not handed in from none; a check without a day or a result counts as passed in time; message-by-message checks may stand in platform logs only.",
    ),
    "rule.TR402.rebuttal": (
        "首日或之前通过的内容审核或模板报备材料。",
        "A content check, or filed templates, passed by the first day.",
    ),
    "finding.TR402": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的内容审核记录。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed content check was on record.",
    ),
    "finding.TR402.failed": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的内容审核记录；另有不通过的记录（日期：{failed}）。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed content check was on record. On record as not passed: {failed}.",
    ),
    "finding.TR402.later": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的内容审核记录；此后通过的记录最早为 {later}。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed content check was on record; the first passed one is dated {later}.",
    ),
    "finding.TR402.later.failed": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的内容审核记录；此后通过的记录最早为 {later}；另有不通过的记录（日期：{failed}）。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed content check was on record; the first passed one is dated {later}. On record as not passed: {failed}.",
    ),
    "rule.TR403.title": ("未见客户合同审核记录", "no check of customer contracts on record"),
    "rule.TR403.flags": (
        "上游移送过客户合同审核记录，但未见对该下游在合作首日或之前通过的合同审核。",
        "The upstream has handed in checks of customer contracts, but none of this downstream passed on or before the hop's first day.",
    ),
    "rule.TR403.evidence": (
        "双方合同、首日路由记录，以及对该下游的合同审核记录。",
        "The contracts of the hop, the routing of its first day, and the contract checks of this downstream.",
    ),
    "rule.TR403.limits": (
        "无法区分审核记录未移送与未审核；未载日期或结果的记录视为已及时通过。",
        "It cannot tell a check that was not handed in from none; a check without a day or a result counts as passed in time.",
    ),
    "rule.TR403.rebuttal": (
        "首日或之前通过的客户合同审核或报备材料。",
        "A check or filing of the customer's contracts passed by the first day.",
    ),
    "finding.TR403": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的客户合同审核记录。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed check of customer contracts was on record.",
    ),
    "finding.TR403.failed": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的客户合同审核记录；另有不通过的记录（日期：{failed}）。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed check of customer contracts was on record. On record as not passed: {failed}.",
    ),
    "finding.TR403.later": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的客户合同审核记录；此后通过的记录最早为 {later}。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed check of customer contracts was on record; the first passed one is dated {later}.",
    ),
    "finding.TR403.later.failed": (
        "{upstream} 与 {downstream} 就 {segment} 合作（所查日期 {span}，{messages} 条），合作首日及之前未见通过的客户合同审核记录；此后通过的记录最早为 {later}；另有不通过的记录（日期：{failed}）。",
        "{upstream} and {downstream} dealt in {segment} (days looked at: {span}; {messages} {messages:message|messages}); on and before their first day, no passed check of customer contracts was on record; the first passed one is dated {later}. On record as not passed: {failed}.",
    ),
    "rule.TR404.title": ("报案后同号码继续发送", "messages after a report"),
    "rule.TR404.flags": (
        "某号码的涉诈短信首次报案之后的日期，该号码在该环节仍有短信；上游经通知有据的，自通知日起算。",
        "Messages of a hop under a number on days after a fraud message from it was first reported; where the upstream is on record as notified, from that day.",
    ),
    "rule.TR404.evidence": (
        "首次报案记录、通知记录，以及此后日期的路由记录。",
        "The first report, the record of the notification, and the routing records of later days.",
    ),
    "rule.TR404.limits": (
        "报案本身不等于各方知情；此后的短信可能属于其他客户且内容正常。",
        "A report by itself is not known to the parties; later messages may be other customers', and harmless.",
    ),
    "rule.TR404.rebuttal": (
        "接到通知后的处置记录；此后短信与所报案短信无关的证明。",
        "What was done once notified; proof that the later messages have nothing to do with those reported.",
    ),
    "finding.TR404": (
        "号码 {segment} 的涉诈短信于 {since} 首次报案，此后 {upstream} 仍接收 {downstream} 以该号码发送的短信 {messages} 条（{span}）；未见 {upstream} 获通知的记录。",
        "A fraud message from {segment} was first reported on {since}; {upstream} accepted {messages} {messages:message|messages} under it from {downstream} after that day ({span}). No record shows that {upstream} was notified.",
    ),
    "finding.TR404.notified": (
        "就号码 {segment} 的涉诈短信报案，记录显示 {upstream} 已获通知；{since} 之后 {upstream} 仍接收 {downstream} 以该号码发送的短信 {messages} 条（{span}）。",
        "{upstream} is on record as notified of a fraud message from {segment}; after {since} it accepted {messages} {messages:message|messages} under it from {downstream} ({span}).",
    ),
    "finding.TR404.undated": (
        "号码 {segment} 的涉诈短信于 {since} 首次报案，此后 {upstream} 仍接收 {downstream} 以该号码发送的短信 {messages} 条（{span}）；记录显示 {upstream} 已获通知，但未载日期。",
        "A fraud message from {segment} was first reported on {since}; {upstream} accepted {messages} {messages:message|messages} under it from {downstream} after that day ({span}). {upstream} is on record as notified, on a day not stated.",
    ),
    "rule.TR501.title": ("上下游存在关联", "related parties"),
    "rule.TR501.flags": (
        "上下游双方的法定代表人、地址或电话相同，或在关联关系表中有记载。",
        "Both ends of a hop state the same legal representative, address or phone, or a relation of theirs is declared.",
    ),
    "rule.TR501.evidence": (
        "载明相同内容的主体表各行、关联关系记录，以及双方合同或路由记录。",
        "The rows that state what is shared, the relations, and the contracts or routing of the hop.",
    ),
    "rule.TR501.limits": (
        "同名、同楼、代理机构电话相同均属常见；关联关系不说明任何一方知悉何事。",
        "People share names, firms share buildings and agents' phones; a relation says nothing of what either knew.",
    ),
    "rule.TR501.rebuttal": (
        "同名非同一人、地址或电话系共用或代办机构所有的证明；关联关系已解除的证明。",
        "Proof that the persons differ, that the address or phone is shared or an agent's, or that the relation had ended.",
    ),
    "finding.TR501": (
        "{upstream} 与 {downstream}（{segment}，{span}）在主体表中的下列内容相同：{shared}。",
        "{upstream} and {downstream} ({segment}, {span}) state the same in the parties table: {shared}.",
    ),
    "finding.TR501.declared": (
        "{upstream} 与 {downstream}（{segment}，{span}）之间载有关联关系：{declared}。",
        "A relation of {upstream} and {downstream} ({segment}, {span}) is declared: {declared}.",
    ),
    "finding.TR501.both": (
        "{upstream} 与 {downstream}（{segment}，{span}）在主体表中的下列内容相同：{shared}。另载有双方的关联关系：{declared}。",
        "{upstream} and {downstream} ({segment}, {span}) state the same in the parties table: {shared}. A relation is declared, too: {declared}.",
    ),
    "rule.TR502.title": ("合同单价差", "spread of contract prices"),
    "rule.TR502.flags": (
        "同一号码、同一日期，向下游的合同单价高于同期上游合同的最高单价。",
        "For a number and day, the onward contract price lies above the highest incoming contract price in force.",
    ),
    "rule.TR502.evidence": (
        "双方合同、相应日期的路由记录及在案结算记录；金额为单价差乘以短信条数之和，系下限，结算款另列，不相加。",
        "Those contracts, the routing of those days, and the payments on record. The amount is the difference times messages, a lower bound; payments are shown beside it, never added.",
    ),
    "rule.TR502.limits": (
        "单价为合同所载，非实际结算；成本、退款、保底量、税费不在其内；运营商接入费不计；仅有计费条数的日志不计。",
        "Prices are of contracts, not of what was billed; costs, refunds, minimum volumes and taxes are not seen; carriers' charges, and logs that count billed parts only, are left out.",
    ),
    "rule.TR502.rebuttal": (
        "实际结算单、发票、退款凭证；成本材料；单价条款已变更的补充协议。",
        "Settlements, invoices, refunds; papers on costs; a supplement that changed the price.",
    ),
    "finding.TR502": (
        "{upstream} 就 {segment} 向 {downstream} 的合同单价高于其上游 {above} 的合同单价（{span}，{messages} 条），按单价差计至少 {amount} 元；未见双方结算记录。",
        "{upstream} charges {downstream} more for {segment} by contract than {above} charges it ({span}, {messages} {messages:message|messages}): at least {amount} yuan by the difference. No payments between them are on record.",
    ),
    "finding.TR502.paid": (
        "{upstream} 就 {segment} 向 {downstream} 的合同单价高于其上游 {above} 的合同单价（{span}，{messages} 条），按单价差计至少 {amount} 元；另有 {downstream} 向其付款记录 {payments} 笔，共 {paid} 元，未计入。",
        "{upstream} charges {downstream} more for {segment} by contract than {above} charges it ({span}, {messages} {messages:message|messages}): at least {amount} yuan by the difference. Beside it, not added: {payments} {payments:payment|payments} from {downstream} on record, {paid} yuan in all.",
    ),
}
