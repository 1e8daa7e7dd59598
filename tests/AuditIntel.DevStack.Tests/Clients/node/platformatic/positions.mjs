import { assert, range } from '../scenario.mjs'
import { admin, consumer, create, member, producer } from './client.mjs'

const sender = producer()
await create('t', 1)
const start = BigInt(Date.now() - 3_600_000)
await sender.send({
  messages: range(0, 20).map(i => ({ topic: 't', partition: 0, value: `v${i}`, timestamp: start + BigInt(i * 1000) }))
})

const read = async offset => {
  const reader = await member(`from-${offset}`, 't', { offsets: [{ topic: 't', partition: 0, offset }] })
  await reader.read(20 - Number(offset))
  await reader.close()
  return reader.values()
}
assert.deepEqual(await read(7n), range(7, 20).map(i => `v${i}`))

const asker = consumer('asker')
const found = await asker.listOffsetsWithTimestamps({ topics: ['t'], timestamp: start + 12_500n })
assert.deepEqual(found.get('t').get(0), { offset: 13n, timestamp: start + 13_000n })
assert.deepEqual((await asker.listOffsets({ topics: ['t'] })).get('t'), [20n])
assert.deepEqual((await asker.listOffsets({ topics: ['t'], timestamp: -2n })).get('t'), [0n])
assert.deepEqual(await read(13n), range(13, 20).map(i => `v${i}`))
await Promise.all([admin.close(), asker.close(), sender.close()])
