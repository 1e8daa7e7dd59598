// The client's messages one by one, in every version that both it and the broker have: its producer, consumer and admin choose the newest only.
import * as kafka from '@platformatic/kafka'
import { assert, range, servers } from '../scenario.mjs'
import { admin, base, create } from './client.mjs'

const connection = new kafka.Connection(base.clientId)
const [host, port] = servers.split(':')
await connection.connect(host, Number(port))
const send = (message, ...args) => kafka[message].api.async(connection, ...args)
const announced = (await send('apiVersionsV3', 'scenario', '1')).apiKeys

/** Gives the check a function for each of these versions of a message, all of which the broker announces. */
async function each (message, versions, check) {
  for (const version of versions) {
    const name = `${message}V${version}`
    const { minVersion, maxVersion } = announced.find(a => a.apiKey === kafka[name].api.key)
    assert.ok(minVersion <= version && version <= maxVersion, `${name}: the broker announces ${minVersion} to ${maxVersion}`)
    await check((...args) => send(name, ...args), version)
  }
}

await create('t', 1)
let topicId
await each('metadata', [9, 10, 11, 12], async (call, version) => {
  const { brokers, topics: [topic] } = await call(['t'], false, false)
  assert.deepEqual(brokers.map(b => `${b.host}:${b.port}`), [servers])
  assert.deepEqual([topic.name, topic.partitions[0].leaderId, topic.partitions[0].isrNodes], ['t', brokers[0].nodeId, [brokers[0].nodeId]])
  topicId = version >= 10 ? topic.topicId : undefined
})

const text = value => Buffer.from(value)
let written = 0
await each('produce', [7, 8, 9, 10, 11], async (call, version) => {
  const { responses: [{ name, partitionResponses: [answer] }] } = await call(-1, 5000, [{ topic: 't', partition: 0, value: text(`v${written}`) }])
  assert.deepEqual([name, answer.errorCode, answer.baseOffset], ['t', 0, BigInt(written)], `version ${version}`)
  written++
})

await each('fetch', [12, 13, 14, 15, 16], async (call, version) => {
  const partition = { partition: 0, currentLeaderEpoch: -1, fetchOffset: 1n, lastFetchedEpoch: -1, partitionMaxBytes: 1 << 20 }
  const topic = { ...(version < 13 ? { topic: 't' } : {}), topicId: version < 13 ? 't' : topicId, partitions: [partition] }
  const { responses: [{ partitions: [answer] }] } = await call(100, 1, 1 << 20, 0, 0, -1, [topic], [], '')
  const values = answer.records.flatMap(b => b.records.map(r => r.value.toString()))
  assert.deepEqual([answer.highWatermark, values], [BigInt(written), range(1, written).map(i => `v${i}`)], `version ${version}`)
})

await each('listOffsets', [5, 6, 7], async call => {
  const { topics: [{ partitions: [answer] }] } = await call(-1, 0, [{ name: 't', partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp: -1n }] }])
  assert.equal(answer.offset, BigInt(written))
})
await each('offsetForLeaderEpoch', [4], async call => {
  const { topics: [{ partitions: [answer] }] } = await call(-1, [{ name: 't', partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }] }])
  assert.deepEqual([answer.leaderEpoch, answer.endOffset], [0, BigInt(written)])
})

await each('describeCluster', [0, 1], async call => {
  const { clusterId, controllerId, brokers } = await call(false, 1)
  assert.ok(clusterId)
  assert.deepEqual(brokers.map(b => [b.brokerId, `${b.host}:${b.port}`]), [[controllerId, servers]])
})
await each('createPartitions', [1, 2, 3], async (call, version) => {
  const { results: [answer] } = await call([{ name: 't', count: version + 1, assignments: [] }], 5000, false)
  assert.equal(answer.errorCode, 0)
})

