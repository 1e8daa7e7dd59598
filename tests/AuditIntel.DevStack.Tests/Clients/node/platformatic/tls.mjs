import { Admin } from '@platformatic/kafka'
import { readFileSync } from 'node:fs'
import { assert, large, step } from '../scenario.mjs'
import { base, member, producer } from './client.mjs'

const secured = { sasl: { mechanism: 'SCRAM-SHA-512', username: 'ann', password: 'correct horse' }, tls: { ca: readFileSync(step, 'utf8') } }
const sender = producer(secured)
await sender.send({ messages: large.map(value => ({ topic: 't', value })), autocreateTopics: true })
await sender.close()
const reader = await member('g', 't', secured)
await reader.read(large.length)
assert.ok(reader.values().every((value, i) => value === large[i]))
await reader.close()

// Without the certificate it does not trust the broker.
const stranger = new Admin({ ...base, ...secured, tls: {}, retries: 0 })
await assert.rejects(stranger.metadata({ topics: [] }))
await stranger.close()
