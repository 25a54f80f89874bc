// Calls the engine's wasm (the example `parity`) under Node.
//
//   node parity.mjs <wasm> digests <count>                     one line a seed: `seed digest`
//   node parity.mjs <wasm> times <regions> <programmes> <years>    rows of the table of figures

import { readFile } from "node:fs/promises";

const [file, what, ...numbers] = process.argv.slice(2);
const [first, ...rest] = numbers.map(Number);
const { instance } = await WebAssembly.instantiate(await readFile(file));
const { digest, prepare, evaluate, move_one_standard } = instance.exports;

/** The median time of some runs, after some to warm up. */
function median(runs, warmUp, work) {
    const times = [];
    for (let run = -warmUp; run < runs; run += 1) {
        const started = performance.now();
        work();
        if (run >= 0) times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    return `${times[runs >> 1].toFixed(1)} ms`;
}

if (what === "digests") {
    for (let seed = 0; seed < first; seed += 1) {
        // A wasm i64 comes as a signed BigInt.
        const unsigned = BigInt.asUintN(64, digest(seed));
        console.log(`${seed} ${unsigned.toString(16).padStart(16, "0")}`);
    }
} else {
    const size = [first, ...rest];
    prepare(...size);
    const [regions, programmes, years] = size.map((number) => number.toLocaleString("en"));
    const plan = `${regions} regions × ${programmes} programmes × ${years} years, in wasm`;
    console.log(`| Compute ${plan} | ${median(7, 2, evaluate)} |`);
    console.log(`| Move one standard of ${plan} | ${median(51, 20, move_one_standard)} |`);
}
