import kafkajs from 'kafkajs'
import { range, servers, until } from '../scenario.mjs'

export const { AclOperationTypes, CompressionTypes, ConfigResourceTypes, Kafka, logLevel, Partitioners } = kafkajs

export const base = { clientId: 'kafkajs', brokers: [servers], logLevel: logLevel.NOTHING }

export const kafka = new Kafka(base)

export const admin = kafka.admin()

export const producer = options => kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...options })

export const create = (topic, partitions) => admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }] })

/** Records v<from> to v<to - 1>, to one partition. */
export const send = (to, topic, from, end, partition = 0) =>
  to.send({ topic, messages: range(from, end).map(i => ({ partition, value: `v${i}` })) })

/** A running member of a group: what it has read, and which partitions it has. */
export async function member (groupId, topic, options = {}) {
  const consumer = (options.kafka ?? kafka).consumer({
    groupId, sessionTimeout: 10_000, rebalanceTimeout: 10_000, heartbeatInterval: 100, maxWaitTimeInMs: 100, ...options
  })
  const self = { consumer, records: [], partitions: [] }
  self.values = () => self.records.map(r => r.message.value.toString())
  consumer.on(consumer.events.GROUP_JOIN, e => { self.partitions = e.payload.memberAssignment[topic] ?? [] })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommit: options.autoCommit ?? true,
    eachMessage: async ({ partition, message }) => {
      await options.onMessage?.(partition, message)
      self.records.push({ partition, message })
    }
  })
  self.read = count => until(() => self.records.length >= count, () => `${count} records; there are ${self.values()}`)
  return self
}
