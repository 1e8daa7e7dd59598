from confluent_kafka import KafkaException, TopicPartition

from confluent_kafka_python.client import consumer, create, fail_on, producer, read_values, send
from scenario import equal, fails, values

create('in', 1)
create('out', 1)
plain = producer()
send(plain, 'in', values(0, 20))
source = consumer('g')
source.subscribe(['in'])
read_values(source, 20)


def offsets(offset):
    return [TopicPartition('in', 0, offset)]


def committed_offset():
    return source.committed([TopicPartition('in', 0)], 20)[0].offset


sender = producer(**{'transactional.id': 'x'})
sender.init_transactions(20)
sender.begin_transaction()
send(sender, 'out', [b'aborted %d' % i for i in range(5)])
sender.send_offsets_to_transaction(offsets(20), source.consumer_group_metadata(), 20)
sender.abort_transaction(20)
equal(committed_offset(), -1001)

sender.begin_transaction()
send(sender, 'out', values(0, 10))
sender.send_offsets_to_transaction(offsets(10), source.consumer_group_metadata(), 20)
sender.commit_transaction(20)
equal(committed_offset(), 10)
send(plain, 'out', values(10, 11))


def reader(isolation):
    client = consumer(isolation, **{'isolation.level': isolation})
    client.subscribe(['out'])
    return client


strict = reader('read_committed')
equal(read_values(strict, 11), values(0, 11))
sender.begin_transaction()
send(sender, 'out', [b'undecided'])
lax = reader('read_uncommitted')
equal(read_values(lax, 17), [b'aborted %d' % i for i in range(5)] + values(0, 11) + [b'undecided'])
equal(strict.poll(0.3), None)
sender.commit_transaction(20)
equal(read_values(strict, 1), [b'undecided'])

# The successor with the same id fences the one before it.
sender.begin_transaction()
sender.produce('out', b'zombie', on_delivery=fail_on)
sender.flush(20)
successor = producer(**{'transactional.id': 'x'})
successor.init_transactions(20)
fails(lambda: sender.commit_transaction(20), KafkaException)
successor.begin_transaction()
send(successor, 'out', [b'successor'])
successor.commit_transaction(20)
equal(read_values(strict, 1), [b'successor'])
for client in [source, strict, lax]:
    client.close()
