// The menu of exports: each makes a file of what is seen.
import type { Details } from "./details";
import { make } from "./dom";
import { toCsv } from "./export/csv";
import { download, toPng } from "./export/download";
import { toGraphml } from "./export/graphml";
import type { Seen } from "./export/seen";
import { toSvg } from "./export/svg";
import { toTurtle } from "./export/turtle";
import type { Stage } from "./stage";
import { say } from "./words";

export interface ExportHost {
  readonly stage: Stage;
  seen(): Seen;
  details(): Promise<Details>;
  done(file: string): void;
}

type Format = "PNG" | "SVG" | "Turtle" | "GraphML" | "CSV";
const FORMATS: readonly Format[] = ["PNG", "SVG", "Turtle", "GraphML", "CSV"];

async function contents(format: Format, host: ExportHost): Promise<readonly [name: string, content: Blob | null]> {
  const { stage } = host;
  const { graph, palette } = stage.scene;
  const text = (name: string, type: string, content: string) => [name, new Blob([content], { type })] as const;
  switch (format) {
    case "PNG": {
      stage.engine.draw();
      const canvas = stage.engine.box.querySelector("canvas");
      return ["graph.png", canvas && (await toPng(canvas, palette.ground))];
    }
    case "SVG":
      stage.engine.draw();
      return text("graph.svg", "image/svg+xml", toSvg(stage.scene, stage.lens(), stage.writings()));
    case "Turtle":
      return text("graph.ttl", "text/turtle", toTurtle(graph, host.seen()));
    case "GraphML":
      return text("graph.graphml", "application/xml", toGraphml(graph, host.seen()));
    case "CSV":
      // The mark at the beginning tells spreadsheets that this is UTF-8.
      return text("graph.csv", "text/csv", `\ufeff${toCsv(graph, await host.details(), host.seen())}`);
  }
}

export function exportMenu(select: HTMLSelectElement, host: ExportHost): () => void {
  select.addEventListener("change", async () => {
    const format = FORMATS.find((name) => name === select.value);
    const printing = select.value === "print";
    select.value = "";
    if (printing) return print();
    if (!format) return;
    const [name, content] = await contents(format, host);
    if (!content) return;
    download(name, content);
    host.done(name);
  });
  return () => {
    select.replaceChildren(
      make("option", { value: "" }, say("export")),
      ...FORMATS.map((format) => make("option", { value: format }, format)),
      make("option", { value: "print" }, say("print")),
    );
  };
}
