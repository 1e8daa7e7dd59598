import { assert, range } from '../scenario.mjs'
import { admin, create, member, producer } from './client.mjs'

const sender = producer()
await Promise.all([admin.connect(), sender.connect()])
await create('t', 1)
const start = Date.now() - 3_600_000
await sender.send({ topic: 't', messages: range(0, 20).map(i => ({ value: `v${i}`, timestamp: `${start + i * 1000}` })) })

const read = async offset => {
  const reader = await member(`from-${offset}`, 't', { autoCommit: false })
  await reader.read(20)
  reader.records.length = 0
  reader.consumer.seek({ topic: 't', partition: 0, offset })
  await reader.read(20 - Number(offset))
  await reader.consumer.disconnect()
  return reader.values()
}
assert.deepEqual(await read('7'), range(7, 20).map(i => `v${i}`))

const found = await admin.fetchTopicOffsetsByTimestamp('t', start + 12_500)
assert.deepEqual(found, [{ partition: 0, offset: '13' }])
assert.deepEqual(await read(found[0].offset), range(13, 20).map(i => `v${i}`))
assert.deepEqual(await admin.fetchTopicOffsets('t'), [{ partition: 0, offset: '20', high: '20', low: '0' }])
await Promise.all([admin.disconnect(), sender.disconnect()])
