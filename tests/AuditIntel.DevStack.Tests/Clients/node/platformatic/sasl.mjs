import { Admin } from '@platformatic/kafka'
import { assert } from '../scenario.mjs'
import { base } from './client.mjs'

const connect = async (mechanism, password) => {
  const admin = new Admin({ ...base, retries: 0, sasl: { mechanism, username: 'ann', password } })
  try {
    return (await admin.metadata({ topics: [] })).brokers.size
  } finally {
    await admin.close()
  }
}
for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']) {
  assert.equal(await connect(mechanism, 'correct horse'), 1)
  await assert.rejects(connect(mechanism, 'wrong'))
}
