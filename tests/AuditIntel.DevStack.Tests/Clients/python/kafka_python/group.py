from kafka_python.client import consumer, create, producer, send
from scenario import Member, share_a_group

create('t', 4)
sender = producer()


def member():
    reader = consumer('t', group_id='g', session_timeout_ms=10_000, heartbeat_interval_ms=100)

    def poll():
        read = [r.value for records in reader.poll(50).values() for r in records]
        if read:
            reader.commit()
        return read

    return Member(poll, lambda: {p.partition for p in reader.assignment()}, reader.close)


share_a_group(member, lambda partition, values: send(sender, 't', values, partition))
sender.close(20)
