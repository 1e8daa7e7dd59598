// Compiles Reentrancy.sol into Reentrancy.json. Run by whoever changes the source: npm install --no-save solc@0.8.37 && node compile.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import solc from 'solc';

const name = 'Reentrancy.sol';
const output = JSON.parse(solc.compile(JSON.stringify({
  language: 'Solidity',
  sources: { [name]: { content: readFileSync(new URL(name, import.meta.url), 'utf8') } },
  settings: {
    evmVersion: 'paris',
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: 'none' },
    outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.methodIdentifiers'] } },
  },
})));
for (const error of output.errors ?? []) {
  console.error(error.formattedMessage);
}

const contracts = Object.fromEntries(Object.entries(output.contracts[name]).map(([contract, { evm }]) =>
  [contract, { bytecode: '0x' + evm.bytecode.object, selectors: evm.methodIdentifiers }]));
writeFileSync(new URL('Reentrancy.json', import.meta.url), JSON.stringify(contracts, null, 2) + '\n');
