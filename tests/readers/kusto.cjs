// Reads queries as Azure does. In: [{tables: {name: columns}, query}]. Out: for each, what the parser objects to.
require("@kusto/language-service-next/bridge.js");
require("@kusto/language-service-next/Kusto.Language.Bridge.js");

const { GlobalState, KustoCode } = globalThis.Kusto.Language;
const asked = JSON.parse(require("node:fs").readFileSync(0, "utf8"));

// Each table stands before the query as an empty one with its columns, so an unknown name is an error.
const objections = ({ tables, query }) => {
  const before = Object.entries(tables).map(([name, columns]) => `let ${name} = datatable(${columns})[];\n`).join("");
  const found = KustoCode.ParseAndAnalyze(before + query, GlobalState.Default).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, n) => found.getItem(n))
    .map((one) => `${one.Message} at ${(before + query).substr(one.Start, 60)}`);
};
process.stdout.write(JSON.stringify(asked.map(objections)));
