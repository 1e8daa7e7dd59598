from kafka.admin import ACLFilter, ACLOperation, ACLPermissionType, ConfigResource, ConfigResourceType, NewPartitions, NewTopic, ResourcePatternFilter
from kafka.admin import ACLResourcePatternType, ResourceType
from kafka.errors import NonEmptyGroupError, SecurityDisabledError, TopicAlreadyExistsError

from kafka_python.client import T0, admin, consumer, create, producer, read, send
from scenario import equal, fails, values

client = admin()
create('t', 1)
fails(lambda: create('t', 1), TopicAlreadyExistsError)
create('gone', 1)
client.create_topics([NewTopic('never', 1, 1)], validate_only=True)


def topics():
    return sorted(name for name in client.list_topics() if not name.startswith('__'))


equal(topics(), ['gone', 't'])
client.create_partitions({'t': NewPartitions(3)})
[topic] = client.describe_topics(['t'])
equal(sorted(p['partition'] for p in topic['partitions']), [0, 1, 2])
cluster = client.describe_cluster()
equal([b['node_id'] for b in cluster['brokers']], [cluster['controller_id']])


def retention():
    [answer] = client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, 't', {'retention.ms': None})])
    return [entry[:2] for entry in answer.resources[0][4]]


equal(retention(), [('retention.ms', '604800000')])
client.alter_configs([ConfigResource(ConfigResourceType.TOPIC, 't', {'retention.ms': '12345678'})])
equal(retention(), [('retention.ms', '12345678')])

sender = producer()
send(sender, 't', values(0, 10))
sender.close(20)
reader = consumer('t', group_id='g')
equal([r.value for r in read(reader, 10)], values(0, 10))
reader.commit()
equal(client.list_consumer_groups(), [('g', 'consumer')])
[group] = client.describe_consumer_groups(['g'])
equal((group.group, group.state, group.protocol_type, len(group.members)), ('g', 'Stable', 'consumer', 1))
equal(client.delete_consumer_groups(['g']), [('g', NonEmptyGroupError)])
equal(client.list_consumer_group_offsets('g')[T0].offset, 10)
reader.close()
equal(client.describe_consumer_groups(['g'])[0].state, 'Empty')
client.delete_consumer_groups(['g'])
equal(client.list_consumer_groups(), [])

# There are no access rules; the broker says so instead of pretending that there are none to list.
everything = ACLFilter(None, '*', ACLOperation.ANY, ACLPermissionType.ANY,
                       ResourcePatternFilter(ResourceType.TOPIC, 't', ACLResourcePatternType.ANY))
fails(lambda: client.describe_acls(everything), SecurityDisabledError)

client.delete_topics(['gone'])
equal(topics(), ['t'])
client.close()
