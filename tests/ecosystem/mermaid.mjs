// Prints of each file which diagram Mermaid finds in it, or what it does not understand.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { JSDOM } from "jsdom";

// Mermaid is written for browsers.
globalThis.window = new JSDOM("").window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

const found = {};
for (const path of process.argv.slice(2)) {
  try {
    found[basename(path)] = (await mermaid.parse(readFileSync(path, "utf8"))).diagramType;
  } catch (error) {
    found[basename(path)] = String(error);
  }
}
console.log(JSON.stringify(found));
