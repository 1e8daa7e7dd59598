from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from scenario import servers, until

base = {'bootstrap.servers': servers, 'client.id': 'confluent-kafka-python'}


def admin():
    return AdminClient(base)


def done(futures):
    """Waits for the futures of an admin call; gives their results by what was asked for."""
    return {asked: future.result(20) for asked, future in futures.items()}


def create(topic, partitions):
    client = admin()
    done(client.create_topics([NewTopic(topic, partitions, 1)]))


def fail_on(error, _):
    if error:
        raise KafkaException(error)


def producer(**options):
    return Producer({**base, 'linger.ms': 5, **options})


def send(sender, topic, values, partition=0):
    for value in values:
        sender.produce(topic, value, partition=partition, on_delivery=fail_on)
    if sender.flush(20):
        raise AssertionError('not all records were taken in 20 s')


def consumer(group='none', **options):
    return Consumer({**base, 'group.id': group, 'auto.offset.reset': 'earliest', 'enable.auto.commit': False,
                     'session.timeout.ms': 10_000, 'heartbeat.interval.ms': 100, 'fetch.wait.max.ms': 100, **options})


def read(reader, count):
    """The next records, as many as asked."""
    records = []
    while len(records) < count:
        record = reader.poll(20)
        if record is None:
            raise AssertionError(f'{count} records; there are {[r.value() for r in records]}')
        if record.error():
            raise KafkaException(record.error())
        records.append(record)
    return records


def read_values(reader, count):
    return [record.value() for record in read(reader, count)]


def reports(client, errors, code):
    """Waits until the client has told of such an error; the errors are those that its error_cb has collected."""
    until(lambda: client.poll(0.1) >= 0 and code in [e.code() for e in errors], lambda: f'error {code} is told; there are {errors}')


def t(partition=0, offset=None):
    return TopicPartition('t', partition) if offset is None else TopicPartition('t', partition, offset)
