from kafka.structs import OffsetAndMetadata

from kafka_python.client import T0, consumer, create, producer, read, send
from scenario import equal, step, values

if step == 'first':
    create('t', 1)
    sender = producer()
    send(sender, 't', values(0, 20))
    sender.close(20)

reader = consumer('t', group_id='g')
if step == 'first':
    equal([r.value for r in read(reader, 20)], values(0, 20))
    reader.commit({T0: OffsetAndMetadata(10, 'halfway')})
else:
    equal([r.value for r in read(reader, 10)], values(10, 20))
    equal(reader.committed(T0, metadata=True), OffsetAndMetadata(10, 'halfway'))
reader.close()
