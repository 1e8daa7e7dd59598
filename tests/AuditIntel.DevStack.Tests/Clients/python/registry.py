"""Confluent's own client for Python against the registry whose address is the first argument."""
import sys

from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.error import SchemaRegistryError

client = SchemaRegistryClient({"url": sys.argv[1].rstrip("/")})
SUBJECT = "python-value"


def record(name, fields):
    return '{"type":"record","name":"%s","fields":[%s]}' % (name, fields)


def refused(code, call, *arguments):
    try:
        call(*arguments)
    except SchemaRegistryError as error:
        assert error.error_code == code, error
    else:
        raise AssertionError("expected error %d" % code)


first = Schema(record("P", '{"name":"a","type":"int"}'), "AVRO")
grown = Schema(record("P", '{"name":"a","type":"int"},{"name":"b","type":"int","default":0}'), "AVRO")
clash = Schema(record("P", '{"name":"a","type":"string"}'), "AVRO")

schema_id = client.register_schema(SUBJECT, first)
assert client.register_schema(SUBJECT, first) == schema_id
assert client.get_schema(schema_id).schema_str == first.schema_str
found = client.lookup_schema(SUBJECT, first)
assert (found.subject, found.version, found.schema_id) == (SUBJECT, 1, schema_id)
assert SUBJECT in client.get_subjects()

assert client.test_compatibility(SUBJECT, grown)
assert not client.test_compatibility(SUBJECT, clash)
refused(409, client.register_schema, SUBJECT, clash)
refused(42201, client.register_schema, SUBJECT, Schema('"nothing"', "AVRO"))
refused(40401, client.get_versions, "python-absent")
refused(40403, client.lookup_schema, SUBJECT, grown)

client.set_compatibility(SUBJECT, "NONE")
assert client.get_compatibility(SUBJECT) == "NONE"
refused(42203, client.set_compatibility, SUBJECT, "SIDEWAYS")
client.register_schema(SUBJECT, clash)
assert client.get_versions(SUBJECT) == [1, 2]
assert client.get_latest_version(SUBJECT).schema.schema_str == clash.schema_str
assert client.get_version(SUBJECT, 1).schema_id == schema_id
assert client.delete_version(SUBJECT, 2) == 2
assert client.get_versions(SUBJECT) == [1]

client.register_schema("python-outer", Schema(record("O", '{"name":"p","type":"P"}'), "AVRO", [SchemaReference("P", SUBJECT, 1)]))
refused(42206, client.delete_subject, SUBJECT)
assert client.delete_subject("python-outer") == [1]
refused(42206, client.delete_subject, SUBJECT, True)
client.register_schema("python-other", first)
assert client.delete_subject("python-other", permanent=True) == [1]
refused(40401, client.get_versions, "python-other")
print("all good")
