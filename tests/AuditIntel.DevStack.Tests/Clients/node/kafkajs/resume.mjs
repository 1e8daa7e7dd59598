import { assert, range, step } from '../scenario.mjs'
import { admin, create, member, producer, send } from './client.mjs'

if (step === 'first') {
  const sender = producer()
  await Promise.all([admin.connect(), sender.connect()])
  await create('t', 1)
  await send(sender, 't', 0, 20)
  await Promise.all([admin.disconnect(), sender.disconnect()])
  const reader = await member('g', 't', { autoCommit: false })
  await reader.read(20)
  await reader.consumer.commitOffsets([{ topic: 't', partition: 0, offset: '10', metadata: 'halfway' }])
  await reader.consumer.disconnect()
} else {
  await admin.connect()
  assert.deepEqual(
    await admin.fetchOffsets({ groupId: 'g', topics: ['t'] }),
    [{ topic: 't', partitions: [{ partition: 0, offset: '10', metadata: 'halfway' }] }])
  await admin.disconnect()
  const reader = await member('g', 't')
  await reader.read(10)
  assert.deepEqual(reader.values(), range(10, 20).map(i => `v${i}`))
  await reader.consumer.disconnect()
}
