// The query editor: CodeMirror over the form's textarea, which stays what is sent and what works without scripts.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const KEYWORDS = (
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS VALUES BIND AS ORDER BY GROUP BY HAVING LIMIT OFFSET DESC ASC " +
  "COUNT SUM MIN MAX AVG GROUP_CONCAT SEPARATOR REGEX CONTAINS STRSTARTS LANG STR IN NOT EXISTS CONSTRUCT ASK DESCRIBE"
).split(" ");

/** Returns what fits at the cursor: variables of the query, terms behind a prefix, names by what they are called. */
function complete(words) {
  const keywords = [...new Set(KEYWORDS)].map((label) => ({ label, type: "keyword", boost: -1 }));
  const prefixes = Object.keys(words.prefixes).map((p) => ({ label: `${p}:`, type: "namespace", boost: -2 }));
  const terms = words.terms.map((label) => ({ label, type: "property" }));
  const names = words.names.map(([term, name]) => ({
    label: term,
    detail: name,
    displayLabel: name,
    type: "constant",
    apply: term,
  }));
  const byName = words.names.map(([term, name]) => ({ label: name, detail: term, type: "constant", apply: term, boost: -3 }));
  return (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const found = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
      found.delete(variable.text);
      return { from: variable.from, options: [...found].map((label) => ({ label, type: "variable" })) };
    }
    const term = context.matchBefore(/[\w-]+:[\w.-]*/);
    if (term) return { from: term.from, options: [...terms, ...names.map(({ displayLabel, ...n }) => n)], validFor: /^[\w:.-]*$/ };
    const word = context.matchBefore(/[\w\u3400-\u9fff-]+/);
    if (!word && !context.explicit) return null;
    return {
      from: word ? word.from : context.pos,
      options: [...keywords, ...prefixes, ...terms, ...byName],
      validFor: /^[\w\u3400-\u9fff -]*$/,
    };
  };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--method)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--mark)" },
  { tag: tags.string, color: "var(--model)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.atom, tags.tagName, tags.propertyName, tags.number], color: "var(--link)" },
]);

const looks = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: ".9rem" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace', minHeight: "11rem" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--quiet)", border: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--line) !important" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--card)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--card)", backgroundColor: "var(--link)" },
  ".cm-completionDetail": { color: "inherit", opacity: ".7", fontStyle: "normal" },
});

function start() {
  const form = document.getElementById("ask");
  const area = document.getElementById("query");
  const place = document.getElementById("editor");
  const words = JSON.parse(document.getElementById("terms").textContent);
  // In a shadow root the editor adopts its style sheets, which the page's policy allows; it would inline them elsewhere.
  const root = place.attachShadow({ mode: "open" });
  const send = () => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        autocompletion({ override: [complete(words)], maxRenderedOptions: 40 }),
        keymap.of([
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run: send },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "SPARQL" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
        looks,
      ],
    }),
  });
  area.hidden = true;
  place.hidden = false;
  const label = form.querySelector('label[for="query"]');
  label?.addEventListener("click", () => view.focus());
}

start();
