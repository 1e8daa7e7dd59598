import time

from kafka_python.client import T0, consumer, create, producer, read
from scenario import equal, values

create('t', 1)
start = int(time.time() * 1000) - 3_600_000
sender = producer()
for i, value in enumerate(values(0, 20)):
    sender.send('t', value, timestamp_ms=start + i * 1000)
sender.close(20)

reader = consumer()
reader.assign([T0])
reader.seek(T0, 7)
equal([r.value for r in read(reader, 13)], values(7, 20))
found = reader.offsets_for_times({T0: start + 12_500})[T0]
equal((found.offset, found.timestamp), (13, start + 13_000))
reader.seek(T0, found.offset)
equal([r.value for r in read(reader, 7)], values(13, 20))
equal(reader.offsets_for_times({T0: start + 20_000}), {T0: None})
equal((reader.beginning_offsets([T0]), reader.end_offsets([T0])), ({T0: 0}, {T0: 20}))
reader.close()
