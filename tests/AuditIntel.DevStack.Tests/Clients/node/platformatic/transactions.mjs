import { assert, range } from '../scenario.mjs'
import { admin, create, member, producer, send } from './client.mjs'

const plain = producer()
const transactional = () => producer({ transactionalId: 'x', idempotent: true })
const sender = transactional()
await create('in', 1)
await create('out', 1)
await send(plain, 'in', 0, 20)
const source = await member('g', 'in')
await source.read(20)
const committedOffset = async () =>
  (await source.consumer.listCommittedOffsets({ topics: [{ topic: 'in', partitions: [0] }] })).get('in')[0]

const aborted = await sender.beginTransaction()
await aborted.addConsumer(source.consumer)
await aborted.send({ messages: range(0, 5).map(i => ({ topic: 'out', value: `aborted ${i}` })) })
await aborted.addOffset(source.records[19])
await aborted.abort()
assert.equal(await committedOffset(), -1n)

const committed = await sender.beginTransaction()
await committed.addConsumer(source.consumer)
await send(committed, 'out', 0, 10)
await committed.addOffset(source.records[9])
await committed.commit()
assert.equal(await committedOffset(), 10n)
await send(plain, 'out', 10, 11)

const values = range(0, 11).map(i => `v${i}`)
const strict = await member('strict', 'out', { isolationLevel: 1 })
await strict.read(11)
assert.deepEqual(strict.values(), values)

const open = await sender.beginTransaction()
await open.send({ messages: [{ topic: 'out', value: 'undecided' }] })
const lax = await member('lax', 'out', { isolationLevel: 0 })
await lax.read(17)
assert.deepEqual(lax.values(), [...range(0, 5).map(i => `aborted ${i}`), ...values, 'undecided'])
assert.equal(strict.records.length, 11)
await open.commit()
await strict.read(12)
assert.deepEqual(strict.values(), [...values, 'undecided'])

// The successor with the same id fences the one before it.
const successor = transactional()
const next = await successor.beginTransaction()
await next.send({ messages: [{ topic: 'out', value: 'successor' }] })
await next.commit()
await assert.rejects(async () => {
  const late = await sender.beginTransaction()
  await late.send({ messages: [{ topic: 'out', value: 'zombie' }] })
  await late.commit()
})
await strict.read(13)
assert.equal(strict.values()[12], 'successor')
await Promise.all([source, strict, lax].map(r => r.close()))
await Promise.all([admin, plain, successor].map(c => c.close()))
await sender.close(true)
