from confluent_kafka_python.client import consumer, create, producer, read_values, send, t
from scenario import equal, step, values

if step == 'first':
    create('t', 1)
    send(producer(), 't', values(0, 20))

reader = consumer('g')
reader.subscribe(['t'])
if step == 'first':
    equal(read_values(reader, 20), values(0, 20))
    reader.commit(offsets=[t(0, 10)], asynchronous=False)
else:
    equal(read_values(reader, 10), values(10, 20))
    equal(reader.committed([t()], 20)[0].offset, 10)
reader.close()
