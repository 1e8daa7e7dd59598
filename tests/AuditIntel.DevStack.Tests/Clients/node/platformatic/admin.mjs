import { ConfigResourceTypes } from '@platformatic/kafka'
import { assert, until } from '../scenario.mjs'
import { admin, create, member, producer, send } from './client.mjs'

const [created] = await create('t', 1)
assert.deepEqual([created.name, created.partitions, created.replicas], ['t', 1, 1])
await assert.rejects(create('t', 1))
await create('gone', 1)
assert.deepEqual((await admin.listTopics()).sort(), ['gone', 't'])
await admin.createPartitions({ topics: [{ name: 't', count: 3, assignments: [] }] })
const cluster = await admin.metadata({ topics: ['t'], forceUpdate: true })
assert.equal(cluster.topics.get('t').partitionsCount, 3)
assert.equal(cluster.brokers.size, 1)
assert.ok(cluster.brokers.has(cluster.controllerId))

const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: 't' }
const retention = async () => {
  const [topic] = await admin.describeConfigs({ resources: [{ ...resource, configurationKeys: ['retention.ms'] }] })
  return topic.configs.map(c => [c.name, c.value])
}
assert.deepEqual(await retention(), [['retention.ms', '604800000']])
await admin.alterConfigs({ resources: [{ ...resource, configs: [{ name: 'retention.ms', value: '12345678' }] }] })
assert.deepEqual(await retention(), [['retention.ms', '12345678']])
await admin.incrementalAlterConfigs({
  resources: [{ ...resource, configs: [{ name: 'retention.ms', configOperation: 0, value: '23456789' }] }]
})
assert.deepEqual(await retention(), [['retention.ms', '23456789']])

const sender = producer()
await send(sender, 't', 0, 10)
await sender.close()
const [records] = await admin.deleteRecords({ topics: [{ name: 't', partitions: [{ partition: 0, offset: 4n }] }] })
assert.deepEqual(records, { name: 't', partitions: [{ partition: 0, lowWatermark: 4n }] })
const [offsets] = await admin.listOffsets({ topics: [{ name: 't', partitions: [{ partitionIndex: 0, timestamp: -2n }] }] })
assert.equal(offsets.partitions[0].offset, 4n)
const [logs] = await admin.describeLogDirs({ topics: [{ name: 't', partitions: [0] }] })
assert.equal(logs.results[0].topics[0].partitions[0].partitionIndex, 0)
assert.ok(logs.results[0].topics[0].partitions[0].partitionSize > 0n)

const reader = await member('g', 't')
await reader.read(6)
assert.deepEqual([...(await admin.listGroups()).keys()], ['g'])
const busy = (await admin.describeGroups({ groups: ['g'] })).get('g')
assert.deepEqual([busy.state, busy.protocolType, busy.members.size], ['STABLE', 'consumer', 1])
await assert.rejects(admin.deleteGroups({ groups: ['g'] }))
await admin.findCoordinator({ keyType: 0, keys: ['g'] })
await reader.close()
await until(async () => (await admin.describeGroups({ groups: ['g'] })).get('g').state === 'EMPTY', () => 'the group is empty')
await admin.alterConsumerGroupOffsets({ groupId: 'g', topics: [{ name: 't', partitionOffsets: [{ partition: 0, offset: 7n }] }] })
const committed = async () => (await admin.listConsumerGroupOffsets({ groups: ['g'] }))[0].topics
  .flatMap(t => t.partitions.map(p => [t.name, p.partitionIndex, p.committedOffset]))
assert.deepEqual(await committed(), [['t', 0, 7n]])
await admin.deleteConsumerGroupOffsets({ groupId: 'g', topics: [{ name: 't', partitionIndexes: [0] }] })
assert.deepEqual(await committed(), [])
await admin.deleteTopics({ topics: ['gone'] })
assert.deepEqual(await admin.listTopics(), ['t'])

// There are no access rules; the broker says so instead of pretending that there are none to list.
await assert.rejects(admin.describeAcls({
  filter: { resourceType: 2, resourceName: 't', resourcePatternType: 3, principal: null, host: null, operation: 1, permissionType: 1 }
}))
await admin.close()
