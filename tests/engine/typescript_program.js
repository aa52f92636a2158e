// Runs examples/typescript on the engine, which asks this process for the program: no Node.js language host is needed.
// Answers one line of JSON: what up, preview and destroy did.
"use strict";

const { createRequire } = require("node:module");
const program = createRequire(`${process.cwd()}/`);
const { LocalWorkspace } = program("@pulumi/pulumi/automation");

async function main() {
    const stack = await LocalWorkspace.selectStack(
        { stackName: "dev", projectName: "classroom", program: async () => program("./index.js") },
        { workDir: process.cwd() },
    );
    const up = await stack.up();
    delete program.cache[program.resolve("./index.js")];
    const preview = await stack.preview({ refresh: true, expectNoChanges: true });
    if (process.argv.includes("--destroy")) await stack.destroy();
    const outputs = Object.fromEntries(Object.entries(up.outputs).map(([name, { value }]) => [name, value]));
    console.log(JSON.stringify({ up: up.summary.resourceChanges, preview: preview.changeSummary, outputs }));
}

main().catch((error) => {
    console.error(error.message);
    process.exit(1);
});