// The client reads and writes version 2 as if it were 3 (it has neither type nor documentation yet).
await each('describeConfigs', [3, 4], async call => {
  const { results: [answer] } = await call([{ resourceType: 2, resourceName: 't', configurationKeys: ['retention.ms'] }], false, false)
  assert.deepEqual(answer.configs.map(c => [c.name, c.value]), [['retention.ms', '604800000']])
})
await each('describeLogDirs', [2, 3, 4], async call => {
  const { results: [{ topics: [topic] }] } = await call([{ name: 't', partitions: [0] }])
  assert.ok(topic.partitions[0].partitionSize > 0n)
})
await each('describeAcls', [2, 3], call => assert.rejects(call({
  resourceType: 2, resourceName: 't', resourcePatternType: 3, principal: null, host: null, operation: 1, permissionType: 1
})))

await each('findCoordinator', [4], async call => assert.equal((await call(0, ['g'])).coordinators[0].port, Number(port)))
let generation = 0
await each('joinGroup', [6, 7, 8, 9], async (call, version) => {
  const join = id => call('g', 10_000, 10_000, id, null, 'consumer', [{ name: 'range', metadata: text('wish') }], 'test')

  // A member without an id is told one first (KIP-394).
  const refused = await join('').catch(error => error)
  const memberId = refused.response.memberId
  const joined = await join(memberId)
  generation++
  assert.deepEqual([joined.generationId, joined.leader, joined.members.length], [generation, memberId, 1], `version ${version}`)

  const member = { memberId, groupInstanceId: null }
  const synced = v => send(
    `syncGroupV${v}`, 'g', generation, memberId, null, 'consumer', 'range', [{ memberId, assignment: text('share') }])
  assert.equal((await synced(version % 2 ? 5 : 4)).assignment.toString(), 'share')
  assert.equal((await send('heartbeatV4', 'g', generation, memberId, null)).errorCode, 0)
  const { members: [left] } = await send(version % 2 ? 'leaveGroupV5' : 'leaveGroupV4', 'g', [member])
  assert.deepEqual([left.memberId, left.errorCode], [memberId, 0])
  generation++
})

await each('initProducerId', [3, 4], async (call, version) => {
  const id = `x${version}`
  const { producerId, producerEpoch } = await call(id, 10_000, -1n, -1)
  const who = [id, producerId, producerEpoch]
  await send('addPartitionsToTxnV3', [{
    transactionalId: id, producerId, producerEpoch, verifyOnly: false, topics: [{ name: 't', partitions: [0] }]
  }])
  await send('produceV11', -1, 5000, [{ topic: 't', partition: 0, value: text('open') }], { transactionalId: id, producerId, producerEpoch, firstSequence: 0 })
  await each('addOffsetsToTxn', [1, 2, 3], async addOffsets => assert.equal((await addOffsets(...who, 'g')).errorCode, 0))
  await each('txnOffsetCommit', [3], async commit => {
    const partitions = [{ partitionIndex: 0, committedOffset: 3n, committedLeaderEpoch: -1, committedMetadata: null }]
    const { topics: [answer] } = await commit(id, 'h', producerId, producerEpoch, -1, '', null, [{ name: 't', partitions }])
    assert.equal(answer.partitions[0].errorCode, 0)
  })

  await each('listTransactions', [0, 1], async list => {
    const { transactionStates } = await list([], [], -1n)
    assert.deepEqual(
      transactionStates.filter(t => t.transactionalId === id), [{ transactionalId: id, producerId, transactionState: 'Ongoing' }])
  })
  await each('describeTransactions', [0], async describe => {
    const { transactionStates: [state] } = await describe([id])
    assert.deepEqual([state.transactionState, state.producerId, state.transactionTimeoutMs], ['Ongoing', producerId, 10_000])
    assert.deepEqual(state.topics.filter(t => t.topic === 't'), [{ topic: 't', partitions: [0] }])
  })
  await each('describeProducers', [0], async describe => {
    const { topics: [{ partitions: [{ activeProducers }] }] } = await describe([{ name: 't', partitionIndexes: [0] }])
    const active = activeProducers.find(p => p.producerId === producerId)
    assert.deepEqual([active.producerEpoch, active.lastSequence, active.currentTxnStartOffset], [producerEpoch, 0, BigInt(written)])
  })
  await send('endTxnV3', ...who, version === 3)
  const { transactionStates: [ended] } = await send('describeTransactionsV0', [id])
  assert.equal(ended.transactionState, version === 3 ? 'CompleteCommit' : 'CompleteAbort')
  written += 2
})
await Promise.all([admin.close(), connection.close()])
