import { once } from 'node:events'
import * as kafka from '@platformatic/kafka'
import { range, servers, until } from '../scenario.mjs'

export const base = { clientId: '@platformatic/kafka', bootstrapBrokers: [servers], retries: 5, retryDelay: 100 }

export const admin = new kafka.Admin(base)

export const producer = options => new kafka.Producer({ ...base, serializers: kafka.stringSerializers, ...options })

export const consumer = (groupId, options) => new kafka.Consumer({
  ...base,
  groupId,
  deserializers: kafka.stringDeserializers,
  sessionTimeout: 10_000,
  rebalanceTimeout: 10_000,
  heartbeatInterval: 100,
  maxWaitTime: 100,
  autocommit: false,
  ...options
})

export const create = (topic, partitions) => admin.createTopics({ topics: [topic], partitions, replicas: 1 })

/** Records v<from> to v<to - 1>, to one partition. */
export const send = (to, topic, from, end, partition = 0) =>
  to.send({ messages: range(from, end).map(i => ({ topic, partition, value: `v${i}` })) })

/** A running member of a group: what it has read, and which partitions it has. */
export async function member (groupId, topic, { offsets, mode = offsets ? 'manual' : 'committed', ...options } = {}) {
  const reader = consumer(groupId, options)
  const stream = await reader.consume({ topics: [topic], mode, offsets, fallbackMode: 'earliest' })
  const self = { consumer: reader, stream, records: [] }
  self.failure = undefined
  stream.on('data', record => self.records.push(record))
  stream.on('error', error => { self.failure = error })
  self.partitions = () => (reader.assignments ?? []).filter(a => a.topic === topic).flatMap(a => a.partitions)
  self.values = () => self.records.map(r => r.value)
  self.read = count => until(() => {
    if (self.failure) {
      throw self.failure
    }
    return self.records.length >= count
  }, () => `${count} records; there are ${self.values()}`)
  self.fetched = () => once(stream, 'fetch', { signal: AbortSignal.timeout(20_000) })
  self.close = async () => {
    await stream.close()
    await reader.close()
  }
  return self
}
