// @kafkajs/confluent-schema-registry against the registry whose address is the first argument.
import assert from 'node:assert/strict'
import pkg from '@kafkajs/confluent-schema-registry'

const { SchemaRegistry, SchemaType, COMPATIBILITY, ConfluentSchemaRegistryCompatibilityError } = pkg
const url = process.argv[2].replace(/\/$/, '')
const registry = new SchemaRegistry({ host: url })
const record = (fields) => ({ type: SchemaType.AVRO, schema: JSON.stringify({ type: 'record', name: 'Finding', namespace: 'node', fields }) })
const first = record([{ name: 'title', type: 'string' }])
const subject = 'node.Finding'

// Register, again, by version, by schema; the client sets the level itself before its first registration.
const { id } = await registry.register(first, { subject, compatibility: COMPATIBILITY.FULL })
assert.ok(id > 0)
assert.equal((await registry.register(first, { subject, compatibility: COMPATIBILITY.FULL })).id, id)
assert.equal(await registry.getRegistryId(subject, 1), id)
assert.equal(await registry.getLatestSchemaId(subject), id)
assert.equal(await registry.getRegistryIdBySchema(subject, first), id)
assert.equal((await (await fetch(`${url}/config/${subject}`)).json()).compatibilityLevel, 'FULL')

// Encode and decode: magic byte, id, Avro.
const bytes = await registry.encode(id, { title: 'reentrancy' })
assert.equal(bytes[0], 0)
assert.equal(bytes.readInt32BE(1), id)
assert.deepEqual({ ...(await new SchemaRegistry({ host: url }).decode(bytes)) }, { title: 'reentrancy' })

// A schema that does not fit, and a level that is not the subject's.
await assert.rejects(
  registry.register(record([{ name: 'title', type: 'int' }]), { subject, compatibility: COMPATIBILITY.FULL }),
  (error) => /incompatible/i.test(error.message) && /TYPE_MISMATCH/.test(error.message),
)
await assert.rejects(registry.register(first, { subject, compatibility: COMPATIBILITY.NONE }), ConfluentSchemaRegistryCompatibilityError)
await assert.rejects(registry.getLatestSchemaId('node.absent'), /not found/)

// A schema that refers to another subject's.
const holder = {
  type: SchemaType.AVRO,
  schema: JSON.stringify({ type: 'record', name: 'Report', namespace: 'node', fields: [{ name: 'finding', type: 'node.Finding' }] }),
  references: [{ name: 'node.Finding', subject, version: 1 }],
}
const report = await registry.register(holder, { subject: 'node.Report' })
const nested = await registry.encode(report.id, { finding: { title: 'overflow' } })
assert.equal((await new SchemaRegistry({ host: url }).decode(nested)).finding.title, 'overflow')
console.log('all good')
