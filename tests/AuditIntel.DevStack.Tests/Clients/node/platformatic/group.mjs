import { assert, range, until } from '../scenario.mjs'
import { admin, create, member, producer, send } from './client.mjs'

const sender = producer()
await create('t', 4)
const sendAll = async (from, to) => {
  for (const p of range(0, 4)) {
    await send(sender, 't', from + p * 100, to + p * 100, p)
  }
}
const all = to => range(0, 4).flatMap(p => range(p * 100, p * 100 + to).map(i => `v${i}`)).sort()

// Everything is committed before a member comes or goes, so that nothing comes twice.
const committed = count => until(async () => {
  const [group] = await admin.listConsumerGroupOffsets({ groups: ['g'] })
  const offsets = group.topics.flatMap(t => t.partitions.map(p => Number(p.committedOffset)))
  return offsets.length === 4 && offsets.every(offset => offset === count / 4)
}, () => `${count} records are committed`)

const first = await member('g', 't', { autocommit: 50 })
await until(() => first.partitions().length === 4, () => `one member has ${first.partitions()}`)
await sendAll(0, 10)
await first.read(40)
await committed(40)

const second = await member('g', 't', { autocommit: 50 })
await until(
  () => first.partitions().length === 2 && second.partitions().length === 2,
  () => `two members share: ${first.partitions()} and ${second.partitions()}`)
assert.deepEqual([...first.partitions(), ...second.partitions()].sort(), [0, 1, 2, 3])

// The fetch that is under way still asks for what there was before, and this client would hand out what comes of it.
await Promise.all([first.fetched(), second.fetched()])
await sendAll(10, 20)
await until(() => first.records.length + second.records.length >= 80, () => `80 records; there are ${first.records.length} and ${second.records.length}`)
assert.equal(second.records.length, 20)
await committed(80)
await second.close()

await until(() => first.partitions().length === 4, () => `the one who stays has ${first.partitions()}`)
await first.fetched()
await sendAll(20, 30)
const seen = () => [...first.values(), ...second.values()].sort()
await until(() => seen().length >= 120, () => `120 records; there are ${seen().length}`)
assert.deepEqual(seen(), all(30))
await first.close()
await Promise.all([admin.close(), sender.close()])
