from confluent_kafka import KafkaException

from confluent_kafka_python.client import consumer, create, producer, send
from scenario import Member, share_a_group

create('t', 4)
sender = producer()


def member():
    reader = consumer('g')
    reader.subscribe(['t'])

    def poll():
        read = []
        for record in reader.consume(100, 0.05):
            if record.error():
                raise KafkaException(record.error())
            read.append(record.value())
        if read:
            reader.commit(asynchronous=False)
        return read

    return Member(poll, lambda: {p.partition for p in reader.assignment()}, reader.close)


share_a_group(member, lambda partition, values: send(sender, 't', values, partition))
