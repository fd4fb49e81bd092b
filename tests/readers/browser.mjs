// Opens the site and the pictures in a real browser, Debian's Chromium, without a network.
// In: {site: folder, open: [path], search: [words], diagrams: {name: text}, screenshots: folder or ""}.
// Out: {complaints: [...], pages: {path: {title, headings, broken, pictures}}, found: {words: path or null}, printed: {path: [hidden]},
//       diagrams: {name: {error, labels}}}.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const asked = JSON.parse(readFileSync(0, "utf8"));
const complaints = [], pages = {}, found = {}, printed = {}, diagrams = {};
const profile = mkdtempSync(join(tmpdir(), "browser-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  headless: true,
  offline: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
});
const page = await context.newPage();
page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); });
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("requestfailed", (request) => complaints.push(`not loaded: ${request.url()}`));
page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`); });
const at = (path) => pathToFileURL(join(asked.site, path)).href;
const shot = async (name) => {
  if (asked.screenshots) await page.screenshot({ path: join(asked.screenshots, `${name}.png`), fullPage: false });
};

for (const path of asked.open ?? []) {
  await page.goto(at(path));
  pages[path] = await page.evaluate(() => ({
    title: document.title,
    headings: [...document.querySelectorAll("main h1, main h2")].filter((one) => one.offsetHeight > 0).map((one) => one.textContent),
    broken: [...document.querySelectorAll('a[href^="#"]')]
      .filter((one) => !document.getElementById(decodeURIComponent(one.hash.slice(1)))).map((one) => one.hash),
    pictures: [...document.querySelectorAll("svg.picture")].map((one) => ({
      width: one.getBoundingClientRect().width,
      labels: [...one.querySelectorAll("text")].filter((text) => text.getBoundingClientRect().width > 0).map((text) => text.textContent),
    })),
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }));
  await shot(path.replaceAll("/", "-"));
  if (asked.screenshots && pages[path].pictures.length) {
    await page.locator("svg.picture").first().screenshot({ path: join(asked.screenshots, `${path.replaceAll("/", "-")}-picture.png`) });
  }
  await page.emulateMedia({ media: "print" });
  printed[path] = await page.evaluate(() => ["header", "nav", "main", "pre"].filter((name) => {
    const one = document.querySelector(name);
    return one && one.offsetHeight === 0;
  }));
  await page.emulateMedia({ media: "screen" });
}
for (const words of asked.search ?? []) {
  await page.goto(at("index.html"));
  await page.fill("#search", words);
  const first = page.locator("#found a").first();
  if (await first.count() === 0) { found[words] = null; continue; }
  await shot(`search-${words.replaceAll(" ", "-")}`);
  await Promise.all([page.waitForEvent("framenavigated"), first.click()]);
  await page.waitForLoadState();
  found[words] = decodeURIComponent(page.url()).slice(at("").length).replace(/^\//, "");
}
if (Object.keys(asked.diagrams ?? {}).length) {
  await page.goto("about:blank");
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve("mermaid").replace(/[^/]+$/, "mermaid.min.js") });
  for (const [name, text] of Object.entries(asked.diagrams)) {
    diagrams[name] = await page.evaluate(async ([id, source]) => {
      try {
        mermaid.initialize({ startOnLoad: false });
        await mermaid.parse(source);
        const host = document.body.appendChild(document.createElement("div"));
        host.innerHTML = (await mermaid.render(id, source)).svg;
        const labels = [...host.querySelectorAll(".nodeLabel, .cluster-label, .edgeLabel")]
          .map((one) => one.textContent.replace(/\s+/g, "")).filter(Boolean);
        host.remove();
        return { error: null, labels };
      } catch (error) {
        return { error: String(error.message ?? error), labels: [] };
      }
    }, [`diagram${Object.keys(diagrams).length}`, text]);
  }
}
await context.close();
rmSync(profile, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ complaints, pages, found, printed, diagrams }));
