// What the scripts of both Node.js clients share. A script gets the broker's address and, where a scenario has several processes, its step;
// it ends with 0 when all that it asserts is true.
export { default as assert } from 'node:assert/strict'

export const servers = process.argv[2]
export const step = process.argv[3]

export const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i)

/** Waits until the condition holds; the runner's own deadline is longer, so that the sentence is seen. */
export async function until (condition, what, limit = 30_000) {
  const end = Date.now() + limit
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`not in ${limit} ms: ${what()}`)
    }
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** The records of the compression scenarios: keys, values that are worth compressing, a header. */
export const samples = range(0, 200).map(i => ({ key: `k${i}`, value: `${'value '.repeat(20)}${i}`, headers: { number: `${i}` } }))

/** Values that do not fit one TLS record, nor one read of a socket. */
export const large = range(0, 5).map(i => `${i}`.repeat(100_000 + i))

export const inOrder = records => [...records].sort((a, b) => Number(a.headers.number) - Number(b.headers.number))
