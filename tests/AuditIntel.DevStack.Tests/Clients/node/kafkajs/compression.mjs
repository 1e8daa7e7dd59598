import { assert, inOrder, samples } from '../scenario.mjs'
import { admin, CompressionTypes, create, member, producer } from './client.mjs'

const sender = producer()
await Promise.all([admin.connect(), sender.connect()])
for (const [topic, compression] of [['none', CompressionTypes.None], ['gzip', CompressionTypes.GZIP]]) {
  await create(topic, 2)
  await sender.send({ topic, compression, messages: samples })
  const reader = await member(`reader-${topic}`, topic)
  await reader.read(samples.length)
  const read = reader.records.map(({ message: m }) => ({
    key: m.key.toString(), value: m.value.toString(), headers: { number: m.headers.number.toString() }
  }))
  assert.deepEqual(inOrder(read), samples)
  await reader.consumer.disconnect()
}
await Promise.all([admin.disconnect(), sender.disconnect()])
