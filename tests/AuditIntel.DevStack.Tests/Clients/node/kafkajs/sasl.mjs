import { assert, servers } from '../scenario.mjs'
import { Kafka, logLevel } from './client.mjs'

const connect = async (mechanism, password) => {
  const kafka = new Kafka({
    clientId: 'kafkajs', brokers: [servers], sasl: { mechanism, username: 'ann', password }, logLevel: logLevel.NOTHING, retry: { retries: 0 }
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
