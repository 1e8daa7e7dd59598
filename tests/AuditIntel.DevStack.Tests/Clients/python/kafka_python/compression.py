from kafka_python.client import consumer, create, producer, read
from scenario import equal, in_order, samples

for compression in [None, 'gzip', 'snappy', 'lz4', 'zstd']:
    topic = compression or 'none'
    create(topic, 2)
    sender = producer(compression_type=compression, linger_ms=20)
    for key, value, headers in samples:
        sender.send(topic, value, key, headers)
    sender.close(20)
    reader = consumer(topic)
    equal(in_order([(r.key, r.value, r.headers) for r in read(reader, len(samples))]), samples)
    reader.close()
