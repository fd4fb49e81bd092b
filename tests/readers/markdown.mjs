// Lints pages. In: {path: text}. Out: one line for each rule that a page breaks.
import { readFileSync } from "node:fs";
import { lint } from "markdownlint/sync";

const found = lint({ strings: JSON.parse(readFileSync(0, "utf8")), config: { default: true } });
const lines = Object.entries(found).flatMap(([path, problems]) =>
  problems.map((one) => `${path}:${one.lineNumber}: ${one.ruleNames.join("/")} ${one.errorDetail ?? ""}`));
process.stdout.write(JSON.stringify(lines));
