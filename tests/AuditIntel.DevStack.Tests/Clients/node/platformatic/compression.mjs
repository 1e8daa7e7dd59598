import zlib from 'node:zlib'
import { assert, inOrder, samples } from '../scenario.mjs'
import { admin, create, member, producer } from './client.mjs'

// Node.js itself has zstd only from 22.15 on; before, the client says that it cannot.
const sender = producer()
for (const compression of ['none', 'gzip', 'snappy', 'lz4', ...(zlib.zstdCompressSync ? ['zstd'] : [])]) {
  await create(compression, 2)
  await sender.send({ compression, messages: samples.map(s => ({ topic: compression, ...s })) })
  const reader = await member(`reader-${compression}`, compression)
  await reader.read(samples.length)
  const read = reader.records.map(r => ({ key: r.key, value: r.value, headers: Object.fromEntries(r.headers) }))
  assert.deepEqual(inOrder(read), samples)
  await reader.close()
}
await Promise.all([admin.close(), sender.close()])
