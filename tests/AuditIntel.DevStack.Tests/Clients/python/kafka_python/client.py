from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from scenario import servers

base = {'bootstrap_servers': servers, 'client_id': 'kafka-python'}
T0 = TopicPartition('t', 0)


def admin():
    return KafkaAdminClient(**base)


def create(topic, partitions):
    client = admin()
    client.create_topics([NewTopic(topic, partitions, 1)])
    client.close()


def producer(**options):
    return KafkaProducer(**base, **options)


def send(sender, topic, values, partition=0):
    for value in values:
        sender.send(topic, value, partition=partition)
    sender.flush(20)


def consumer(*topics, **options):
    return KafkaConsumer(*topics, **base, auto_offset_reset='earliest', enable_auto_commit=False,
                         fetch_max_wait_ms=100, **options)


def read(reader, count):
    """The next records, as many as asked."""
    reader.config['consumer_timeout_ms'] = 20_000
    records = []
    while len(records) < count:
        records.append(next(reader))
    return records
