// Prints what pa11y finds in pages, by their addresses: the first word is the browser, the others are addresses.
import pa11y from "pa11y";
import puppeteer from "puppeteer";

const [executablePath, ...addresses] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
const found = {};
for (const address of addresses) {
  const { issues } = await pa11y(address, { browser, standard: "WCAG2AA", runners: ["htmlcs"] });
  found[address] = issues.map((issue) => `${issue.code}: ${issue.context}`);
}
await browser.close();
console.log(JSON.stringify(found));
