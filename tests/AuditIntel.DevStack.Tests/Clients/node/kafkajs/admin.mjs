import { assert, until } from '../scenario.mjs'
import { AclOperationTypes, admin, ConfigResourceTypes, create, member, producer, send } from './client.mjs'

await admin.connect()
assert.equal(await create('t', 1), true)
assert.equal(await create('t', 1), false)
assert.equal(await create('gone', 1), true)
await admin.createTopics({ topics: [{ topic: 'never', numPartitions: 1 }], validateOnly: true, waitForLeaders: false })
assert.deepEqual((await admin.listTopics()).filter(t => !t.startsWith('__')).sort(), ['gone', 't'])

await admin.createPartitions({ topicPartitions: [{ topic: 't', count: 3 }] })
const { topics } = await admin.fetchTopicMetadata({ topics: ['t'] })
assert.deepEqual(topics[0].partitions.map(p => p.partitionId).sort(), [0, 1, 2])

const cluster = await admin.describeCluster()
assert.equal(cluster.brokers.length, 1)
assert.equal(cluster.controller, cluster.brokers[0].nodeId)
assert.ok(cluster.clusterId)

const retention = async () => {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: 't', configNames: ['retention.ms'] }]
  })
  return resources[0].configEntries.map(e => [e.configName, e.configValue])
}
assert.deepEqual(await retention(), [['retention.ms', '604800000']])
await admin.alterConfigs({
  validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: 't', configEntries: [{ name: 'retention.ms', value: '12345678' }] }]
})
assert.deepEqual(await retention(), [['retention.ms', '12345678']])

const sender = producer()
await sender.connect()
await send(sender, 't', 0, 10)
await sender.disconnect()
await admin.deleteTopicRecords({ topic: 't', partitions: [{ partition: 0, offset: '4' }] })
const watermarks = (await admin.fetchTopicOffsets('t')).find(o => o.partition === 0)
assert.deepEqual(watermarks, { partition: 0, offset: '10', high: '10', low: '4' })

const reader = await member('g', 't')
await reader.read(6)
assert.deepEqual((await admin.listGroups()).groups, [{ groupId: 'g', protocolType: 'consumer' }])
const [busy] = (await admin.describeGroups(['g'])).groups
assert.deepEqual([busy.groupId, busy.state, busy.protocolType, busy.members.length], ['g', 'Stable', 'consumer', 1])
await assert.rejects(admin.deleteGroups(['g']))
await reader.consumer.disconnect()
await until(async () => (await admin.describeGroups(['g'])).groups[0].state === 'Empty', () => 'the group is empty')

// Both run a consumer inside, which waits 5 s for records before it leaves.
await Promise.all([
  admin.setOffsets({ groupId: 'g', topic: 't', partitions: [{ partition: 0, offset: '7' }] }),
  admin.resetOffsets({ groupId: 'h', topic: 't', earliest: true })
])
const offset = async groupId =>
  (await admin.fetchOffsets({ groupId, topics: ['t'] }))[0].partitions.find(p => p.partition === 0).offset
assert.deepEqual([await offset('g'), await offset('h')], ['7', '-2'])
assert.deepEqual((await admin.deleteGroups(['g', 'h'])).map(r => r.groupId).sort(), ['g', 'h'])
assert.deepEqual((await admin.listGroups()).groups, [])

// There are no access rules; the broker says so instead of pretending that there are none to list.
await assert.rejects(
  admin.describeAcls({
    resourceName: 't', resourceType: 2, host: '*', permissionType: 3, operation: AclOperationTypes.ANY, resourcePatternType: 3
  }),
  { type: 'SECURITY_DISABLED' })

await admin.deleteTopics({ topics: ['gone'] })
assert.deepEqual((await admin.listTopics()).filter(t => !t.startsWith('__')), ['t'])
await admin.disconnect()
