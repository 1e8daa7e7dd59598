import time

from confluent_kafka_python.client import consumer, create, fail_on, producer, read_values, t
from scenario import equal, values

create('t', 1)
start = int(time.time() * 1000) - 3_600_000
sender = producer()
for i, value in enumerate(values(0, 20)):
    sender.produce('t', value, timestamp=start + i * 1000, on_delivery=fail_on)
equal(sender.flush(20), 0)

reader = consumer()
reader.assign([t(0, 7)])
equal(read_values(reader, 13), values(7, 20))
[found] = reader.offsets_for_times([t(0, start + 12_500)], 20)
equal((found.error, found.offset), (None, 13))
reader.seek(t(0, found.offset))
equal(read_values(reader, 7), values(13, 20))
equal(reader.get_watermark_offsets(t(), 20), (0, 20))
reader.close()
