from confluent_kafka import KafkaException
from confluent_kafka.admin import ConfigResource, NewPartitions, NewTopic

from confluent_kafka_python.client import admin, consumer, create, done, producer, read_values, send
from scenario import equal, fails, until, values

client = admin()
create('t', 1)
fails(lambda: create('t', 1), KafkaException)
create('gone', 1)
done(client.create_topics([NewTopic('never', 1, 1)], validate_only=True))
done(client.create_partitions([NewPartitions('t', 3)]))


def topics():
    return {name: len(topic.partitions) for name, topic in client.list_topics(timeout=20).topics.items() if not name.startswith('__')}


equal(topics(), {'t': 3, 'gone': 1})
cluster = client.list_topics(timeout=20)
equal(list(cluster.brokers), [cluster.controller_id])
assert cluster.cluster_id


def retention():
    [topic] = done(client.describe_configs([ConfigResource('topic', 't')])).values()
    return topic['retention.ms'].value


equal(retention(), '604800000')
done(client.alter_configs([ConfigResource('topic', 't', {'retention.ms': '12345678'})]))
equal(retention(), '12345678')

send(producer(), 't', values(0, 10))
reader = consumer('g')
reader.subscribe(['t'])
equal(read_values(reader, 10), values(0, 10))
[group] = client.list_groups(timeout=20)
equal((group.id, group.state, group.protocol_type, len(group.members)), ('g', 'Stable', 'consumer', 1))
reader.close()
until(lambda: client.list_groups('g', 20)[0].state == 'Empty', lambda: 'the group is empty')

done(client.delete_topics(['gone']))
equal(topics(), {'t': 3})
