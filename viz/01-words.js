"use strict";
// Every word that the page says, in both languages; data-say attributes and say() look them up here.
const WORDS = {
  en: {
    search: "Search names (/)", confidence: "confidence ≥", fit: "Fit", back: "← Whole graph", zoomIn: "Zoom in", zoomOut: "Zoom out",
    theme: "Light or dark", graph: "Graph; click a node or press / to search", legend: "Legend", types: "Things", relations: "Relations",
    close: "Close", also: "also", upstream: "What it builds on", downstream: "What builds on it", around: "Zoom to it", uses: "uses",
    notes: "notes", more: "more places", none: "Nothing found", not: "not", year: "year", venue: "venue", code: "code", memoryGB: "memory GB",
    hardwareClass: "class", vendor: "vendor", see: "see", lineageNone: "No lineage in these notes", negative: "Denied claims", alone: "Unrelated",
    Paper: "Paper", Method: "Method", Model: "Model", Institution: "Institution", Hardware: "Hardware", Dataset: "Dataset", Topic: "Topic", Person: "Person",
    builds: "builds on", made: "made by", parts: "uses", compares: "compared", runs: "hardware", data: "data", filed: "topic",
    introduces: "introduces", affiliatedWith: "affiliated with", extends: "extends", improvesOn: "improves on", outperforms: "outperforms",
    comparedWith: "compared with", targetsHardware: "targets", measuredOn: "measured on", evaluatedOn: "evaluated on", trainedOn: "trained on",
    hasTopic: "topic", authoredBy: "by", broader: "part of", of: "←",
    path: "Path to …", pathTo: "Choose where to: search, or click a node", pathNone: "No path in what is shown", asTable: "Table", exportAs: "Export",
    from: "from", to: "to", relation: "relation", score: "confidence", evidence: "evidence",
  },
  zh: {
    search: "搜索名称（/）", confidence: "置信度 ≥", fit: "全图", back: "← 返回全图", zoomIn: "放大", zoomOut: "缩小",
    theme: "明暗", graph: "关系图；点击节点，或按 / 搜索", legend: "图例", types: "事物", relations: "关系",
    close: "关闭", also: "又名", upstream: "它基于什么", downstream: "什么基于它", around: "放大到此", uses: "使用",
    notes: "笔记", more: "处更多", none: "没有找到", not: "否定", year: "年份", venue: "会议", code: "代码", memoryGB: "显存 GB",
    hardwareClass: "类别", vendor: "厂商", see: "链接", lineageNone: "笔记中没有它的脉络", negative: "被否定的说法", alone: "无关系的",
    Paper: "论文", Method: "方法", Model: "模型", Institution: "机构", Hardware: "硬件", Dataset: "数据集", Topic: "主题", Person: "人物",
    builds: "建立于", made: "出处", parts: "使用", compares: "比较", runs: "硬件", data: "数据", filed: "主题",
    introduces: "提出", affiliatedWith: "所属机构", extends: "扩展", improvesOn: "改进", outperforms: "优于",
    comparedWith: "对比", targetsHardware: "面向硬件", measuredOn: "测于", evaluatedOn: "评测于", trainedOn: "训练于",
    hasTopic: "主题", authoredBy: "作者", broader: "属于", of: "←",
    path: "到……的路径", pathTo: "选择终点：搜索，或点击节点", pathNone: "在所示范围内没有路径", asTable: "表格", exportAs: "导出",
    from: "从", to: "到", relation: "关系", score: "置信度", evidence: "证据",
  },
};
let language = (navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en";
const say = (key) => WORDS[language][key] ?? key;

function sayEverywhere() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-say]")) {
    const attribute = element.dataset.sayAttribute;
    if (attribute) element.setAttribute(attribute, say(element.dataset.say));
    else element.textContent = say(element.dataset.say);
  }
  document.getElementById("language").textContent = language === "zh" ? "English" : "中文";
}

// The only way in which this page makes elements: text is text, whatever it holds.
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "colour") element.style.color = element.style.borderColor = element.style.background = value;
    else element.setAttribute(key, value);
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}
