// Search in a site that stands on a disk: no request but for scripts beside this one, texts set as text only.
// The keys are those of src/papergraph/site/search.py.
(function () {
  "use strict";
  var SHARDS = 64, SENTENCES = 200, MOST = 50;
  var RUNS = /([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+)|([a-z0-9\u00c0-\u024f\u0370-\u04ff]+)/g;
  var names = [], tables = {}, texts = {}, loading = {}, asking = 0;
  window.papergraph = {
    names: function (rows) { names = rows; },
    keys: function (number, table) { tables[number] = table; },
    text: function (number, rows) { texts[number] = rows; },
  };
  var form = document.getElementById("search-form"), box = form.elements.q, said = document.getElementById("said");
  var lists = { names: document.getElementById("found-names"), text: document.getElementById("found-text") };
  var fold = function (text) { return text.normalize("NFKC").toLowerCase(); };
  var load = function (file) {
    return (loading[file] = loading[file] || new Promise(function (done) {
      var script = document.createElement("script");
      script.src = form.dataset.root + "search/" + file + ".js";
      script.onload = script.onerror = done;
      document.head.append(script);
    }));
  };
  var keyOf = function (term) {
    for (var match of term.matchAll(RUNS)) {
      if ((match[1] || "").length > 1) return match[1].slice(0, 2);
      if ((match[2] || "").length > 1) return match[2].slice(0, 3);
    }
    return "";
  };
  var show = function (list, href, text, note) {
    var item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("span");
    link.href = href;
    link.textContent = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
    small.textContent = " " + note;
    small.className = "quiet";
    item.append(link, small);
    list.append(item);
  };
  var rank = function (name, asked) { return name === asked ? 0 : name.startsWith(asked) ? 1 : name.includes(asked) ? 2 : 3; };
  function findNames(asked) {
    return names
      .map(function (row) { return [Math.min.apply(null, [row[0]].concat(row.slice(4)).map(function (n) { return rank(fold(n), asked); })), row]; })
      .filter(function (found) { return found[0] < 3; })
      .sort(function (a, b) { return a[0] - b[0]; })
      .map(function (found) { return found[1]; });
  }
  async function candidates(terms) {
    var left = null;
    for (var key of new Set(terms.map(keyOf).filter(Boolean))) {
      var number = (key.charCodeAt(0) * 31 + key.charCodeAt(1)) % SHARDS, at = 0;
      await load("keys-" + number);
      var ids = ((tables[number] || {})[key] || []).map(function (step) { return (at += step); });
      var known = new Set(ids);
      left = left ? left.filter(function (id) { return known.has(id); }) : ids;
    }
    return left || [];
  }
  async function findText(terms, mine) {
    var found = [];
    for (var id of await candidates(terms)) {
      if (found.length > MOST || mine !== asking) break;
      var part = Math.floor(id / SENTENCES);
      await load("text-" + part);
      var row = (texts[part] || [])[id % SENTENCES], text = row && fold(row[0]);
      if (row && terms.every(function (term) { return text.includes(term); })) found.push(row);
    }
    return found;
  }
  async function search() {
    var mine = ++asking, asked = fold(box.value).trim(), terms = asked.split(/\s+/).filter(Boolean);
    lists.names.replaceChildren();
    lists.text.replaceChildren();
    said.textContent = "";
    form.dataset.done = "";
    if (!terms.length) return;
    var named = findNames(asked), found = await findText(terms, mine);
    if (mine !== asking) return;
    named.slice(0, MOST).forEach(function (row) {
      var other = rank(fold(row[0]), asked) < 3 ? "" : row.slice(4).find(function (name) { return rank(fold(name), asked) < 3; });
      show(lists.names, row[2], row[0], form.getAttribute("data-type-" + row[1].toLowerCase()) + (other ? " · " + other : ""));
    });
    found.slice(0, MOST).forEach(function (row) { show(lists.text, row[1], row[0], row[2]); });
    var more = named.length > MOST || found.length > MOST;
    said.textContent = !named.length && !found.length ? form.dataset.none : more ? form.dataset.more : "";
    form.dataset.done = asked;
  }
  function opened() {
    // The map leads here with the name of an entity, which has a page.
    var key = "";
    try { key = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; } // no name of ours
    var row = key && names.find(function (name) { return name[3] === key; });
    if (row) location.replace(row[2]);
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  box.addEventListener("input", search);
  box.value = new URLSearchParams(location.search).get("q") || "";
  addEventListener("hashchange", opened);
  load("names").then(function () { opened(); search(); });
})();
