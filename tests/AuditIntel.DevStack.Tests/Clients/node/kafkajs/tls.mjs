import { readFileSync } from 'node:fs'
import { assert, large, step } from '../scenario.mjs'
import { base, Kafka, member, Partitioners } from './client.mjs'

const open = ssl => new Kafka({
  ...base, ssl, sasl: { mechanism: 'scram-sha-512', username: 'ann', password: 'correct horse' }, retry: { retries: 2 }
})
const kafka = open({ ca: [readFileSync(step, 'utf8')] })
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
await producer.connect()
await producer.send({ topic: 't', messages: large.map(value => ({ value })) })
await producer.disconnect()
const reader = await member('g', 't', { kafka })
await reader.read(large.length)
assert.ok(reader.values().every((value, i) => value === large[i]))
await reader.consumer.disconnect()

// Without the certificate it does not trust the broker.
const stranger = open({}).admin()
await assert.rejects(stranger.connect(), /self-signed certificate/)
await stranger.disconnect()
