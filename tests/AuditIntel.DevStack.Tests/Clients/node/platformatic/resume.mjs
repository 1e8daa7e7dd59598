import { assert, range, step } from '../scenario.mjs'
import { admin, create, member, producer, send } from './client.mjs'

if (step === 'first') {
  const sender = producer()
  await create('t', 1)
  await send(sender, 't', 0, 20)
  await sender.close()
  const reader = await member('g', 't')
  await reader.read(20)
  await reader.consumer.commit({ offsets: [{ topic: 't', partition: 0, offset: 10n, leaderEpoch: 0 }] })
  await reader.close()
} else {
  const reader = await member('g', 't')
  await reader.read(10)
  assert.deepEqual(reader.values(), range(10, 20).map(i => `v${i}`))
  assert.deepEqual((await reader.consumer.listCommittedOffsets({ topics: [{ topic: 't', partitions: [0] }] })).get('t'), [10n])
  await reader.close()
}
await admin.close()
