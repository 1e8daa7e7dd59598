from confluent_kafka_python.client import consumer, create, fail_on, producer, read
from scenario import equal, in_order, samples

for compression in ['none', 'gzip', 'snappy', 'lz4', 'zstd']:
    create(compression, 2)
    sender = producer(**{'compression.type': compression})
    for key, value, headers in samples:
        sender.produce(compression, value, key, headers=headers, on_delivery=fail_on)
    equal(sender.flush(20), 0)
    reader = consumer(compression)
    reader.subscribe([compression])
    equal(in_order([(r.key(), r.value(), r.headers()) for r in read(reader, len(samples))]), samples)
    reader.close()
