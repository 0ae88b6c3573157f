// What we use of vis-network 9.1.2, which pyvis ships and the page carries beside this script.
declare namespace vis {
  interface Point {
    x: number;
    y: number;
  }
  interface Pointer {
    pointer: { DOM: Point; canvas: Point };
    nodes: number[];
    event: { srcEvent?: Event };
  }
  interface Drawing {
    ctx: CanvasRenderingContext2D;
    id: number;
    x: number;
    y: number;
  }
  interface NodeItem {
    id: number;
    x: number;
    y: number;
    shape: "custom";
    ctxRenderer(drawing: Drawing): { drawNode(): void; nodeDimensions: { width: number; height: number } };
  }
  interface EdgeItem {
    id: number;
    from: number;
    to: number;
    hidden: boolean;
    length?: number;
  }
  class DataSet<T extends { id: number }> {
    constructor(items?: T[]);
    update(items: T[]): void;
    remove(ids: number[]): void;
    clear(): void;
    get(id: number): T | null;
    getIds(): number[];
    readonly length: number;
  }
  interface Animation {
    duration: number;
    easingFunction: "easeInOutCubic";
  }
  class Network {
    constructor(box: HTMLElement, data: { nodes: DataSet<NodeItem>; edges: DataSet<EdgeItem> }, options: object);
    on(event: "beforeDrawing" | "afterDrawing", call: (pen: CanvasRenderingContext2D) => void): void;
    on(event: "click" | "doubleClick" | "dragStart" | "dragging" | "dragEnd", call: (pointer: Pointer) => void): void;
    on(event: "zoom" | "animationFinished" | "stabilized", call: () => void): void;
    redraw(): void;
    getScale(): number;
    getViewPosition(): Point;
    getPositions(ids?: number[]): Record<number, Point>;
    moveTo(to: { position?: Point; scale?: number; animation?: false | Animation }): void;
    DOMtoCanvas(point: Point): Point;
    canvasToDOM(point: Point): Point;
    setOptions(options: object): void;
    stopSimulation(): void;
  }
}
