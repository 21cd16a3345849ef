import pytest

from tracer.ingest.columns import TABLES, Column, Table, column_label, find_table, table_label
from tracer.ingest.headers import fold_header

# The least that formats.md asks for, word for word.
PROMISED = {
    "parties": {
        "name": "名称 单位名称 企业名称 公司名称 主体名称",
        "uscc": "统一社会信用代码 信用代码 社会信用代码 税号",
        "former_names": "曾用名",
        "kind": "主体类型",
        "legal_representative": "法定代表人 法人",
        "address": "地址 注册地址 住所",
        "phone": "电话 联系电话",
        "licence_no": "许可证号 经营许可证 增值电信许可证",
        "licence_from": "",
        "licence_to": "许可证有效期至",
        "status": "状态",
        "role": "诉讼地位",
    },
    "allocations": {
        "segment": "码号 号段 接入代码 服务接入代码 分配号段",
        "holder": "持有人 码号使用者 码号使用单位 持证单位 号码持有人 获批单位",
        "holder_uscc": "",
        "authority": "分配机关 核发机关",
        "certificate_no": "证书编号 码号证书",
        "purpose": "用途",
        "region": "使用范围 地区",
        "valid_from": "生效日期 起始日期 核配日期",
        "valid_to": "失效日期 终止日期 到期日 有效期至",
        "source_ref": "卷宗页码 出处",
    },
    "contracts": {
        "contract_no": "合同编号 合同号 协议编号 协议号",
        "upstream": "上游 上家 出租方 转出方 提供方",
        "upstream_uscc": "",
        "downstream": "下游 下家 承租方 转入方 使用方",
        "downstream_uscc": "",
        "segments": "号段 码号 使用号段 接入号",
        "title": "合同名称",
        "kind": "合同类型",
        "right": "让渡权利",
        "signed_on": "签订日期 签署日期 签约时间",
        "valid_from": "生效日期 起始日期",
        "valid_to": "失效日期 终止日期 到期日 有效期至",
        "unit_price": "单价 结算价 资费",
        "sublease_clause": "转租条款 禁止转租",
        "approval_no": "批准文号",
        "terminated_on": "解除日期",
        "renews": "自动续期",
        "amends": "主合同编号",
        "region": "",
        "purpose": "",
        "source_ref": "卷宗页码 出处",
    },
    "accounts": {
        "platform": "平台 平台方",
        "account": "账号 帐号 接入账号 客户账号 userid client_id system_id",
        "party": "使用方 客户 开户主体",
        "appends": "追加扩展码",
        "valid_from": "",
        "valid_to": "",
    },
    "routing": {
        "sent_at": "发送时间 提交时间 下发时间 submit_time send_time created_at",
        "number": "源号码 主叫号码 接入号 端口号 src_id spnumber srctermid source_addr",
        "extension": "扩展码 扩展号 子端口 extend extno",
        "upstream": "上游 上家 接收平台",
        "downstream": "下游 下家 提交方 客户",
        "account": "",
        "messages": "短信条数 条数",
        "parts": "计费条数 拆分条数 pdu_count",
        "message_id": "消息id 流水号 msgid msg_id",
        "recipient": "手机号 被叫号码 mobile destination_addr",
        "content": "短信内容 内容 short_message",
        "status": "状态 状态码",
        "reported_by": "日志提供方 提供单位",
    },
    "incidents": {
        "number": "",
        "received_at": "收到时间 接收时间",
        "victim": "受害人",
        "recipient": "",
        "loss": "损失金额 被骗金额",
        "content": "",
        "case_no": "案号",
        "reported_at": "报案时间",
        "notified_party": "被通知单位",
        "notified_on": "通知日期",
    },
    "checks": {
        "upstream": "",
        "downstream": "",
        "kind": "审核类型",
        "done_on": "审核日期",
        "result": "审核结果",
        "source_ref": "",
    },
    "openings": {
        "carrier": "运营商",
        "segment": "码号 接入代码",
        "user": "开通用户 使用单位",
        "opened_on": "",
        "closed_on": "",
        "purpose": "",
        "region": "",
    },
    "payments": {
        "payer": "付款方",
        "payee": "收款方",
        "amount": "金额",
        "paid_on": "付款日期",
        "period_from": "",
        "period_to": "",
        "messages": "",
        "contract_no": "",
        "source_ref": "",
    },
    "relations": {
        "party_a": "",
        "party_b": "",
        "kind": "关系类型",
        "share": "持股比例",
        "valid_from": "",
        "valid_to": "",
        "source_ref": "",
    },
}
REQUIRED = {
    "parties": "name",
    "allocations": "segment holder",
    "contracts": "contract_no upstream downstream",
    "accounts": "platform account party",
    "routing": "sent_at number upstream",
    "incidents": "number received_at",
    "checks": "upstream downstream kind",
    "openings": "carrier segment user",
    "payments": "payer payee amount paid_on",
    "relations": "party_a party_b kind",
}
ANYWHERE = {
    "document": "原件 扫描件 附件",
    "page": "页码",
    "obtained_from": "来源单位",
    "obtained_on": "调取日期",
}


def spellings(table: Table, column: Column) -> set[str]:
    labels = (column_label(table.name, column.name, lang) for lang in ("zh", "en"))
    return {fold_header(word)[0] for word in (column.name, *labels, *column.aliases)}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_the_columns_and_spellings_promised(table: Table) -> None:
    promised = {**PROMISED[table.name], **ANYWHERE}
    assert {column.name for column in table.columns if not column.is_told} == set(promised)
    for name, words in promised.items():
        accepted = spellings(table, table.column(name))
        assert {fold_header(word)[0] for word in words.split()} <= accepted
        assert fold_header(name)[0] in accepted
    assert list(table.required) == REQUIRED[table.name].split()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_spelling_means_two_columns_of_one_table(table: Table) -> None:
    owners: dict[str, str] = {}
    for column in table.columns:
        for word in spellings(table, column):
            assert owners.setdefault(word, column.name) == column.name, word


def test_routing_takes_a_downstream_or_an_account() -> None:
    routing = find_table("routing")
    both = {"sent_at", "number", "upstream"}
    assert routing.missing(both) == ("downstream",)
    assert routing.missing(both | {"account"}) == ()
    assert routing.missing(both | {"downstream"}) == ()


def test_labels_are_said_in_both_languages() -> None:
    for table in TABLES:
        assert table_label(table.name, "zh") != table_label(table.name, "en")
        for column in table.columns:
            zh, en = (column_label(table.name, column.name, lang) for lang in ("zh", "en"))
            assert zh
            assert en.isascii()


def test_an_unknown_table_is_none() -> None:
    with pytest.raises(KeyError):
        find_table("invoices")
