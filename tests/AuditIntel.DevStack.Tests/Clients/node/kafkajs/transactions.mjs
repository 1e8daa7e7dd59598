import { assert, range } from '../scenario.mjs'
import { admin, create, member, producer, send } from './client.mjs'

const plain = producer()
const sender = producer({ transactionalId: 'x', maxInFlightRequests: 1, idempotent: true })
await Promise.all([admin.connect(), plain.connect(), sender.connect()])
await create('in', 1)
await create('out', 1)
await send(plain, 'in', 0, 20)

const aborted = await sender.transaction()
await aborted.send({ topic: 'out', messages: range(0, 5).map(i => ({ value: `aborted ${i}` })) })
await aborted.sendOffsets({ consumerGroupId: 'g', topics: [{ topic: 'in', partitions: [{ partition: 0, offset: '20' }] }] })
await aborted.abort()

const committed = await sender.transaction()
await send(committed, 'out', 0, 10)
await committed.sendOffsets({ consumerGroupId: 'g', topics: [{ topic: 'in', partitions: [{ partition: 0, offset: '10' }] }] })
await committed.commit()
assert.deepEqual((await admin.fetchOffsets({ groupId: 'g', topics: ['in'] }))[0].partitions[0].offset, '10')
await send(plain, 'out', 10, 11)

const values = range(0, 11).map(i => `v${i}`)
const strict = await member('strict', 'out')
await strict.read(11)
assert.deepEqual(strict.values(), values)

const open = await sender.transaction()
await open.send({ topic: 'out', messages: [{ value: 'undecided' }] })
const lax = await member('lax', 'out', { readUncommitted: true })
await lax.read(17)
assert.deepEqual(lax.values(), [...range(0, 5).map(i => `aborted ${i}`), ...values, 'undecided'])
assert.equal(strict.records.length, 11)
await open.commit()
await strict.read(12)
assert.deepEqual(strict.values(), [...values, 'undecided'])

// The successor with the same id fences the one before it.
const successor = producer({ transactionalId: 'x', maxInFlightRequests: 1, idempotent: true })
await successor.connect()
await (await successor.transaction()).abort()
await assert.rejects(async () => {
  const late = await sender.transaction()
  await late.send({ topic: 'out', messages: [{ value: 'zombie' }] })
  await late.commit()
})
await Promise.all([strict, lax].map(r => r.consumer.disconnect()))
await Promise.all([admin, plain, sender, successor].map(c => c.disconnect()))
