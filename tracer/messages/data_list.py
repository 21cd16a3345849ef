"""Texts: the list of electronic data, and the rows that were used (keys data_list.*, extract.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "data_list.title": ("电子数据清单", "List of electronic data"),
    "data_list.head.no": ("序号", "no."),
    "data_list.head.file": ("文件名", "file"),
    "data_list.head.class": ("类别", "class"),
    "data_list.head.form": ("文件格式", "format"),
    "data_list.head.size": ("大小（字节）", "bytes"),
    "data_list.head.sha256": ("SHA-256", "SHA-256"),
    "data_list.head.sm3": ("SM3", "SM3"),
    "data_list.head.origin": ("来源单位", "obtained from"),
    "data_list.head.received": ("接收时间", "received"),
    "data_list.head.method": ("提取方法", "method"),
    "data_list.head.receiver": ("提取人", "received by"),
    "data_list.head.owner": ("持有人", "holder"),
    "data_list.head.remark": ("备注", "remarks"),
    "data_list.kind.source": ("载入的表格或日志", "table or log that was loaded"),
    "data_list.kind.document": ("表格所列文件", "document named in a table"),
    "data_list.kind.beside": ("随同读取的文件", "file it was read with"),
    "data_list.absent": ("载入时即不在", "not there when its table was loaded"),
    "data_list.method": ("原样复制、计算摘要后载入", "copied as it was, digests taken, loaded"),
    "data_list.rows": (
        "读取 {rows} 行，载入 {loaded}，拒收 {rejected}，重复 {duplicates}",
        "{rows} {rows:row|rows} read, {loaded} loaded, {rejected} rejected, {duplicates} {duplicates:duplicate|duplicates}",
    ),
    "data_list.retracted": ("已撤回：{reason}", "withdrawn: {reason}"),
    "extract.head.record": ("记录编号", "record"),
    "extract.head.table": ("表", "table"),
    "extract.head.file": ("文件", "file"),
    "extract.head.sheet": ("工作表", "sheet"),
    "extract.head.row": ("起始行", "first row"),
    "extract.head.last_row": ("末行", "last row"),
    "extract.head.sha256": ("文件 SHA-256", "SHA-256 of the file"),
    "extract.head.cells": ("原文（JSON）", "cells as they read (JSON)"),
}
"""Keys data_list.* and extract.*."""
