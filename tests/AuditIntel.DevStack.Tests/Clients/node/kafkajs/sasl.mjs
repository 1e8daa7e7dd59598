import { assert } from '../scenario.mjs'
import { base, Kafka } from './client.mjs'

const connect = async (mechanism, password) => {
  const kafka = new Kafka({
    ...base, sasl: { mechanism, username: 'ann', password }, retry: { retries: 0 }
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    return (await admin.describeCluster()).brokers.length
  } finally {
    await admin.disconnect()
  }
}
for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512']) {
  assert.equal(await connect(mechanism, 'correct horse'), 1)
  await assert.rejects(connect(mechanism, 'wrong'), { name: 'KafkaJSSASLAuthenticationError' })
}
